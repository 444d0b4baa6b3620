# -MaxPerMinute, and the RateLimit headers of a server.

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'Pace' -Tag Slow {
    AfterEach { Disconnect-Cadenza -ErrorAction SilentlyContinue }

    It 'spreads the requests of a connection evenly' {
        Connect-Cadenza -Sandbox -MaxPerMinute 120
        $began = Get-Date
        $null = Get-CadenzaCredential -Venue OKX | Test-CadenzaCredential
        $times = @(Get-CadenzaRequest | Where-Object { $_.Time -ge $began.AddSeconds(-1) -and $_.Path -like '*verify*' }).Time
        $times.Count | Should -BeGreaterThan 2
        # The times are taken before a request is sent, which may be delayed: two together are no shorter than their sum.
        ($times[-1] - $times[0]).TotalSeconds | Should -BeGreaterThan (0.5 * ($times.Count - 1) - 0.3)
    }

    It 'limits one command: <Name>' -ForEach @(
        @{ Name = 'Test-CadenzaCredential'; Run = { $desks | Test-CadenzaCredential -MaxPerMinute 120 -Verbose 4>&1 } }
        @{ Name = 'Update-CadenzaCredential'; Run = { $desks | Update-CadenzaCredential -ApiKey 'made-up-key' -ApiSecret 'made-up-secret' -Force -MaxPerMinute 120 -Verbose 4>&1 } }
        @{ Name = 'Revoke-CadenzaCredential'; Run = { $desks | Revoke-CadenzaCredential -Force -MaxPerMinute 120 -Verbose 4>&1 } }
        @{ Name = 'New-CadenzaCredential'; Run = { 'one', 'two', 'three' | ForEach-Object { [pscustomobject]@{ Venue = 'BYBIT'; Nickname = $_; ApiKey = "made-up-$_"; ApiSecret = "secret-$_" } } | New-CadenzaCredential -MaxPerMinute 120 -Verbose 4>&1 } }
    ) {
        Connect-Cadenza -Sandbox
        $desks = Get-CadenzaCredential -Nickname 'Lending ladder', 'Market making BTC-perp', 'OTC settlement'
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $out = . $Run
        $clock.Elapsed.TotalSeconds | Should -BeGreaterThan 0.95
        @($out | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Count | Should -Be 3
        @($out | Where-Object { "$_" -like 'Requests wait for their turn*' }).Count | Should -Be 1
    }

    It 'refuses a limit that is out of range, or not set' {
        { Connect-Cadenza -Sandbox -MaxPerMinute 0 } | Should -Throw -ErrorId 'CadenzaInvalidConnection,*'
        { Connect-Cadenza -Sandbox -MaxPerMinute $null } | Should -Throw -ErrorId 'CadenzaInvalidConnection,*'
        Connect-Cadenza -Sandbox
        { Get-CadenzaCredential | Test-CadenzaCredential -MaxPerMinute $null } | Should -Throw "*'MaxPerMinute'*"
        { Get-CadenzaCredential | Revoke-CadenzaCredential -MaxPerMinute 0 -WhatIf } | Should -Throw "*'MaxPerMinute'*"
    }

    It 'meets no 429 if the server reports its limit, and says why it is slow' {
        Connect-Cadenza -Sandbox -Fault '*:RequestLimit:size=10,per=2s'
        $began = [DateTimeOffset]::UtcNow
        $verbose = Get-CadenzaCredential | Select-Object -First 20 | Test-CadenzaCredential -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        $status = @(Get-CadenzaRequest | Where-Object Time -ge $began).Status
        $status.Count | Should -BeGreaterThan 15
        $status | Should -Not -Contain 429
        @($verbose | Where-Object { "$_" -like 'The server accepts * more request*' }).Count | Should -BeIn 1, 2
    }

    It 'meets a 429 if the server does not report it' {
        Connect-Cadenza -Sandbox -Fault '*:RequestLimit:size=10,per=2s,headers=None'
        $began = [DateTimeOffset]::UtcNow
        $null = Get-CadenzaCredential | Select-Object -First 20 | Test-CadenzaCredential -ErrorAction SilentlyContinue
        @(Get-CadenzaRequest | Where-Object Time -ge $began).Status | Should -Contain 429
    }
}
