# -AsResult: one object for each item of the input.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Rows of a file with keys for credentials that this user can rotate. It has only ids.
    function New-KeyRow([int] $Count) {
        $desks = @(Get-CadenzaCredential | Where-Object { $_.Status -ne 'REVOKED' -and $_.Nickname -and $_.Nickname -ne 'Shared prime desk' -and $_.Venue -notlike 'OKX*' } | Select-Object -First $Count)
        $desks | Should -HaveCount $Count
        $desks | ForEach-Object { [pscustomobject]@{ CredentialId = $_.CredentialId; ApiKey = "made-up-key-$([guid]::NewGuid())"; ApiSecret = "made-up-secret-$([guid]::NewGuid())" } }
    }
    function Get-Name($Id) { ($all | Where-Object CredentialId -EQ $Id | ForEach-Object { "$($_.Venue) $($_.Nickname)" }) }
}
AfterAll { Restore-TestSession }

Describe '-AsResult' {
    BeforeEach {
        Connect-Cadenza -Sandbox
        $all = Get-CadenzaCredential
        $rows = @(New-KeyRow 6)
    }
    AfterEach { Disconnect-Cadenza }

    It 'writes one result for each row, with the names that the file does not have, and no error' {
        $rows[1].ApiKey = 'bad-key'
        $rows[2].ApiSecret = ''
        $rows[3].CredentialId = '00000000-0000-4000-8000-00000000dead'
        $rows += [pscustomobject]@{ CredentialId = $rows[0].CredentialId; ApiKey = $rows[0].ApiKey; ApiSecret = $rows[0].ApiSecret }
        $before = [DateTimeOffset]::UtcNow
        $results = $rows | Update-CadenzaCredential -AsResult -ErrorVariable failed -WarningAction SilentlyContinue | Sort-Object Index
        $failed | Should -BeNullOrEmpty
        $results.Index | Should -Be (1..7)
        $results.CredentialId | Should -Be $rows.CredentialId
        $results.Outcome | Should -Be 'Applied', 'Rejected', 'NotSent', 'NotSent', 'Applied', 'Applied', 'Skipped'
        $results.ErrorId | Should -Be $null, 'CadenzaInvalidApiKey', 'CadenzaInvalidKeys', 'CadenzaCredentialNotFound', $null, $null, $null
        $results.Attempts | Should -Be 1, 1, 0, 0, 1, 1, 0
        foreach ($i in 0, 1, 2, 4, 5, 6) { "$($results[$i].Venue) $($results[$i].Nickname)" | Should -Be (Get-Name $rows[$i].CredentialId) }
        foreach ($i in 1, 2, 6) { $results[$i].Message | Should -BeLike "*$($results[$i].Venue) '$($results[$i].Nickname)'*" }
        $results[0].RequestId | Should -Match '^req-'
        $results[0].StartedAt | Should -BeGreaterOrEqual $before
        $results[0].EndedAt | Should -BeGreaterOrEqual $results[0].StartedAt
        $results[2].StartedAt | Should -BeNullOrEmpty
        $results.Server | Select-Object -Unique | Should -Be $all[0].Server
        $results.Action | Select-Object -Unique | Should -Be 'rotate'
        $results.Verified | Should -Be (@($null) * 7)
    }

    It 'sums up with Group-Object' {
        $rows[1].ApiKey = 'bad-key'
        $groups = $rows | Update-CadenzaCredential -AsResult | Group-Object Outcome | Sort-Object Name
        "$($groups.Name)|$($groups | ForEach-Object Count)" | Should -Be 'Applied Rejected|5 1'
    }

    It 'names the credential of a row with only an id in errors, too' {
        $rows[1].ApiKey = 'bad-key'
        $rows[2].ApiSecret = ''
        $null = $rows | Update-CadenzaCredential -ErrorVariable failed -ErrorAction SilentlyContinue
        foreach ($i in 1, 2) {
            $venue, $nickname = (Get-Name $rows[$i].CredentialId) -split ' ', 2
            "$($failed | Where-Object TargetObject -EQ $rows[$i].CredentialId)" | Should -BeLike "*$($rows[$i].CredentialId) ($venue '$nickname') was not rotated*"
        }
    }

    It 'works for a revoke, with a warning for a repeated id' {
        $first, $second = (Get-CadenzaCredential -Nickname 'Lending ladder', 'Custody sweep').CredentialId
        $ids = $first, 'x y', $second, $first
        $results = Revoke-CadenzaCredential $ids -Force -AsResult -WarningVariable warned -WarningAction SilentlyContinue | Sort-Object Index
        $results.Outcome | Should -Be 'Applied', 'NotSent', 'Applied', 'Skipped'
        $results.Index | Should -Be (1..4)
        $results[1].ErrorId | Should -Be 'CadenzaInvalidCredentialId'
        $results[3].Nickname | Should -Be $results[0].Nickname
        $warned | Should -HaveCount 1
    }

    It 'works for a creation' {
        $new = 'one', 'two', 'one' | ForEach-Object { [pscustomobject]@{ Venue = 'BYBIT'; Nickname = "new $_"; ApiKey = "k-$([guid]::NewGuid())"; ApiSecret = "s-$([guid]::NewGuid())" } }
        $new[1].ApiKey = 'bad-key'
        $results = $new | New-CadenzaCredential -AsResult | Sort-Object Index
        $results.Outcome | Should -Be 'Applied', 'Rejected', 'NotSent'
        $results.Nickname | Should -Be $new.Nickname
        (Get-CadenzaCredential $results[0].CredentialId).Nickname | Should -Be 'new one'
        $results[1].CredentialId | Should -BeNullOrEmpty
    }

    It 'works for Test-CadenzaCredential' {
        $ids = $rows[0].CredentialId, '00000000-0000-4000-8000-00000000dead', $rows[0].CredentialId, ($all | Where-Object Status -EQ REVOKED | Select-Object -First 1).CredentialId
        $results = $ids | Test-CadenzaCredential -AsResult -ErrorVariable failed -WarningAction SilentlyContinue | Sort-Object Index
        $failed | Should -BeNullOrEmpty
        $results.Outcome | Should -Be 'Answered', 'Rejected', 'Skipped', 'Answered'
        $results.Verified | Should -Be 'Verified', $null, $null, 'NotVerified'
        $results[1].ErrorId | Should -Be 'CadenzaCredentialNotFound'
        $results.Action | Select-Object -Unique | Should -Be 'verify'
        { $ids | Test-CadenzaCredential -AsResult -Quiet } | Should -Throw '*not both*'
    }

    It 'writes no results and shows errors with -WhatIf' {
        $rows[1].ApiSecret = ''
        $results = $rows[0, 1] | Update-CadenzaCredential -AsResult -WhatIf -ErrorVariable failed -ErrorAction SilentlyContinue
        $results | Should -BeNullOrEmpty
        $failed | Should -HaveCount 1
    }

    It 'has a result for each row of a file with a wrong header' {
        $bad = 1..3 | ForEach-Object { [pscustomobject]@{ CredentialId = $rows[$_].CredentialId; Key = 'k' } }
        $results = $bad | Update-CadenzaCredential -AsResult -ErrorVariable failed
        $failed | Should -BeNullOrEmpty
        $results.Index | Should -Be 1, 2, 3
        $results.ErrorId | Should -Be (@('CadenzaInvalidKeys') * 3)
        $results[1].Message | Should -Not -BeLike '*reported once*'
    }

    It 'keeps the results when -MaximumFailure ends the command, also with -ErrorAction Stop' {
        $rows[1].ApiKey = 'bad-key'
        $results = $rows | Update-CadenzaCredential -AsResult -MaximumFailure 0 -ThrottleLimit 1 -ErrorVariable failed -ErrorAction SilentlyContinue
        $results.Outcome | Should -Be 'Applied', 'Rejected', 'NotSent', 'NotSent', 'NotSent', 'NotSent'
        $results[2].ErrorId | Should -Be 'CadenzaTooManyFailures'
        "$($results[5].Venue) $($results[5].Nickname)" | Should -Be (Get-Name $rows[5].CredentialId)
        @($failed).FullyQualifiedErrorId | Should -BeLike 'CadenzaTooManyFailures,*'
        $failed[0].Exception.Message | Should -BeLike "*$($rows[1].CredentialId) (*), item 2 of the input. Nothing more was sent.*"

        $rows[1].ApiKey = 'bad-key'
        $collected = [Collections.Generic.List[object]]::new()
        { $rows | Update-CadenzaCredential -AsResult -MaximumFailure 0 -ErrorAction Stop | ForEach-Object { $collected.Add($_) } } | Should -Throw '*first failure*'
        $collected | Should -HaveCount 6
    }

    It 'gives each row a result when -ValidateFirst finds an error' {
        $rows[2].ApiSecret = ''
        $results = $rows | Update-CadenzaCredential -AsResult -ValidateFirst -ErrorVariable failed -ErrorAction SilentlyContinue | Sort-Object Index
        $results.Outcome | Should -Be (@('NotSent') * 6)
        $results.ErrorId | Select-Object -Unique | Sort-Object | Should -Be 'CadenzaInvalidKeys', 'CadenzaValidationFailed'
        @($failed) | Should -HaveCount 1
    }

    It 'gives each row a result when the token has expired' {
        Connect-Cadenza -Sandbox -Fault 'credential/rotate:Unauthorized:skip=2'
        $rows = @(New-KeyRow 6)
        $results = $rows | Update-CadenzaCredential -AsResult -ThrottleLimit 1 -ErrorVariable failed -ErrorAction SilentlyContinue
        $results.Outcome | Should -Be 'Applied', 'Applied', 'Rejected', 'NotSent', 'NotSent', 'NotSent'
        $results[2, 3].ErrorId | Should -Be 'CadenzaUnauthorized', 'CadenzaUnauthorized'
        @($failed) | Should -HaveCount 1
    }

    It 'lists what the journal has as skipped, with its names' {
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $null = $rows[0, 1] | Update-CadenzaCredential -JournalPath $journal
        $results = $rows | Update-CadenzaCredential -JournalPath $journal -AsResult -WarningAction SilentlyContinue | Sort-Object Index
        $results.Outcome | Should -Be 'Skipped', 'Skipped', 'Applied', 'Applied', 'Applied', 'Applied'
        "$($results[0].Venue) $($results[0].Nickname)" | Should -Be (Get-Name $rows[0].CredentialId)
        $results[0].Message | Should -BeLike '*journal lists it as already rotated*'
    }

    It 'says what the server has accepted and not completed' {
        Connect-Cadenza -Sandbox -Fault 'credential/revoke:Accepted:completeafter=60s'
        $result = Get-CadenzaCredential -Nickname 'Lending ladder' | Revoke-CadenzaCredential -Force -NoWait -AsResult -WarningAction SilentlyContinue
        $result.Outcome | Should -Be 'Accepted'
        $result.Nickname | Should -Be 'Lending ladder'
    }

    It 'has a result for a declined item' {
        $run = Invoke-InSession {
            param($ids)
            Connect-Cadenza -Sandbox
            $ids | Revoke-CadenzaCredential -AsResult -Confirm
        } @{ ids = $rows[0, 1].CredentialId } -Answer N
        $run.Errors | Should -BeNullOrEmpty
        $run.Output.Outcome | Should -Be 'Declined', 'Declined'
    }

    It 'survives <Form>' -ForEach @(
        @{ Form = 'CSV'; Convert = { $args[0] | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Form = 'JSON'; Convert = { $args[0] | ConvertTo-Json | ConvertFrom-Json } }
        @{ Form = 'CLIXML'; Convert = { $args[0] | Export-Clixml "$TestDrive/r.xml"; Import-Clixml "$TestDrive/r.xml" } }
    ) {
        $rows[1].ApiKey = 'bad-key'
        $results = $rows[0, 1] | Update-CadenzaCredential -AsResult | Sort-Object Index
        $copies = & $Convert $results
        foreach ($name in 'Index', 'CredentialId', 'Venue', 'Nickname', 'Server', 'Action', 'Outcome', 'ErrorId', 'Message', 'Attempts', 'RequestId') {
            foreach ($i in 0, 1) { "$($copies[$i].$name)" | Should -Be "$($results[$i].$name)" -Because $name }
        }
        foreach ($name in 'StartedAt', 'EndedAt') {
            if ($Form -eq 'CSV') { $copies[0].$name | Should -Be $results[0].$name.ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [cultureinfo]::InvariantCulture) }
            if ($Form -eq 'JSON') { $copies[0].$name.ToUniversalTime() | Should -Be $results[0].$name.UtcDateTime }
        }
        if ($Form -eq 'CLIXML') { $copies[0] | Format-List | Out-String | Should -Be ($results[0] | Format-List | Out-String) }
        $copies | Where-Object Outcome -EQ Rejected | Should -HaveCount 1
    }

    It 'can be piped to the same cmdlet to repeat what was not sent' {
        $rows[1].ApiKey = 'bad-key'
        $results = $rows | Update-CadenzaCredential -AsResult -MaximumFailure 0 -ThrottleLimit 1 -ErrorAction SilentlyContinue
        $again = $results | Where-Object Outcome -EQ NotSent | Test-CadenzaCredential
        $again | Should -HaveCount 4
    }

    It 'shows the outcome, the venue and the nickname in a table, in color where there is color' {
        $rows[1].ApiKey = 'bad-key'
        $results = $rows[0, 1] | Update-CadenzaCredential -AsResult | Sort-Object Index
        $text = $results | Format-Table | Out-String -Width 80
        $text | Should -Match '(?m)^Index Outcome\s+Verified\s+Error\s+Venue\s+Nickname'
        $text | Should -Match "(?m)^\s+1 Applied\s+$($results[0].Venue)\s+$([regex]::Escape($results[0].Nickname))"
        $text | Should -Match '(?m)^\s+2 Rejected\s+InvalidApiKey'
        $text | Should -Not -Match "`e"
        $PSStyle.OutputRendering = 'Ansi'
        try { $results | Format-Table | Out-String -Width 80 | Should -Match "`e\[31mRejected`e\[0m" }
        finally { $PSStyle.OutputRendering = 'PlainText' }
    }
}
