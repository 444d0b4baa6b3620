# -ValidateFirst and -MaximumFailure of the cmdlets that change credentials.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Credentials that this user can rotate and revoke.
    function Get-Desk($Server, [int] $Count) {
        $mine = @(Invoke-RestMethod "$($Server.Address)/_sandbox/state" -TimeoutSec 30 -NoProxy | ForEach-Object { $_ } | Where-Object { -not $_.isColleagues }).credentialId
        $used = @(Get-CadenzaCredential | Get-CadenzaCredentialImpact | Where-Object Effect -EQ MayBeRefused).CredentialId
        Get-CadenzaCredential | Where-Object { $_.CredentialId -in $mine -and $_.CredentialId -notin $used -and $_.Status -eq 'VERIFIED' -and $_.Nickname -and $_.Venue -in 'BYBIT', 'BINANCE', 'BITFINEX', 'DERIBIT', 'IBKR', 'B2C2', 'WINTERMUTE', 'STONEX' } | Select-Object -First $Count
    }

    # The ids of error records. A terminating error is in an error variable as an exception, too.
    function Get-ErrorId($Errors) { @($Errors | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] } | Select-Object -Unique) }
}
AfterAll { Restore-TestSession }

Describe '-ValidateFirst' {
    BeforeEach {
        $server = Connect-SandboxServer guide '--count', '120'
        $desks = @(Get-Desk $server 3)
        function New-Row($Desk, [string] $Key = "made-up-key-$([guid]::NewGuid())") {
            [pscustomobject]@{ CredentialId = $Desk.CredentialId; Venue = $Desk.Venue; Nickname = $Desk.Nickname; ApiKey = $Key; ApiSecret = "made-up-secret-$([guid]::NewGuid())" }
        }
    }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'shows every error of a file and sends nothing: <Title>' -ForEach @(
        @{ Title = 'an unknown id'; Ids = 'CadenzaCredentialNotFound'; Change = { $rows[1].CredentialId = '00000000-0000-4000-8000-00000000dead' } }
        @{ Title = 'the nickname of another'; Ids = 'CadenzaCredentialChanged'; Change = { $rows[2].Nickname = 'another desk' } }
        @{ Title = 'a missing secret'; Ids = 'CadenzaInvalidKeys'; Change = { $rows[0].ApiSecret = '' } }
        @{ Title = 'white space around a key'; Ids = 'CadenzaInvalidKeys'; Change = { $rows[2].ApiKey += ' ' } }
        @{ Title = 'the same id twice with other keys'; Ids = 'CadenzaInvalidKeys'; Change = { $rows[2].CredentialId = $rows[0].CredentialId } }
        @{ Title = 'the same key twice'; Ids = 'CadenzaInvalidKeys'; Change = { $rows[2].ApiKey = $rows[0].ApiKey } }
        @{ Title = 'a revoked credential'; Ids = 'CadenzaAlreadyRevoked'; Change = { $rows[1] = New-Row (Get-CadenzaCredential -Health Revoked -First 1) } }
        @{ Title = 'three of them'; Ids = 'CadenzaInvalidKeys', 'CadenzaCredentialNotFound', 'CadenzaCredentialChanged'; Change = {
                $rows[0].ApiSecret = ''; $rows[1].CredentialId = '00000000-0000-4000-8000-00000000dead'; $rows[2].Venue = 'BITFINEX_UAT' } }
    ) {
        $rows = $desks | ForEach-Object { New-Row $_ }
        . $Change
        $before = Get-ServerState $server
        $out = try { $rows | Update-CadenzaCredential -ValidateFirst -ErrorAction SilentlyContinue -ErrorVariable failed } catch { $end = $_ }
        $out | Should -BeNullOrEmpty
        $end.FullyQualifiedErrorId | Should -BeLike 'CadenzaValidationFailed,*'
        "$end" | Should -BeLike "Nothing was sent, because the input has $(@($Ids).Count) error*"
        $end.CategoryInfo.Reason | Should -Be 'NotSent'
        Get-ErrorId $failed | Where-Object { $_ -ne 'CadenzaValidationFailed' } | Should -Be $Ids
        Get-ServerState $server | Should -Be $before
        Get-ChangeCount $server | Should -Be 0
    }

    It 'sends everything when every row is valid' {
        $rows = $desks | ForEach-Object { New-Row $_ }
        $out = $rows | Update-CadenzaCredential -ValidateFirst -ThrottleLimit 1
        $out.CredentialId | Should -Be $desks.CredentialId
        Get-ChangeCount $server | Should -Be 3
    }

    It 'validates an id alone, and a revoke' {
        { $desks[0].CredentialId, '00000000-0000-4000-8000-00000000dead' | Revoke-CadenzaCredential -ValidateFirst -Force -ErrorAction SilentlyContinue } | Should -Throw '*1 error.'
        Get-ChangeCount $server | Should -Be 0
        ($desks[0].CredentialId | Revoke-CadenzaCredential -ValidateFirst -Force).Status | Should -Be 'REVOKED'
    }

    It 'validates rows to create' {
        $rows = 'a', 'b', 'A' | ForEach-Object { [pscustomobject]@{ Venue = 'BYBIT'; Nickname = "new $_"; ApiKey = "k-$([guid]::NewGuid())"; ApiSecret = "s-$([guid]::NewGuid())" } }
        { $rows | New-CadenzaCredential -ValidateFirst -ErrorAction SilentlyContinue } | Should -Throw '*1 error.'
        Get-ChangeCount $server | Should -Be 0
        @($rows[0, 1] | New-CadenzaCredential -ValidateFirst) | Should -HaveCount 2
    }

    It 'asks and shows -WhatIf only after the whole input is valid' {
        $rows = @($desks | ForEach-Object { New-Row $_ }) + (New-Row @{ CredentialId = '00000000-0000-4000-8000-00000000dead' })
        foreach ($count in 4, 3) {
            $run = Invoke-InSession {
                param($address, $token, $rows)
                Connect-Cadenza -BaseUri $address -AccessToken $token
                $rows | Update-CadenzaCredential -ValidateFirst -WhatIf
            } @{ address = $server.Address; token = $server.Token; rows = $rows[0..($count - 1)] } -Answer Y
            @($run.Lines -like 'What if:*') | Should -HaveCount $(if ($count -eq 3) { 3 } else { 0 })
            Get-ErrorId $run.Errors | Should -Be $(if ($count -eq 4) { 'CadenzaCredentialNotFound', 'CadenzaValidationFailed' })
        }
        Get-ChangeCount $server | Should -Be 0
    }

    It 'does not validate what the journal lists as done, so that the same line resumes' {
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $rows = $desks | Select-Object CredentialId, Venue, Nickname, Status, UpdatedAt | ForEach-Object {
            $_ | Add-Member -NotePropertyMembers @{ ApiKey = "k-$([guid]::NewGuid())"; ApiSecret = "s-$([guid]::NewGuid())" } -PassThru }
        @($rows[0] | Update-CadenzaCredential -ValidateFirst -JournalPath $journal) | Should -HaveCount 1
        # The first one has another time now, because it was rotated.
        $out = $rows | Update-CadenzaCredential -ValidateFirst -JournalPath $journal -WarningAction SilentlyContinue
        $out.CredentialId | Sort-Object | Should -Be ($desks[1, 2].CredentialId | Sort-Object)
        Get-ChangeCount $server | Should -Be 3
    }
}

