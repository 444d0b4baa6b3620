# Many changes at a time: -ThrottleLimit, and what becomes of those in flight when the pipeline ends before they do.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Starts a script in a session of its own, connected to the server; $ids is what it changes. Its host notes the warnings it is to show:
    # what is said after a pipeline has ended comes only there.
    function Start-Session($Server, [string[]] $Ids, [string] $Script) {
        $noting = [CadenzaPS.TestSupport.TestHost]::new()
        $runspace = [runspacefactory]::CreateRunspace($noting)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        $null = $shell.AddScript('param($path, $a, $t, $i) Import-Module $path; Connect-Cadenza -BaseUri $a -AccessToken $t -SkipCheck; $global:ids = $i').
            AddArgument($ModulePath).AddArgument($Server.Address).AddArgument($Server.Token).AddArgument($Ids).Invoke()
        $shell.Commands.Clear()
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        [pscustomobject]@{
            Shell = $shell; Runspace = $runspace; Host = $noting; Output = $output
            Running = $shell.AddScript($Script).BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
        }
    }

    function Wait-Session($Session) {
        $Session.Running.AsyncWaitHandle.WaitOne(20000) | Should -BeTrue -Because 'nothing here takes so long'
        try { $null = $Session.Shell.EndInvoke($Session.Running) } catch { $_.Exception.InnerException }
    }

    function Remove-Session($Session) {
        $Session.Shell.Dispose()
        $Session.Runspace.Dispose()
    }

    # Ids of credentials that can be revoked, and of one that cannot since accounts use it.
    function Get-Target($Server, [int] $Count) {
        @(Invoke-RestMethod "$($Server.Address)/_sandbox/state" -TimeoutSec 30 -NoProxy | ForEach-Object { $_ } |
            Where-Object { $_.status -ne 'REVOKED' -and -not $_.isBlocked -and -not $_.isColleagues } |
            Select-Object -First $Count | ForEach-Object credentialId)
    }
    function Get-Blocked($Server) {
        Invoke-RestMethod "$($Server.Address)/_sandbox/state" -TimeoutSec 30 -NoProxy | ForEach-Object { $_ } |
            Where-Object { $_.isBlocked -and $_.status -ne 'REVOKED' } | Select-Object -First 1 | ForEach-Object credentialId
    }
    function Get-RevokedId($Server) {
        @(Invoke-RestMethod "$($Server.Address)/_sandbox/state" -TimeoutSec 30 -NoProxy | ForEach-Object { $_ } |
            Where-Object status -EQ 'REVOKED' | ForEach-Object credentialId)
    }
}
AfterAll { Restore-TestSession }

