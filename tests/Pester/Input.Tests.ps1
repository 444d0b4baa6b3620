# How ids, times, logins and nicknames of the command line are read.

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'Ids' {
    BeforeEach { $server = Connect-SandboxServer; $id = '90ccb6a0-6cd2-430e-b878-834768668743' }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'a UUID in <Title> is sent without it' -ForEach @(
        @{ Title = 'braces'; Format = '{{{0}}}' }, @{ Title = 'quotation marks'; Format = '"{0}"' }, @{ Title = 'white space'; Format = " {0}`n" }, @{ Title = 'a URN'; Format = 'urn:uuid:{0}' }
    ) {
        $written = $Format -f $id
        (Get-CadenzaCredential $written).CredentialId | Should -Be $id
        ([pscustomobject]@{ Id = $written; ApiKey = 'k'; ApiSecret = 's' } | Update-CadenzaCredential).CredentialId | Should -Be $id
        ($written | Revoke-CadenzaCredential -Force).CredentialId | Should -Be $id
        Get-ChangeCount $server | Should -Be 2
    }

    It 'another id in braces is refused' {
        $errors = Revoke-CadenzaCredential '{abc}' -Force 2>&1
        $errors.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidCredentialId,*'
        Get-ChangeCount $server | Should -Be 0
    }

    It '<Command> sends an id once, however often it is in the input: <Title>' -ForEach @(
        @{ Command = 'Revoke-CadenzaCredential'; Title = 'ids'; Items = { $id, $id.ToUpperInvariant(), "{$id}" } }
        @{ Command = 'Revoke-CadenzaCredential'; Title = 'objects'; Items = { 1..3 | ForEach-Object { Get-CadenzaCredential $id } } }
        @{ Command = 'Revoke-CadenzaCredential'; Title = 'rows'; Items = { 1..3 | ForEach-Object { [pscustomobject]@{ Id = $id; Nickname = 'Basis carry ETH' } } } }
        @{ Command = 'Test-CadenzaCredential'; Title = 'ids'; Items = { $id, $id.ToUpperInvariant(), "{$id}" } }
        @{ Command = 'Test-CadenzaCredential'; Title = 'objects'; Items = { 1..3 | ForEach-Object { Get-CadenzaCredential $id } } }
        @{ Command = 'Update-CadenzaCredential'; Title = 'rows'; Items = { 1..3 | ForEach-Object { [pscustomobject]@{ Id = $id; ApiKey = 'k'; ApiSecret = 's' } } } }
    ) {
        $more = if ($Command -like 'Revoke*') { @{ Force = $true } } else { @{} }
        $items = & $Items
        @($items | & $Command @more -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable errors).CredentialId | Should -Be $id
        $errors | Should -HaveCount 0
        $warnings | Should -HaveCount 2
        foreach ($warning in $warnings) { "$warning" | Should -BeLike "*$id*is in the input more than once.*item 1*skipped." }
        $calls = $Command -replace '-CadenzaCredential' -replace 'Update', 'Rotate' -replace 'Test', 'Verify'
        @(Get-ServerRequest $server | Where-Object Path -Like "*/$calls") | Should -HaveCount 1
    }

    It '-CredentialId with an id twice sends it once' {
        Revoke-CadenzaCredential $id, '795179bb-e709-4102-9005-becd29b95dbb', "{$id}" -Force -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 2
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "*$id*item 1*skipped."
        Test-CadenzaCredential $id, $id -Quiet -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 1
        $warnings | Should -HaveCount 1
    }

    It 'an id with the nickname of another credential is refused if it was in the input before' {
        $rows = [pscustomobject]@{ Id = $id; Nickname = 'Basis carry ETH' }, [pscustomobject]@{ Id = $id; Nickname = 'Treasury hedge' }
        $rows | Revoke-CadenzaCredential -Force -ErrorVariable errors -ErrorAction SilentlyContinue | Should -HaveCount 1
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidCredentialId,*'
        $errors[0].CategoryInfo.Reason | Should -Be 'NotSent'
        "$errors" | Should -BeLike '*already has this credential as item 1, with other values*'
    }

    It 'ids that differ by case only are two credentials, unless they are UUIDs' {
        'abc', 'ABC' | Revoke-CadenzaCredential -Force -ErrorVariable errors -ErrorAction SilentlyContinue -WarningVariable warnings
        $errors | Should -HaveCount 2
        $warnings | Should -HaveCount 0
    }

    It '<Command> takes the id from a script block' -ForEach @(
        @{ Command = 'Get-CadenzaCredential' }, @{ Command = 'Test-CadenzaCredential' }, @{ Command = 'Get-CadenzaCredentialImpact' }, @{ Command = 'Revoke-CadenzaCredential'; More = @{ Force = $true } }
    ) {
        if (-not $More) { $More = @{} }
        $rows = $id, "{$id}".Replace('90ccb6a0-6cd2-430e-b878-834768668743', '795179bb-e709-4102-9005-becd29b95dbb') | ForEach-Object { [pscustomobject]@{ Ref = $_ } }
        $output = $rows | & $Command -CredentialId { $_.Ref } @More -ErrorVariable errors
        $errors | Should -HaveCount 0
        $output.CredentialId | Sort-Object | Should -Be '795179bb-e709-4102-9005-becd29b95dbb', $id
        $errors = @([pscustomobject]@{ Ref = '' } | & $Command -CredentialId { $_.Ref } @More 2>&1)
        $errors.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidCredentialId,*'
    }

    It '<Command> refuses a script block before it could fail with the keys of a row' -ForEach @(
        @{ Command = 'Update-CadenzaCredential'; Parameter = 'CredentialId' }, @{ Command = 'New-CadenzaCredential'; Parameter = 'Venue' }, @{ Command = 'New-CadenzaCredential'; Parameter = 'Nickname' }
    ) {
        $block = @{ $Parameter = { throw 'canary' } }
        $failure = { [pscustomobject]@{ ApiKey = 'canary'; ApiSecret = 'canary' } | & $Command @block } | Should -Throw -ErrorId 'CadenzaInvalidParameter,*' -PassThru
        "$failure" | Should -BeLike "*-$Parameter does not accept a script block*Select-Object*"
        Find-Canary $failure.TargetObject 'canary' | Should -BeNullOrEmpty
    }
}

