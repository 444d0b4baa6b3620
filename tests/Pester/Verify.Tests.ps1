# Update-CadenzaCredential -Verify: the exchange is asked after each rotation.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Writes a file with keys. It has only ids.
    function New-KeyFile([int] $Count, [int[]] $Wrong = @()) {
        $desks = @(Get-CadenzaCredential | Where-Object { $_.Status -ne 'REVOKED' -and $_.Nickname -and $_.Nickname -ne 'Shared prime desk' -and $_.Venue -notlike 'OKX*' } | Select-Object -First $Count)
        $desks | Should -HaveCount $Count
        $number = 0
        $desks | ForEach-Object {
            $number++
            # The exchange of the sandbox does not accept a key that begins with failing-.
            [pscustomobject]@{ CredentialId = $_.CredentialId; ApiKey = "$(if ($number -in $Wrong) { 'failing-' })key-$([guid]::NewGuid())"; ApiSecret = "secret-$([guid]::NewGuid())" }
        } | Export-Csv $keys
    }

    # Corrects the keys of rows.
    function Repair-KeyFile([int[]] $Number) {
        $rows = @(Import-Csv $keys)
        foreach ($i in $Number) { $rows[$i - 1].ApiKey = $rows[$i - 1].ApiKey -replace '^failing-', 'right-' }
        $rows | Export-Csv $keys
    }

    # The requests of this test. The session remembers those of the tests before, too.
    function Get-Rotation { @(Get-CadenzaRequest | Where-Object { $_.Path -eq '/api/v3/credential/rotate' -and $_.Time -ge $began }) }
    function Get-Verification { @(Get-CadenzaRequest | Where-Object { $_.Path -eq '/api/v3/credential/verify' -and $_.Time -ge $began }) }
    function Get-ErrorId($Errors) { @($Errors | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }) }
}
AfterAll { Restore-TestSession }

