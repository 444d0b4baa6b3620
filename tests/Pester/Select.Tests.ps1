# The default connection: Select-CadenzaConnection, and what a prompt and a script see of it.

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'Select-CadenzaConnection' {
    BeforeEach {
        $first = Connect-Cadenza -Sandbox -Name one -CredentialCount 5 -PassThru
        Connect-Cadenza -Sandbox -Name 'number two' -CredentialCount 7
    }
    AfterEach { Get-CadenzaConnection -All | Disconnect-Cadenza }

    It 'makes a connection the default by its name, in any case, and sends nothing' {
        $sent = @(Get-CadenzaRequest).Count
        Select-CadenzaConnection ONE | Should -BeNullOrEmpty
        [object]::ReferenceEquals((Get-CadenzaConnection), $first) | Should -BeTrue
        @(Get-CadenzaRequest) | Should -HaveCount $sent
        Get-CadenzaCredential | Should -HaveCount 5
        Get-CadenzaCredential -Connection 'number two' | Should -HaveCount 7
    }

    It 'makes <Title> the default' -ForEach @(
        @{ Title = 'a connection of the pipeline'; Script = { Get-CadenzaConnection one | Select-CadenzaConnection } }
        @{ Title = 'a name of the pipeline'; Script = { 'one' | Select-CadenzaConnection } }
        @{ Title = 'a connection of -InputObject'; Script = { Select-CadenzaConnection -InputObject $first } }
    ) {
        & $Script
        (Get-CadenzaConnection).Name | Should -Be 'one'
    }

    It '-PassThru emits the connection' {
        [object]::ReferenceEquals((Select-CadenzaConnection one -PassThru), $first) | Should -BeTrue
    }

    It 'takes a connection without a name' {
        $unnamed = Connect-Cadenza -Sandbox -CredentialCount 3 -PassThru
        Select-CadenzaConnection one
        $unnamed | Select-CadenzaConnection
        Get-CadenzaCredential | Should -HaveCount 3
        Disconnect-Cadenza
    }

    It '<Title> is one error, and then no connection is the default' -ForEach @(
        @{ Title = 'an unknown name'; Id = 'CadenzaNotConnected'; Says = "*no connection named 'onne'*'one', 'number two'*"; Script = { Select-CadenzaConnection onne } }
        @{ Title = 'a null name'; Id = 'CadenzaInvalidParameter'; Says = '*-Name*null*'; Script = { Select-CadenzaConnection $null } }
        @{ Title = 'no connection'; Id = 'CadenzaInvalidParameter'; Says = '*No connection was specified*'; Script = { Select-CadenzaConnection } }
        @{ Title = 'an empty pipeline'; Id = 'CadenzaInvalidParameter'; Says = '*No connection was specified*'; Script = { Get-CadenzaConnection -All | Where-Object Name -EQ none | Select-CadenzaConnection } }
        @{ Title = 'two connections'; Id = 'CadenzaInvalidParameter'; Says = '*More than one*'; Script = { Get-CadenzaConnection -All | Select-CadenzaConnection } }
        @{ Title = 'a name and a connection'; Id = 'CadenzaInvalidParameter'; Says = '*More than one*'; Script = { $first | Select-CadenzaConnection one } }
        @{ Title = 'a closed connection'; Id = 'CadenzaNotConnected'; Says = '*was closed*'; Script = { $first | Disconnect-Cadenza; $first | Select-CadenzaConnection } }
        @{ Title = 'another object'; Id = 'CadenzaInvalidParameter'; Says = '*a value of the type FileInfo*'; Script = { [IO.FileInfo]'canary' | Select-CadenzaConnection } }
    ) {
        $caught = $Script | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$caught" | Should -BeLike $Says
        "$caught" | Should -Not -BeLike '*canary*'
        Get-CadenzaConnection | Should -BeNullOrEmpty
        $caught = { Get-CadenzaCredential } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaNotConnected,*'
        "$caught" | Should -BeLike '*Select-CadenzaConnection*'
    }

    It 'after an error, a connection can be selected again' {
        { Select-CadenzaConnection onne } | Should -Throw
        Select-CadenzaConnection one
        Get-CadenzaCredential | Should -HaveCount 5
    }

    It 'an unknown name says so where no connection has a name, and when only one has' {
        Disconnect-Cadenza
        { Get-CadenzaConnection none } | Should -Throw "*The only name is 'one'.*"
        Disconnect-Cadenza one
        { Select-CadenzaConnection none } | Should -Throw '*No open connection has a name.*'
    }

    It 'completes names' {
        $line = 'Select-CadenzaConnection n'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be "'number two'"
    }

    It 'a runspace does not close the connection of another runspace that it selected' {
        $other = Invoke-InSession -Arguments @{ Connection = $first } { param($Connection) $Connection | Select-CadenzaConnection; @(Get-CadenzaCredential).Count; Remove-Module CadenzaPS }
        $other.Errors | Should -HaveCount 0
        $other.Output | Should -Be 5
        $first.IsClosed | Should -BeFalse
    }
}