Describe 'Times in the culture <_>' -Tag Slow -ForEach 'en-US', 'de-DE', 'fa-IR', 'th-TH', 'ar-SA' {
    BeforeAll {
        Connect-Cadenza -Sandbox
        $before = [cultureinfo]::CurrentCulture
        $all = @(Get-CadenzaCredential | Where-Object UpdatedAt)
        $middle = @($all.UpdatedAt | Sort-Object)[[int]($all.Count / 2)].UtcDateTime
        $expected = @($all | Where-Object UpdatedAt -LT $middle.Date).Count
        $day = $middle.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
    }
    BeforeEach { [cultureinfo]::CurrentCulture = $_ }
    AfterEach { [cultureinfo]::CurrentCulture = $before }
    AfterAll { Disconnect-Cadenza }

    It 'ISO 8601 text and date objects mean the same' {
        $expected | Should -BeGreaterThan 0
        @(Get-CadenzaCredential -UpdatedBefore "${day}T00:00:00Z").Count | Should -Be $expected
        @(Get-CadenzaCredential -UpdatedBefore ([datetime]::SpecifyKind($middle.Date, 'Utc'))).Count | Should -Be $expected
        @(Get-CadenzaCredential -UpdatedBefore ([datetimeoffset]::new($middle.Date, [timespan]::Zero))).Count | Should -Be $expected
        $local = [datetime]::SpecifyKind($middle.Date, 'Local')
        @(Get-CadenzaCredential -UpdatedBefore $day).Count | Should -Be @(Get-CadenzaCredential -UpdatedBefore $local).Count
    }

    It 'other forms are refused with the form to use' {
        foreach ($text in '01/11/2026', '10:00', '27.10.2026', '27 Oct 2026', '', '1405-08-05x') {
            { Get-CadenzaCredential -UpdatedBefore $text } | Should -Throw '*ISO 8601, such as 2026-10-27*'
        }
        foreach ($number in 90, '90', 1.5, ([timespan]'90')) { { Get-CadenzaCredential -UpdatedBefore $number } | Should -Throw '*(Get-Date).AddDays(-90)*' }
        { Get-CadenzaCredential -UpdatedBefore $null } | Should -Throw -ErrorId 'CadenzaInvalidParameter,*'
    }
}