Describe 'Update-CadenzaCredential -Verify' {
    BeforeEach {
        $began = [DateTimeOffset]::UtcNow
        $keys = Join-Path $TestDrive "$([guid]::NewGuid()).csv"
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        Connect-Cadenza -Sandbox -CredentialCount 400
    }
    AfterEach { Disconnect-Cadenza }

    It 'ends a rotation day of 200 rows with 3 wrong keys with one unverified credential, and the same line finishes it' {
        New-KeyFile 200 -Wrong 11, 90, 170
        $day = { Import-Csv $keys | Update-CadenzaCredential -Verify -JournalPath $journal -Force -AsResult -ErrorAction SilentlyContinue -ErrorVariable script:failed -WarningAction SilentlyContinue }
        $fixed = 0
        foreach ($wrong in 11, 90, 170) {
            $results = & $day
            $results | Should -HaveCount 200
            @($results | Where-Object Verified -EQ NotVerified).Index | Should -Be $wrong
            @($results | Where-Object Verified -EQ Verified).Count | Should -BeGreaterOrEqual ($wrong - 1 - 15)
            @($results | Where-Object { $_.Verified -eq 'Verified' -or $_.Outcome -eq 'NotSent' }) | Should -HaveCount 199
            # On the server, all others have their old keys, or new ones that work.
            @(Get-CadenzaCredential -Status FAILED | Where-Object { $_.CredentialId -in $results.CredentialId -and $_.CredentialId -notin ($results | Where-Object Outcome -EQ NotSent).CredentialId }).CredentialId | Should -Be $results.Where{ $_.Index -eq $wrong }.CredentialId
            Get-ErrorId $failed | Should -Be 'CadenzaTooManyFailures'
            "$failed" | Should -BeLike "*item $wrong of the input*run the same command again with the same journal."
            Repair-KeyFile $wrong
        }
        $results = & $day
        $failed | Should -BeNullOrEmpty
        $results.Verified | Should -Be (@('Verified') * 200)
        $results | Where-Object { $_.Outcome -notin 'Applied', 'Skipped' } | Should -BeNullOrEmpty
        # Each credential was rotated once, and each wrong one once more.
        (Get-Rotation).Count | Should -Be 203
        $results | Group-Object CredentialId | Should -HaveCount 200
        ($results.CredentialId | Test-CadenzaCredential).Passed | Should -Not -Contain $false

        $again = & $day
        $again.Outcome | Should -Be (@('Skipped') * 200)
        $again.Verified | Should -Be (@('Verified') * 200)
        (Get-Rotation).Count | Should -Be 203
    }

    It 'changes one credential of a file that is wrong from the first row on' {
        New-KeyFile 50 -Wrong (1..50)
        $results = Import-Csv $keys | Update-CadenzaCredential -Verify -AsResult -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        @($results | Where-Object Outcome -EQ Applied).Index | Should -Be 1
        @($results | Where-Object Outcome -EQ NotSent) | Should -HaveCount 49
        (Get-Rotation).Count | Should -Be 1
    }

    It 'writes credentials with Verified, and an error for keys that the exchange does not accept' {
        New-KeyFile 3 -Wrong 3
        $out = Import-Csv $keys | Update-CadenzaCredential -Verify -MaximumFailure 1 -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue
        $out.CredentialId | Should -Be (Import-Csv $keys)[0, 1].CredentialId
        $out.Verified | Should -Be 'Verified', 'Verified'
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaNotVerified,*'
        $failed[0].CategoryInfo.Reason | Should -Be 'Applied'
        $failed[0].Exception.Outcome | Should -Be 'Applied'
        $failed[0].TargetObject | Should -Be (Import-Csv $keys)[2].CredentialId
        "$($failed[0])" | Should -BeLike "$($failed[0].TargetObject) (* '*') was rotated, but the exchange does not accept the new keys: *"
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike 'Correct the keys*'
    }

    It 'stops with a terminating error without -AsResult' {
        New-KeyFile 5 -Wrong 1
        { Import-Csv $keys | Update-CadenzaCredential -Verify -ErrorAction SilentlyContinue -WarningAction SilentlyContinue } | Should -Throw 'The command stopped after the first failure: *item 1 of the input*'
        (Get-Rotation).Count | Should -Be 1
    }

    It 'asks again, a limited number of times, while the exchange has not answered' -Tag Slow {
        Connect-Cadenza -Sandbox -RetryTimeoutSec 5 -Fault 'credential/verify:OtherStatus:status=PENDING'
        New-KeyFile 2
        $results = Import-Csv $keys | Update-CadenzaCredential -Verify -AsResult -JournalPath $journal -ErrorAction SilentlyContinue
        $results.Verified | Should -Be 'NotYetKnown', $null
        $results.Outcome | Should -Be 'Applied', 'NotSent'
        $results[0].ErrorId | Should -Be 'CadenzaVerificationPending'
        (Get-Verification).Count | Should -BeIn (2..5)
        (Get-CadenzaJournal $journal -Latest).Verified | Should -Be 'NotYetKnown'
    }

    It 'verifies with the journal what was rotated and not verified, and does not rotate it again' {
        Connect-Cadenza -Sandbox -Fault 'credential/verify:ServerErrorJson:times=1'
        New-KeyFile 2
        $line = { Import-Csv $keys | Update-CadenzaCredential -Verify -AsResult -JournalPath $journal -ErrorAction SilentlyContinue -WarningAction SilentlyContinue }
        $null = Get-CadenzaCredential | Select-Object -First 1 | Test-CadenzaCredential -ErrorAction SilentlyContinue
        # A run without -Verify has rotated the first row.
        $null = (Import-Csv $keys)[0] | Update-CadenzaCredential -JournalPath $journal
        $before = (Get-Rotation).Count
        $results = & $line | Sort-Object Index
        $results.Outcome | Should -Be 'Skipped', 'Applied'
        $results.Verified | Should -Be 'Verified', 'Verified'
        (Get-Rotation).Count | Should -Be ($before + 1)
        (Get-CadenzaJournal $journal -Latest).Verified | Should -Be 'Verified', 'Verified'
    }

    It 'rotates again, even without -Verify, what the journal lists as not verified' {
        New-KeyFile 1 -Wrong 1
        $null = Import-Csv $keys | Update-CadenzaCredential -Verify -AsResult -JournalPath $journal -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        Repair-KeyFile 1
        @(Import-Csv $keys | Update-CadenzaCredential -JournalPath $journal) | Should -HaveCount 1
        (Get-Rotation).Count | Should -Be 2
        @(Import-Csv $keys | Update-CadenzaCredential -JournalPath $journal -WarningAction SilentlyContinue) | Should -HaveCount 0
    }

    It 'does not verify keys that the server sets later' {
        New-KeyFile 1
        { Import-Csv $keys | Update-CadenzaCredential -Verify -NoWait } | Should -Throw '*-Verify or -NoWait, not both*'
        (Get-Rotation).Count | Should -Be 0
    }

    It 'keeps the keys out of results, the journal and the messages' {
        New-KeyFile 3 -Wrong 2
        $secrets = Import-Csv $keys | ForEach-Object { $_.ApiKey; $_.ApiSecret }
        $text = & { Import-Csv $keys | Update-CadenzaCredential -Verify -AsResult -JournalPath $journal -Verbose -Debug:$false } *>&1 | Out-String -Width 500
        $text += Get-Content $journal -Raw
        foreach ($secret in $secrets) { $text.Contains($secret) | Should -BeFalse }
    }

    It 'shows with -WhatIf what would be rotated, and asks nothing' {
        New-KeyFile 2
        Import-Csv $keys | Update-CadenzaCredential -Verify -AsResult -WhatIf | Should -BeNullOrEmpty
        (Get-Rotation).Count + (Get-Verification).Count | Should -Be 0
    }
}