Describe 'Many at a time' -Tag Slow {
    BeforeAll { $server = Connect-SandboxServer -Arguments '--count', '400', '--fault', 'credential/revoke:Delay:delay=200ms' }
    AfterAll { Disconnect-Cadenza; Stop-AllServers }

    It 'Revoke-CadenzaCredential -ThrottleLimit <Limit> revokes each once and tells of each once' -ForEach @{ Limit = 8 }, @{ Limit = 16 } {
        $ids = Get-Target $server 48
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $revoked = $ids | Revoke-CadenzaCredential -Force -ThrottleLimit $Limit -ErrorVariable errors
        # One after the other they would take 9.6 seconds and more.
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 8
        $errors | Should -HaveCount 0
        $revoked.Status | Sort-Object -Unique | Should -Be 'REVOKED'
        ($revoked.CredentialId | Sort-Object) | Should -Be ($ids | Sort-Object)
        Get-RevokedId $server | Where-Object { $_ -in $ids } | Should -HaveCount 48
    }

    It 'with -ThrottleLimit 1 the outcomes come in the order of the input, errors among them' {
        $ids = @(Get-Target $server 3) + @(Get-Blocked $server) + @(Get-Target $server 6)[3..5]
        $seen = $ids | Revoke-CadenzaCredential -Force -ThrottleLimit 1 2>&1 | ForEach-Object {
            if ($_ -is [Management.Automation.ErrorRecord]) { $_.TargetObject } else { $_.CredentialId }
        }
        $seen | Should -Be $ids
    }

    It 'Update-CadenzaCredential gives each row its own keys' {
        $ids = Get-Target $server 40
        $rotated = $ids | ForEach-Object { [pscustomobject]@{ CredentialId = $_; ApiKey = "key $_"; ApiSecret = "secret $_"; ApiPassphrase = 'phrase' } } |
            Update-CadenzaCredential -ThrottleLimit 12 -ErrorVariable errors
        $errors | Should -HaveCount 0
        ($rotated.CredentialId | Sort-Object) | Should -Be ($ids | Sort-Object)
        $state = Invoke-RestMethod "$($server.Address)/_sandbox/state" -TimeoutSec 30 -NoProxy | ForEach-Object { $_ }
        foreach ($credential in $state | Where-Object credentialId -In $ids) {
            $credential.fingerprint | Should -Be (Get-KeyFingerprint "key $($credential.credentialId)" "secret $($credential.credentialId)" 'phrase')
        }
    }

    It 'New-CadenzaCredential creates each row once' {
        $names = 1..30 | ForEach-Object { "concurrent $_" }
        $created = $names | ForEach-Object { [pscustomobject]@{ Venue = 'BINANCE'; Nickname = $_; ApiKey = "key $_"; ApiSecret = "secret $_" } } |
            New-CadenzaCredential -ThrottleLimit 10 -ErrorVariable errors
        $errors | Should -HaveCount 0
        ($created.Nickname | Sort-Object) | Should -Be ($names | Sort-Object)
        (Get-CadenzaCredential -Nickname 'concurrent *').Nickname | Sort-Object | Should -Be ($names | Sort-Object)
    }

    It 'Test-CadenzaCredential -ThrottleLimit <Limit> gives each one result' -ForEach @{ Limit = 1 }, @{ Limit = 16 } {
        $ids = Get-Target $server 50
        $results = $ids | Test-CadenzaCredential -ThrottleLimit $Limit -ErrorVariable errors
        $errors | Should -HaveCount 0
        ($results.CredentialId | Sort-Object) | Should -Be ($ids | Sort-Object)
        if ($Limit -eq 1) { $results.CredentialId | Should -Be $ids }
    }

    It 'Test-CadenzaCredential -Quiet answers in the order of the input, by which alone its answers are told apart' {
        $rows = @(Get-CadenzaCredential | Where-Object Status -ne REVOKED | Select-Object -First 40)
        $passed = @{}
        $rows | Test-CadenzaCredential -ErrorAction Ignore | ForEach-Object { $passed[$_.CredentialId] = $_.Passed }
        $answered = @($rows | Where-Object { $passed.ContainsKey($_.CredentialId) })
        $answers = @($answered | Test-CadenzaCredential -Quiet)
        $answers | Should -Be @($answered | ForEach-Object { $passed[$_.CredentialId] })
        $answers | Select-Object -Unique | Should -HaveCount 2
    }

    It '<Command> refuses -ThrottleLimit <Limit>' -ForEach @(
        foreach ($limit in -1, 0, 257) {
            @{ Limit = $limit; Command = 'Revoke-CadenzaCredential'; Arguments = @{ CredentialId = 'a'; Force = $true } }
            @{ Limit = $limit; Command = 'Update-CadenzaCredential'; Arguments = @{ CredentialId = 'a'; ApiKey = 'k'; ApiSecret = 's' } }
            @{ Limit = $limit; Command = 'New-CadenzaCredential'; Arguments = @{ Venue = 'OKX'; ApiKey = 'k'; ApiSecret = 's' } }
            @{ Limit = $limit; Command = 'Test-CadenzaCredential'; Arguments = @{ CredentialId = 'a' } }
        }
    ) {
        { & $Command @Arguments -ThrottleLimit $Limit } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'under -WhatIf nothing is sent' {
        $before = Get-ChangeCount $server
        Get-Target $server 6 | Revoke-CadenzaCredential -Force -ThrottleLimit 4 -WhatIf | Should -BeNullOrEmpty
        Get-ChangeCount $server | Should -Be $before
    }

    It 'the same credential twice in one pipeline is revoked once, and skipped once with a warning' {
        $id, $other = Get-Target $server 2
        $output = $id, $other, $id | Revoke-CadenzaCredential -Force 3>&1 2>&1
        @($output | Where-Object { $_ -is [Cadenza.Client.Models.CadenzaCredential] }).CredentialId | Sort-Object | Should -Be (@($id, $other) | Sort-Object)
        @($output | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) | Should -HaveCount 0
        @($output | Where-Object { $_ -is [Management.Automation.WarningRecord] -and "$_" -match $id }) | Should -HaveCount 1
    }

    It '-ErrorAction Stop tells every success before the error, and every other failure as a warning' {
        $ids = @(Get-Blocked $server) + @(Get-Target $server 30)
        $before = Get-ChangeCount $server
        $done = [Collections.Generic.List[string]]::new()
        $failure = try { $ids | Revoke-CadenzaCredential -Force -ThrottleLimit 6 -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue | ForEach-Object { $done.Add($_.CredentialId) } } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'CadenzaCredentialInUse,*'
        $started = (Get-ChangeCount $server) - $before
        $started | Should -BeGreaterThan 1
        $done.Count + @($warnings).Count + 1 | Should -Be $started
        $revoked = Get-RevokedId $server
        $ids | Where-Object { $_ -in $revoked } | Sort-Object | Should -Be ($done | Sort-Object)
    }
}

Describe 'Ending early with some in flight' {
    AfterEach {
        Remove-Session $session
        Stop-AllServers
    }

    It 'Select-Object -First 1 starts nothing more, and the host tells what became of the rest' {
        $server = Start-SandboxServer -Arguments '--count', '60', '--fault', 'credential/revoke:Delay:delay=500ms'
        $ids = Get-Target $server 12
        $session = Start-Session $server $ids '$ids | Revoke-CadenzaCredential -Force -ThrottleLimit 4 | Select-Object -First 1'
        Wait-Session $session | Should -BeNullOrEmpty
        $session.Output | Should -HaveCount 1
        $revoked = @(Get-RevokedId $server | Where-Object { $_ -in $ids })
        $revoked | Should -HaveCount 4
        Get-ChangeCount $server | Should -Be 4
        $session.Host.Warnings | Should -HaveCount 3
        foreach ($id in $revoked -ne $session.Output[0].CredentialId) {
            $session.Host.Warnings | Where-Object { $_ -like "In flight when the pipeline ended: *$id* was revoked." } | Should -HaveCount 1
        }
    }

    It 'Ctrl+C returns at once, and the host tells of each that may or may not have been revoked' {
        $server = Start-SandboxServer -Arguments '--count', '60', '--fault', 'credential/revoke:NeverAnswer:skip=2'
        $ids = Get-Target $server 12
        $session = Start-Session $server $ids '$ids | Revoke-CadenzaCredential -Force -ThrottleLimit 4'
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while ((Get-ChangeCount $server) -lt 6 -and $watch.Elapsed.TotalSeconds -lt 15) { [Threading.Thread]::Sleep(20) }
        $stopping = $session.Shell.BeginStop($null, $null)
        $stopping.AsyncWaitHandle.WaitOne(5000) | Should -BeTrue -Because 'Ctrl+C must not wait for the server'
        $session.Shell.EndStop($stopping)
        Wait-Session $session | Should -BeOfType Management.Automation.PipelineStoppedException
        $session.Output | Should -HaveCount 2
        $session.Host.Warnings | Should -HaveCount 4
        $hanging = $ids[0..5] | Where-Object { $_ -notin $session.Output.CredentialId }
        $hanging | Should -HaveCount 4
        foreach ($id in $hanging) {
            $session.Host.Warnings | Where-Object { $_ -like "In flight when the pipeline ended: *$id* may or may not have been revoked." } | Should -HaveCount 1
        }
        Get-ChangeCount $server | Should -Be 6
    }

    It 'where a command upstream fails, the host tells what became of those in flight' {
        $server = Start-SandboxServer -Arguments '--count', '60', '--fault', 'credential/revoke:Delay:delay=500ms'
        $ids = Get-Target $server 3
        $session = Start-Session $server $ids '& { $ids; throw "upstream" } | Revoke-CadenzaCredential -Force'
        (Wait-Session $session).Message | Should -Be 'upstream'
        $session.Host.Warnings | Should -HaveCount 3
        foreach ($id in $ids) {
            $session.Host.Warnings | Where-Object { $_ -like "In flight when the pipeline ended: *$id* was revoked." } | Should -HaveCount 1
        }
        @(Get-RevokedId $server | Where-Object { $_ -in $ids }) | Should -HaveCount 3
    }
}

Describe '-PipelineVariable' {
    AfterEach { Disconnect-Cadenza }

    It 'belongs to the same credential as $_ with -ThrottleLimit 1' {
        Connect-Cadenza -Sandbox -CredentialCount 30
        $pairs = Get-CadenzaCredential -Status VERIFIED -PipelineVariable row |
            Revoke-CadenzaCredential -Force -ThrottleLimit 1 -ErrorAction Ignore |
            ForEach-Object { "$($row.CredentialId) $($_.CredentialId)" }
        $pairs.Count | Should -BeGreaterThan 5
        foreach ($pair in $pairs) { $expected, $actual = $pair -split ' '; $actual | Should -Be $expected }
    }
}