Describe 'What a person reads about a connection' -Tag Slow {
    It 'a prompt shows the server, the user and the end of the token, once' {
        $run = Invoke-InSession -Answer Y -HostName 'Visual Studio Code Host' { $x = @(Connect-Cadenza -Sandbox -Name one); $null = Get-CadenzaCredential -First 1; $x.Count }
        $run.Output | Should -Be 0
        $run.Lines | Should -HaveCount 1
        $run.Lines[0] | Should -Match '^Connected to Sandbox \(\S+\) as admin@sandbox\.example, token until \d{4}-\d\d-\d\d \d\d:\d\dZ\.$'
        $run = Invoke-InSession -Answer Y -HostName 'Visual Studio Code Host' { Connect-Cadenza -Sandbox -Name one -InformationAction Ignore; Select-CadenzaConnection one }
        $run.Lines | Should -HaveCount 1
        $run.Lines[0] | Should -BeLike 'The default connection is now Sandbox (*) as admin@sandbox.example, token until *Z.'
    }

    It 'nothing is shown <Title>' -ForEach @(
        @{ Title = 'by a host that may be a program'; HostName = 'AnsweringHost'; Script = { Connect-Cadenza -Sandbox } }
        @{ Title = 'with -InformationAction SilentlyContinue'; HostName = 'Visual Studio Code Host'; Script = { Connect-Cadenza -Sandbox -InformationAction SilentlyContinue } }
        @{ Title = 'with -InformationAction Ignore'; HostName = 'Visual Studio Code Host'; Script = { Connect-Cadenza -Sandbox -InformationAction Ignore } }
        @{ Title = 'with $InformationPreference = Ignore'; HostName = 'Visual Studio Code Host'; Script = { $InformationPreference = 'Ignore'; Connect-Cadenza -Sandbox } }
        @{ Title = 'with $InformationPreference = Stop, which would end the command'; HostName = 'Visual Studio Code Host'; Script = { $InformationPreference = 'Stop'; Connect-Cadenza -Sandbox } }
    ) {
        $run = Invoke-InSession -Answer Y -HostName $HostName $Script
        $run.Failure | Should -BeNullOrEmpty
        $run.Output | Should -HaveCount 0
        $run.Lines | Should -HaveCount 0
    }

    It 'the information stream has it for a script that asks' {
        Connect-Cadenza -Sandbox -InformationVariable said
        "$said" | Should -BeLike 'Connected to Sandbox *'
        $said[0].Tags | Should -Contain 'Cadenza'
        @(Connect-Cadenza -Sandbox 6>&1) | Should -HaveCount 1
        Disconnect-Cadenza
    }

    It 'a process prints nothing under -NonInteractive, also where the output is assigned' {
        $run = Invoke-PowerShell '-Command', 'Import-Module $env:CADENZA_TEST_IMPORT; Connect-Cadenza -Sandbox -Name one; Select-CadenzaConnection one; $x = @(Connect-Cadenza -Sandbox); $x.Count' @{ CADENZA_TEST_IMPORT = $ModulePath }
        $run.Err | Should -BeNullOrEmpty
        $run.Out.Trim() | Should -Be '0'
    }

    It 'a terminal shows it, but not under -NonInteractive or where the output is redirected' -Skip:(-not $IsLinux -or -not (Get-Command script -CommandType Application -ErrorAction Ignore)) {
        $env:CADENZA_TEST_IMPORT = $ModulePath
        $pwsh = ($PowerShellCommand | ForEach-Object { "'$_'" }) -join ' '
        foreach ($case in @{ Switch = ''; End = ''; Count = 1 }, @{ Switch = '-NonInteractive'; End = ''; Count = 0 }, @{ Switch = ''; End = ' | cat'; Count = 0 }) {
            $shown = "$(script -qec "$pwsh -NoProfile $($case.Switch) -Command 'Import-Module `$env:CADENZA_TEST_IMPORT; Connect-Cadenza -Sandbox; 7 * 191'$($case.End)" /dev/null)"
            $shown | Should -Match '1337'
            [regex]::Matches($shown, 'Connected to Sandbox').Count | Should -Be $case.Count -Because "$($case.Switch)$($case.End): $shown"
        }
        $env:CADENZA_TEST_IMPORT = $null
    }
}
