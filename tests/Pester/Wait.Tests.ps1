# -NoWait and -WaitTimeoutSec: a server that accepts a change and completes it later.

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'A server that completes changes later' -Tag Slow {
    AfterEach { Disconnect-Cadenza -ErrorAction SilentlyContinue }

    It '-NoWait returns the credential as it is, with one warning: <Name>' -ForEach @(
        @{ Name = 'revoke'; Fault = 'credential/revoke:Unfinished:status=REVOKING'; Status = 'REVOKING'; Word = 'revoked'; Run = { $desks | Revoke-CadenzaCredential -Force -NoWait @also } }
        @{ Name = 'rotate'; Fault = 'credential/rotate:Accepted'; Status = 'VERIFIED'; Word = 'rotated'; Run = { $desks | Update-CadenzaCredential -ApiKey 'made-up-key' -ApiSecret 'made-up-secret' -Force -NoWait @also } }
        @{ Name = 'create'; Fault = 'credential/create:Accepted'; Status = 'PENDING'; Word = 'created'; Run = { 'one', 'two' | ForEach-Object { [pscustomobject]@{ Venue = 'BYBIT'; Nickname = $_; ApiKey = "made-up-$_"; ApiSecret = "secret-$_" } } | New-CadenzaCredential -NoWait @also } }
    ) {
        Connect-Cadenza -Sandbox -Fault $Fault
        $desks = Get-CadenzaCredential -Nickname 'Custody sweep', 'RFQ evening desk' -Status VERIFIED
        $also = @{ JournalPath = Join-Path $TestDrive "$Name.jsonl"; WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        $began = [DateTimeOffset]::UtcNow
        $out = @(. $Run)
        $out.Status | Should -Be $Status, $Status
        $warnings | Should -Be "The server accepted 2 requests and completes them later. The credentials may not be $Word yet."
        @(Get-CadenzaJournal $also.JournalPath -Latest).Event | Should -Be 'Accepted', 'Accepted'
        @(Get-CadenzaRequest | Where-Object { $_.Time -ge $began -and $_.Method -eq 'GET' -and $_.Path -like '*credential/list*' }).Count | Should -Be 0
    }

    It '-WaitTimeoutSec waits longer than a request, and progress names the credential' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$env:CADENZA_TEST_MODULE'").AddStatement().AddScript({
                Connect-Cadenza -Sandbox -RetryTimeoutSec 4 -Fault 'credential/revoke:Unfinished:status=REVOKING,completeafter=6s'
                Get-CadenzaCredential -Nickname 'Lending ladder' | Revoke-CadenzaCredential -Force -WaitTimeoutSec 60
            })
        try {
            $out = $shell.Invoke()
            $out.Status | Should -Be 'REVOKED'
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shell.Streams.Progress.StatusDescription | Should -Contain "Waiting for 'Lending ladder' to be revoked (REVOKING)"
            $shell.Streams.Progress[-1].RecordType | Should -Be 'Completed'
        }
        finally { $shell.Dispose() }
    }

    It 'a wait that is over is an error with the outcome Unknown' {
        Connect-Cadenza -Sandbox -Fault 'credential/revoke:Unfinished:status=REVOKING'
        $clock = [Diagnostics.Stopwatch]::StartNew()
        Get-CadenzaCredential -Nickname 'Lending ladder' | Revoke-CadenzaCredential -Force -WaitTimeoutSec 1 -ErrorAction SilentlyContinue -ErrorVariable failed
        $clock.Elapsed.TotalSeconds | Should -BeGreaterThan 0.95
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaNotCompleted,*'
        $failed[0].CategoryInfo.Reason | Should -Be 'Unknown'
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike '*-WaitTimeoutSec*'
    }

    It 'Ctrl+C ends the wait at once' {
        $shell = [powershell]::Create()
        $journal = Join-Path $TestDrive 'stopped.jsonl'
        $null = $shell.AddScript("Import-Module '$env:CADENZA_TEST_MODULE'").AddStatement().AddScript("
                Connect-Cadenza -Sandbox -Fault 'credential/revoke:Unfinished:status=REVOKING'
                Get-CadenzaCredential -Nickname 'Lending ladder' | Revoke-CadenzaCredential -Force -WaitTimeoutSec 600 -JournalPath '$journal'")
        try {
            $run = $shell.BeginInvoke()
            $limit = [Diagnostics.Stopwatch]::StartNew()
            while (-not ($shell.Streams.Progress.StatusDescription -like 'Waiting for*') -and $limit.Elapsed.TotalSeconds -lt 60) { Start-Sleep -Milliseconds 50 }
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 4
            $run.IsCompleted | Should -BeTrue
            (Get-CadenzaJournal $journal -Latest).Event | Should -Be 'Accepted'
        }
        finally { $shell.Dispose() }
    }

    It 'refuses both parameters together, and a time that is out of range' {
        Connect-Cadenza -Sandbox
        { Get-CadenzaCredential | Revoke-CadenzaCredential -NoWait -WaitTimeoutSec 5 -WhatIf } | Should -Throw -ErrorId 'CadenzaInvalidParameter,*'
        { 'a' | Update-CadenzaCredential -ApiKey 'made-up-key' -ApiSecret 'made-up-secret' -NoWait -WaitTimeoutSec 5 -WhatIf } | Should -Throw 'Specify either -NoWait or -WaitTimeoutSec*'
        { Get-CadenzaCredential | Revoke-CadenzaCredential -WaitTimeoutSec 0 -WhatIf } | Should -Throw "*'WaitTimeoutSec'*"
    }
}