Describe 'Logins' {
    BeforeAll {
        # Not in the text of the commands, which every error has.
        $word = -join 'canary'[0..5]
    }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'a user name prompts for the password, as in the cmdlets of PowerShell' {
        $server = Connect-SandboxServer
        $runspace = [runspacefactory]::CreateRunspace([CadenzaPS.TestSupport.TestHost]@{ Password = 'typed-secret' })
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $null = $shell.AddScript("Import-Module '$ModulePath'; Connect-Cadenza -BaseUri $($server.Address) -Credential admin@firm.example -ErrorAction SilentlyContinue").Invoke()
        }
        catch { $failure = $_ }
        $shell.Commands.Clear()
        $null = $shell.AddScript('param($c, $id) Update-CadenzaCredential $id -ApiCredential typed-key -Connection $c').AddArgument($server.Connection).AddArgument('90ccb6a0-6cd2-430e-b878-834768668743').Invoke()
        $shell.Dispose()
        $runspace.Dispose()
        @(Get-ServerRequest $server | Where-Object path -Like '*/auth/login') | Should -HaveCount 1
        (Get-ServerCredential $server '90ccb6a0-6cd2-430e-b878-834768668743').fingerprint | Should -Be (Get-KeyFingerprint 'typed-key' 'typed-secret' '')
    }

    It 'a user name without a password is an error that says what to specify if there is no prompt: <Title>' -ForEach @(
        @{ Title = 'Connect'; Script = { Connect-Cadenza -Environment Uat -Credential admin@firm.example } }
        @{ Title = 'a proxy'; Script = { Connect-Cadenza -Environment Uat -Proxy 'http://127.0.0.1:1' -ProxyCredential user -AccessToken t } }
        @{ Title = 'Update'; Script = { Update-CadenzaCredential a -ApiCredential key } }
    ) {
        $result = Invoke-InSession $Script
        "$($result.Failure)$($result.Errors)" | Should -BeLike '*cannot prompt*PSCredential*'
    }

    It 'another object in the place of a PSCredential is refused without its password: <Title>' -ForEach @(
        @{ Title = 'Connect'; Script = { Connect-Cadenza -Environment Uat -Credential $object } }
        @{ Title = 'a proxy'; Script = { Connect-Cadenza -Environment Uat -Proxy 'http://127.0.0.1:1' -ProxyCredential $object -AccessToken t } }
        @{ Title = 'Update'; Script = { Update-CadenzaCredential a -ApiCredential $object -ErrorAction Stop } }
        @{ Title = 'New'; Script = { New-CadenzaCredential BYBIT n -ApiCredential $object -ErrorAction Stop } }
        @{ Title = 'a row'; Script = { [pscustomobject]@{ Venue = 'BYBIT'; ApiCredential = $object } | New-CadenzaCredential -ErrorAction Stop } }
        @{ Title = 'a hashtable'; Script = { @{ Venue = 'BYBIT'; ApiCredential = $word } | New-CadenzaCredential -ErrorAction Stop } }
    ) {
        Connect-Cadenza -Sandbox
        foreach ($object in [pscustomobject]@{ UserName = 'user'; Password = 'canary' }, @{ Password = 'canary' }, @('user', 'canary'), 42) {
            $failure = $null
            try { & $Script } catch { $failure = $_ }
            $failure.FullyQualifiedErrorId | Should -Match '^CadenzaInvalid(Keys|Connection),'
            Find-Canary $failure 'canary' | Should -BeNullOrEmpty
        }
    }
}

Describe 'Nicknames' {
    BeforeAll {
        Connect-Cadenza -Sandbox
        foreach ($name in 'desk 7', 'desk [7]', 'desk 8', 'what?', 'whatX', 'desk [9') { $null = New-CadenzaCredential BYBIT $name -ApiKey "k-$name" -ApiSecret "s-$name" -WarningAction Ignore }
    }
    AfterAll { Disconnect-Cadenza }

    It '<Value> gets <Expected>' -ForEach @(
        @{ Value = 'desk [7]'; Expected = 'desk [7]' }
        @{ Value = 'DESK [7]'; Expected = 'desk [7]' }
        @{ Value = 'desk [78]'; Expected = 'desk 7', 'desk 8' }
        @{ Value = 'desk `[7`]'; Expected = 'desk [7]' }
        @{ Value = 'desk [9'; Expected = 'desk [9' }
        @{ Value = 'desk ?'; Expected = 'desk 7', 'desk 8' }
        @{ Value = 'what?'; Expected = 'what?' }
        @{ Value = 'wha*'; Expected = 'what?', 'whatX' }
        @{ Value = 'desk [7]', 'what[X]'; Expected = 'desk [7]', 'whatX' }
    ) {
        (Get-CadenzaCredential -Nickname $Value).Nickname | Sort-Object | Should -Be ($Expected | Sort-Object)
    }

    It '-First and -Skip count what matches' {
        (Get-CadenzaCredential -Nickname 'desk [78]' -First 1).Nickname | Should -Be 'desk 7'
        (Get-CadenzaCredential -Nickname 'desk [78]' -Skip 1).Nickname | Should -Be 'desk 8'
        (Get-CadenzaCredential -Nickname 'desk [7]' -First 1).Nickname | Should -Be 'desk [7]'
        { Get-CadenzaCredential -First 1.5 } | Should -Throw '*whole number*'
    }
}
