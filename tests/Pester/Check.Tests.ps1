# What you saw is what is changed: the credentials of the input are compared with the server before the first change.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $ways = @{
        live       = { $input }
        projection = { $input | Select-Object * }
        csv        = { $input | ConvertTo-Csv | ConvertFrom-Csv }
        json       = { $input | ConvertTo-Json -Depth 5 | ConvertFrom-Json }
        clixml     = { $input | ForEach-Object { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) } }
    }
    $keys = @{ ApiKey = 'check-key-1'; ApiSecret = 'check-secret-1' }
    function Get-IdOf($Record) { $Record.FullyQualifiedErrorId.Split(',')[0] }
    # The one error of a change that was not sent.
    function Assert-NotSent($Errors, [string] $Id, [string] $Target, [string] $Like) {
        $Errors | Should -HaveCount 1
        Get-IdOf $Errors[0] | Should -Be $Id
        $Errors[0].Exception.Outcome | Should -Be 'NotSent'
        "$($Errors[0])" | Should -BeLike $Like
        if ($Target) { $Errors[0].TargetObject | Should -Be $Target }
    }
    function Get-ListCount($Server) { @(Get-ServerRequest $Server | Where-Object Path -Like '*credential/list').Count }
}
AfterAll { Restore-TestSession }

Describe 'Another server' {
    BeforeEach {
        $uat = Connect-Cadenza -Sandbox -Name uat -PassThru
        $prod = Connect-Cadenza -Sandbox -Name prod -PassThru
        $seen = Get-CadenzaCredential -Connection uat -Nickname 'Lending ladder'
    }
    AfterEach { Disconnect-Cadenza $uat; Disconnect-Cadenza }

    It 'each sandbox is another server with the same ids' {
        $uat.Server | Should -Match '^sandbox-[0-9a-f]+\.invalid$'
        $prod.Server | Should -Not -Be $uat.Server
        $seen.Server | Should -Be $uat.Server
        (Get-CadenzaCredential -CredentialId $seen.CredentialId).Server | Should -Be $prod.Server
    }

    It 'nothing is changed on it by <Title>' -ForEach @(
        @{ Title = 'credentials'; Way = 'live' }
        @{ Title = 'projections'; Way = 'projection' }
        @{ Title = 'rows of a CSV file'; Way = 'csv' }
        @{ Title = 'objects from JSON'; Way = 'json' }
        @{ Title = 'objects from CLIXML'; Way = 'clixml' }
    ) {
        $like = "$($seen.CredentialId) (BITFINEX 'Lending ladder') was not *: it was read from the server $($uat.Server), but the connection is to $($prod.Server)*"
        $before = Get-CadenzaCredential -CredentialId $seen.CredentialId
        $seen | & $ways[$Way] | Revoke-CadenzaCredential -Force -ErrorVariable revoke -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-NotSent $revoke CadenzaWrongServer $seen.CredentialId $like
        $seen | & $ways[$Way] | Update-CadenzaCredential @keys -ErrorVariable update -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-NotSent $update CadenzaWrongServer $seen.CredentialId $like
        $after = Get-CadenzaCredential -CredentialId $seen.CredentialId
        "$($after.Status) $($after.UpdatedAt.Ticks)" | Should -Be "$($before.Status) $($before.UpdatedAt.Ticks)"

        # On its own server it is changed.
        ($seen | & $ways[$Way] | Revoke-CadenzaCredential -Force -Connection uat).Status | Should -Be 'REVOKED'
        (Get-CadenzaCredential -CredentialId $seen.CredentialId).Status | Should -Be $before.Status
    }

    It 'nothing is changed on it by <Title>' -ForEach @(
        @{ Title = 'impacts'; Script = { $seen | Get-CadenzaCredentialImpact -Connection uat } }
        @{ Title = 'impacts in a CSV file'; Script = { $seen | Get-CadenzaCredentialImpact -Connection uat | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Title = 'findings'; Script = { $seen | Get-CadenzaCredentialFinding -Connection uat | Select-Object -First 1 } }
        @{ Title = 'findings in a CSV file'; Script = { $seen | Get-CadenzaCredentialFinding -Connection uat | Select-Object -First 1 | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Title = 'results of a test'; Script = { $seen | Test-CadenzaCredential -Connection uat } }
    ) {
        $items = @(& $Script)
        $items | Should -HaveCount 1
        $items | Revoke-CadenzaCredential -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-NotSent $failed CadenzaWrongServer $seen.CredentialId "*$($uat.Server)*$($prod.Server)*"
    }

    It '-SkipCheck does not change it either' {
        $seen | Revoke-CadenzaCredential -Force -SkipCheck -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-NotSent $failed CadenzaWrongServer $seen.CredentialId '*'
    }

    It 'is an error of <Name>, too, and not a false all-clear' -ForEach @(
        @{ Name = 'Get-CadenzaCredentialImpact' }
        @{ Name = 'Get-CadenzaCredential' }
        @{ Name = 'Get-CadenzaCredentialFinding' }
    ) {
        $seen | & $Name -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed | Should -HaveCount 1
        Get-IdOf $failed[0] | Should -Be 'CadenzaWrongServer'
        "$($failed[0])" | Should -BeLike "Credential $($seen.CredentialId) cannot be used: it was read from the server $($uat.Server)*"
    }

    It 'one of another server among others is one error' {
        $own = Get-CadenzaCredential -Nickname 'Integration tests'
        $done = $seen, $own | Revoke-CadenzaCredential -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $done.CredentialId | Should -Be $own.CredentialId
        Assert-NotSent $failed CadenzaWrongServer $seen.CredentialId '*'
    }

    It '-WhatIf names the connection and the user' {
        $result = Invoke-InSession -Answer N -Arguments @{ Connection = $uat; Item = $seen } {
            param($Connection, $Item)
            $Item | Revoke-CadenzaCredential -WhatIf -Connection $Connection
            Connect-Cadenza -Sandbox -Name 'uat 2'
            Connect-Cadenza -Sandbox
            'bc730140-5014-4d01-96bf-5d405151ec53' | Update-CadenzaCredential -WhatIf -ApiKey check-key-1 -ApiSecret check-secret-1 -Connection 'uat 2'
            Disconnect-Cadenza; Disconnect-Cadenza 'uat 2'
        }
        $result.Errors | Should -HaveCount 0
        $result.Lines | Should -Be @(
            "What if: Performing the operation `"Revoke permanently in the sandbox (connection 'uat', user admin@sandbox.example)`" on target `"$($seen.CredentialId) (BITFINEX 'Lending ladder'): disconnects no trading account`"."
            "What if: Performing the operation `"Replace the API keys in the sandbox (connection 'uat 2', user admin@sandbox.example)`" on target `"bc730140-5014-4d01-96bf-5d405151ec53 (BINANCE_UAT 'Integration tests')`"."
        )
    }

    It 'the question names the connection and the user' {
        $result = Invoke-InSession -Answer N -Arguments @{ Connection = $prod; Id = $seen.CredentialId } {
            param($Connection, $Id)
            $Id | Revoke-CadenzaCredential -Connection $Connection
        }
        $result.Questions | Should -HaveCount 1
        $result.Questions[0] | Should -BeLike "*`"Revoke permanently in the sandbox (connection 'prod', user admin@sandbox.example)`" on target `"$($seen.CredentialId) (BITFINEX 'Lending ladder'): *"
    }

    It 'a journal of one sandbox does not make a rehearsal in another do nothing' {
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $seen.CredentialId | Revoke-CadenzaCredential -Force -Connection uat -JournalPath $journal | Should -HaveCount 1
        $done = $seen.CredentialId | Revoke-CadenzaCredential -Force -Connection prod -JournalPath $journal -WarningVariable warned -WarningAction SilentlyContinue
        $done.Status | Should -Be 'REVOKED'
        $warned | Should -HaveCount 0
        (Get-CadenzaJournal $journal | Where-Object Event -EQ Applied).Server | Should -Be $uat.Server, $prod.Server
    }
}

Describe 'Another credential' {
    BeforeEach {
        Connect-Cadenza -Sandbox
        $a, $b = Get-CadenzaCredential -Nickname 'Lending ladder', 'Integration tests' | Sort-Object { $_.Nickname -ne 'Lending ladder' }
    }
    AfterEach { Disconnect-Cadenza }

    It 'a row with the id of one and <Title> of another changes neither' -ForEach @(
        @{ Title = 'the venue and nickname'; Row = { @{ CredentialId = $a.CredentialId; Venue = $b.Venue; Nickname = $b.Nickname } }; Like = "its venue is 'BITFINEX' instead of 'BINANCE_UAT', and its nickname is 'Lending ladder' instead of 'Integration tests'*" }
        @{ Title = 'the venue'; Row = { [pscustomobject]@{ Id = $a.CredentialId; Venue = $b.Venue } }; Like = "its venue is 'BITFINEX' instead of 'BINANCE_UAT'*" }
        @{ Title = 'the nickname'; Row = { [pscustomobject]@{ CredentialId = $a.CredentialId; Nickname = $b.Nickname } }; Like = "its nickname is 'Lending ladder' instead of 'Integration tests'*" }
        @{ Title = 'the nickname in another case'; Row = { [pscustomobject]@{ CredentialId = $a.CredentialId; Nickname = 'LENDING LADDER' } }; Like = "its nickname is 'Lending ladder' instead of 'LENDING LADDER'*" }
    ) {
        $row = & $Row
        $row | Revoke-CadenzaCredential -Force -ErrorVariable revoke -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-NotSent $revoke CadenzaCredentialChanged $a.CredentialId "*was not revoked: it differs from the input. On the server, $Like"
        $row | Update-CadenzaCredential @keys -ErrorVariable update -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-NotSent $update CadenzaCredentialChanged $a.CredentialId "*was not rotated: it differs from the input. On the server, $Like"
        (Get-CadenzaCredential -CredentialId $a.CredentialId, $b.CredentialId).Status | Should -Not -Contain 'REVOKED'
        Get-CadenzaCredential -CredentialId $a.CredentialId | ForEach-Object { $_.UpdatedAt.Ticks } | Should -Be $a.UpdatedAt.Ticks
    }

    It 'nothing is asked about it' {
        $result = Invoke-InSession -Answer Y -Arguments @{ Row = @{ CredentialId = $a.CredentialId; Nickname = $b.Nickname }; Connection = Get-CadenzaConnection } {
            param($Row, $Connection)
            $Row | Revoke-CadenzaCredential -Connection $Connection
            $Row | Revoke-CadenzaCredential -Connection $Connection -WhatIf
        }
        $result.Questions | Should -HaveCount 0
        $result.Lines | Should -HaveCount 0
        $result.Errors | Should -HaveCount 2
    }

    It 'the names in -WhatIf are the ones of the server' {
        $result = Invoke-InSession -Answer N -Arguments @{ Connection = Get-CadenzaConnection; Id = $a.CredentialId } {
            param($Connection, $Id)
            [pscustomobject]@{ CredentialId = $Id; Venue = 'bitfinex' } | Revoke-CadenzaCredential -WhatIf -Connection $Connection
        }
        $result.Lines | Should -HaveCount 1
        $result.Lines[0] | Should -BeLike "*on target `"$($a.CredentialId) (BITFINEX 'Lending ladder'): *"
    }

    It 'an id typed alone that does not exist is not promised a <Title>' -ForEach @(
        @{ Title = 'rotation'; Script = { 'no-such-id' | Update-CadenzaCredential -ApiKey check-key-1 -ApiSecret check-secret-1 -WhatIf -Connection $Connection } }
        @{ Title = 'revoke'; Script = { Revoke-CadenzaCredential no-such-id -WhatIf -Connection $Connection } }
    ) {
        $result = Invoke-InSession -Answer N -Arguments @{ Connection = Get-CadenzaConnection; Script = "$Script" } {
            param($Connection, $Script)
            & ([scriptblock]::Create($Script))
        }
        $result.Lines | Should -HaveCount 0
        Assert-NotSent $result.Errors CadenzaCredentialNotFound no-such-id '*no-such-id was not *: the server has no credential with this id.'
    }
}

Describe 'Another state' -Tag Slow {
    BeforeEach {
        Connect-Cadenza -Sandbox
        $plan = Join-Path $TestDrive 'plan.csv'
        $ids = @(Get-CadenzaCredential -Nickname 'Lending ladder', 'Integration tests' | ForEach-Object CredentialId)
    }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'an impact plan is not carried out after a rotation' {
        Get-CadenzaCredential -CredentialId $ids | Get-CadenzaCredentialImpact | Export-Csv $plan
        Start-Sleep -Milliseconds 5
        $null = Update-CadenzaCredential $ids[0] @keys
        $done = Import-Csv $plan | Revoke-CadenzaCredential -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $done.CredentialId | Should -Be $ids[1]
        Assert-NotSent $failed CadenzaCredentialChanged $ids[0] '*it was last changed at 20??-*Z instead of 20??-*Z.'
        (Get-CadenzaCredential -CredentialId $ids[0]).Status | Should -Not -Be 'REVOKED'
    }

    It 'a rotation of <Title> is not repeated over one that another made' -ForEach @(
        @{ Title = 'rows of a CSV file'; Way = 'csv' }
        @{ Title = 'objects from JSON'; Way = 'json' }
        @{ Title = 'objects from CLIXML'; Way = 'clixml' }
    ) {
        # The credential was changed a moment ago, and is changed again: milliseconds make the difference.
        $null = Update-CadenzaCredential $ids[0] @keys
        $old = Get-CadenzaCredential -CredentialId $ids[0] | & $ways[$Way]
        Start-Sleep -Milliseconds 20
        $null = Update-CadenzaCredential $ids[0] -ApiKey check-key-2 -ApiSecret check-secret-2
        $old | Update-CadenzaCredential -ApiKey check-key-3 -ApiSecret check-secret-3 -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-NotSent $failed CadenzaCredentialChanged $ids[0] '*was not rotated*it was last changed at*'
    }

    It 'a credential that has recovered is not revoked' {
        $row = [pscustomobject]@{ CredentialId = $ids[0]; Status = 'FAILED' }
        $row | Revoke-CadenzaCredential -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-NotSent $failed CadenzaCredentialChanged $ids[0] "*its status is 'VERIFIED' instead of 'FAILED'."
    }

    It '-SkipCheck changes it, and says so once' {
        $rows = $ids | ForEach-Object { [pscustomobject]@{ CredentialId = $_; Status = 'FAILED'; UpdatedAt = 'yesterday' } }
        $rows[0] | Update-CadenzaCredential @keys -SkipCheck -WarningVariable warned -WarningAction SilentlyContinue -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        @($rows | Revoke-CadenzaCredential -Force -SkipCheck -WarningVariable +warned -WarningAction SilentlyContinue) | Should -HaveCount 2
        @($warned | Where-Object { "$_" -like 'The credentials of the input were not compared with the server*' }) | Should -HaveCount 2
    }

    It '-SkipCheck says nothing about an id typed alone' {
        Revoke-CadenzaCredential $ids[0] -Force -SkipCheck -WarningVariable warned -WarningAction SilentlyContinue | Should -HaveCount 1
        $warned | Should -HaveCount 0
    }

    It 'an UpdatedAt that is not ISO 8601 cannot be compared: <_>' -ForEach '25.11.2026 19:49:53 +00:00', '11/25/2026', 'yesterday' {
        [pscustomobject]@{ CredentialId = $ids[0]; UpdatedAt = $_ } | Revoke-CadenzaCredential -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-NotSent $failed CadenzaCheckFailed $ids[0] "Credential $($ids[0]) cannot be used: its UpdatedAt '$_' cannot be compared with the server.*"
    }

    It 'an UpdatedAt that is a number cannot be compared' {
        @{ CredentialId = $ids[0]; UpdatedAt = 1790000000000 } | Update-CadenzaCredential @keys -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-NotSent $failed CadenzaCheckFailed $ids[0] "*its UpdatedAt '1790000000000' cannot be compared*"
    }

    It 'an UpdatedAt in whole seconds or with another offset is the same time' {
        $credential = Get-CadenzaCredential -CredentialId $ids[0]
        $text = $credential.UpdatedAt.ToOffset([timespan]::FromHours(9)).ToString('yyyy-MM-ddTHH:mm:sszzz', [cultureinfo]::InvariantCulture)
        [pscustomobject]@{ CredentialId = $ids[0]; UpdatedAt = $text } | Revoke-CadenzaCredential -Force | Should -HaveCount 1
    }
}

Describe 'Requests of the comparison' -Tag Slow {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'objects that this connection has just read need none' {
        $server = Connect-SandboxServer
        @(Get-CadenzaCredential -Venue *_UAT | Revoke-CadenzaCredential -Force -ErrorAction SilentlyContinue).Count | Should -BeGreaterThan 1
        Get-ListCount $server | Should -Be 1
    }

    It 'rows need one for all of them' {
        $server = Connect-SandboxServer
        $rows = Get-CadenzaCredential -Venue *_UAT | ConvertTo-Csv | ConvertFrom-Csv
        @($rows | Revoke-CadenzaCredential -Force -ErrorAction SilentlyContinue).Count | Should -BeGreaterThan 1
        Get-ListCount $server | Should -Be 2
    }

    It 'ids alone need none with -Force, one under -WhatIf' {
        $server = Connect-SandboxServer
        $ids = @(Get-CadenzaCredential -Nickname 'Lending ladder', 'Integration tests' | ForEach-Object CredentialId)
        $ids | ForEach-Object { Update-CadenzaCredential $_ @keys } | Should -HaveCount 2
        Get-ListCount $server | Should -Be 1
        $null = Invoke-InSession -Answer N -Arguments @{ Connection = $server.Connection; Ids = $ids } {
            param($Connection, $Ids)
            $Ids | Revoke-CadenzaCredential -WhatIf -Connection $Connection
        }
        Get-ListCount $server | Should -Be 2
    }

    It '-SkipCheck needs none' {
        $server = Connect-SandboxServer
        $rows = Get-CadenzaCredential -Venue *_UAT | ConvertTo-Csv | ConvertFrom-Csv
        @($rows | Revoke-CadenzaCredential -Force -SkipCheck -WarningAction SilentlyContinue -ErrorAction SilentlyContinue).Count | Should -BeGreaterThan 1
        Get-ListCount $server | Should -Be 1
    }

    It 'if the list fails, nothing is changed' {
        $server = Start-SandboxServer guide @('--fault', 'credential/list:Garbage:skip=1')
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -MaximumRetryCount 0
        $rows = @(Get-CadenzaCredential -Nickname 'Lending ladder', 'Integration tests' | ConvertTo-Csv | ConvertFrom-Csv)
        $rows | Revoke-CadenzaCredential -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed | Should -HaveCount 2
        foreach ($record in $failed) {
            Assert-NotSent $record CadenzaCheckFailed $null '*was not revoked: it could not be compared with the server, because the list failed: *'
        }
        Get-ChangeCount $server | Should -Be 0
        Get-ListCount $server | Should -Be 2
    }
}

Describe 'A server that cannot be reached' {
    AfterEach { Disconnect-Cadenza }

    It 'ends <Name> after <Count> credentials' -ForEach @(
        @{ Name = 'Revoke-CadenzaCredential'; Count = 3; More = @{ Force = $true } }
        @{ Name = 'Update-CadenzaCredential'; Count = 3; More = @{} }
        # The first request is for 20 credentials.
        @{ Name = 'Test-CadenzaCredential'; Count = 20; More = @{} }
    ) {
        Connect-Cadenza -BaseUri (Get-DeadAddress) -AccessToken (ConvertTo-Secret 'x') -SkipCheck -MaximumRetryCount 0
        $read = [Collections.Generic.List[string]]::new()
        $failed = $ended = $null
        try {
            1..40 | ForEach-Object { $read.Add("id-$_"); [pscustomobject]@{ CredentialId = "id-$_"; ApiKey = "check-key-$_"; ApiSecret = "check-secret-$_" } } |
                & $Name @More -ThrottleLimit 1 -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }
        catch { $ended = $_ }
        $ended | Should -Not -BeNullOrEmpty
        Get-IdOf $ended | Should -Be 'CadenzaConnectionFailed'
        "$ended" | Should -Be 'The server could not be reached for 3 credentials in a row. Nothing was sent for the remaining ones.'
        $ended.Exception.Outcome | Should -Be 'NotSent'
        @($failed | Where-Object { $_.TargetObject }).TargetObject | Should -Be (1..$Count | ForEach-Object { "id-$_" })
        $read.Count | Should -Be ($Count + 1)
    }
}