Describe '-MaximumFailure' -Tag Slow {
    BeforeEach {
        $server = Connect-SandboxServer guide '--count', '120'
        $desks = @(Get-Desk $server 12)
        $rows = $desks | ForEach-Object { [pscustomobject]@{ CredentialId = $_.CredentialId; ApiKey = "made-up-key-$([guid]::NewGuid())"; ApiSecret = "made-up-secret-$([guid]::NewGuid())" } }
    }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'stops a rotation whose first key is wrong after one request' {
        foreach ($row in $rows) { $row.ApiKey = "bad-$($row.ApiKey)" }
        { $rows | Update-CadenzaCredential -MaximumFailure 0 -ErrorAction SilentlyContinue -ErrorVariable script:failed } | Should -Throw 'The command stopped after the first failure*'
        Get-ChangeCount $server | Should -Be 1
        Get-ErrorId $failed | Select-Object -First 1 | Should -Be 'CadenzaInvalidApiKey'
    }

    It 'goes on with the same line and journal' {
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $rows[5].ApiKey = "bad-$($rows[5].ApiKey)"
        { $rows | Update-CadenzaCredential -MaximumFailure 0 -JournalPath $journal -ThrottleLimit 1 -ErrorAction SilentlyContinue } | Should -Throw '*first failure*'
        Get-ChangeCount $server | Should -Be 6
        $rows[5].ApiKey = "made-up-key-$([guid]::NewGuid())"
        @($rows | Update-CadenzaCredential -MaximumFailure 0 -JournalPath $journal -WarningAction SilentlyContinue) | Should -HaveCount 7
    }

    It 'allows as many failures as it says (<Allowed>)' -ForEach @{ Allowed = 1; Sent = 4 }, @{ Allowed = 2; Sent = 12 } {
        foreach ($i in 1, 3) { $rows[$i].ApiKey = "bad-$($rows[$i].ApiKey)" }
        $end = try { $null = $rows | Update-CadenzaCredential -MaximumFailure $Allowed -ThrottleLimit 1 -ErrorAction SilentlyContinue } catch { $_ }
        Get-ChangeCount $server | Should -Be $Sent
        [bool]$end | Should -Be ($Sent -lt 12)
    }

    It 'works for a revoke and for a creation' {
        $ids = '00000000-0000-4000-8000-00000000dead', $desks[0].CredentialId
        { $ids | Revoke-CadenzaCredential -Force -MaximumFailure 0 -ErrorAction SilentlyContinue } | Should -Throw '*first failure*'
        (Get-CadenzaCredential $desks[0].CredentialId).Status | Should -Be 'VERIFIED'
        $new = 'bad-key', 'good-key' | ForEach-Object { [pscustomobject]@{ Venue = 'BYBIT'; Nickname = "n $_"; ApiKey = "$_-$([guid]::NewGuid())"; ApiSecret = "s-$([guid]::NewGuid())" } }
        { $new | New-CadenzaCredential -MaximumFailure 0 -ErrorAction SilentlyContinue } | Should -Throw '*first failure*'
    }

    It 'refuses <Value>' -ForEach @{ Value = -1 }, @{ Value = $null } {
        { $rows | Update-CadenzaCredential -MaximumFailure $Value -ErrorAction Stop } | Should -Throw
        Get-ChangeCount $server | Should -Be 0
    }
}
