# The session of an admin, line by line: on the sandbox in this process, and over a socket in each dialect that a server may speak.

BeforeDiscovery {
    $places = @(
        @{ Place = 'the in-process sandbox'; Dialect = ''; Failed = 'FAILED'; Type = 'EXCHANGE' }
        @{ Place = 'a server of the guide''s dialect'; Dialect = 'guide'; Failed = 'FAILED'; Type = 'EXCHANGE' }
        @{ Place = 'a server of the endpoint page''s dialect'; Dialect = 'page'; Failed = 'ACTIVE'; Type = 'EXCHANGE' }
        @{ Place = 'a server of the OpenAPI dialect'; Dialect = 'openapi'; Failed = 'EXPIRED'; Type = 'HMAC' }
    )
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # The endpoint page knows no FAILED, so there the nicknames alone say which they are.
    $revocable = 'Market making BTC-perp', 'Treasury hedge', 'Lending ladder'
    $blocked = 'Options vol book'
    $missing = '00000000-dead-4bad-8bad-000000000001', '00000000-dead-4bad-8bad-000000000002'

    function Get-Failed { Get-CadenzaCredential | Where-Object Status -EQ $Failed | Where-Object Nickname -In ($revocable + $blocked) }
    function Get-Id([string] $Nickname) { (Get-CadenzaCredential -Nickname $Nickname).CredentialId }
    function Get-State {
        if ($server) { Get-ServerState $server }
        else { Get-CadenzaCredential | ForEach-Object { "$($_.CredentialId) $($_.Status) $($_.UpdatedAt.ToString('o'))" } }
    }

    # The keys that a server holds; the in-process sandbox does not tell.
    function Assert-Keys([string] $Id, [string] $Key, [string] $Secret, [string] $Passphrase) {
        if ($server) { (Get-ServerCredential $server $Id).fingerprint | Should -Be (Get-KeyFingerprint $Key $Secret $Passphrase) }
    }
}
AfterAll { Restore-TestSession }

Describe 'Reading on <Place>' -Tag Slow -ForEach $places {
    BeforeAll {
        $server = if ($Dialect) { Connect-SandboxServer $Dialect } else { Connect-Cadenza -Sandbox }
        $all = @(Get-CadenzaCredential)
    }
    AfterAll { Disconnect-Cadenza; Stop-AllServers }

    It 'Get-CadenzaCredential emits every credential as a typed object' {
        $all | Should -HaveCount 24
        $all | Should -BeOfType Cadenza.Client.Models.CadenzaCredential
        ($all.CredentialId | Sort-Object -Unique) | Should -HaveCount 24
        $all.UpdatedAt | Should -BeOfType DateTimeOffset
    }

    It 'Get-CadenzaCredential shows a table with a line for every credential' {
        $lines = ($all | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() }
        $lines[0] | Should -Match '^Nickname\s+Venue\s+Type\s+Status\s+Updated\s+CredentialId\s*$'
        $lines | Should -HaveCount (24 + 2)
        foreach ($credential in $all) {
            $line = $lines | Where-Object { $_.Contains($credential.CredentialId) }
            $line | Should -HaveCount 1
            foreach ($word in $credential.Venue, $credential.Status) { $line | Should -BeLike "*$word*" }
            $line | Should -Match ' \d+ (s|min|h|d|y) '
        }
    }

    It 'filters by <Title>' -ForEach @(
        @{ Title = 'a status in lower case'; Arguments = @{ Status = 'revoked' }; Predicate = { $_.Status -eq 'REVOKED' } }
        @{ Title = 'the status of failed ones'; Arguments = @{ Status = $Failed }; Predicate = { $_.Status -eq $Failed } }
        @{ Title = 'several statuses, of several dialects'; Arguments = @{ Status = 'REVOKED', 'Pending', 'created' }; Predicate = { $_.Status -in 'REVOKED', 'PENDING', 'CREATED' } }
        @{ Title = 'several venues in any case'; Arguments = @{ Venue = 'OKX', 'binance' }; Predicate = { $_.Venue -in 'OKX', 'BINANCE' } }
        @{ Title = 'a venue with a wildcard'; Arguments = @{ Venue = 'okx*' }; Predicate = { $_.Venue -like 'OKX*' } }
        @{ Title = 'a nickname'; Arguments = @{ Nickname = 'old PROP desk' }; Predicate = { $_.Nickname -eq 'Old prop desk' } }
        @{ Title = 'a nickname with wildcards'; Arguments = @{ Nickname = '*desk*' }; Predicate = { $_.Nickname -like '*desk*' } }
        @{ Title = 'several nicknames'; Arguments = @{ Nickname = 'gamma*', 'VOL ?acktest*' }; Predicate = { $_.Nickname -in 'Gamma scalping', 'Vol backtest replay' } }
        @{ Title = 'a type in lower case'; MayPassAll = $Dialect -eq 'page'; Arguments = @{ CredentialType = $Type.ToLowerInvariant() }; Predicate = { $_.CredentialType -eq $Type } }
        @{ Title = 'the time of the last change'; Arguments = @{ UpdatedBefore = [datetime]::Now.AddDays(-300) }; Predicate = { $_.UpdatedAt -lt [datetimeoffset]::Now.AddDays(-300) } }
        @{ Title = 'status and venue together'; Arguments = @{ Status = $Failed; Venue = 'OKX', 'BINANCE' }; Predicate = { $_.Status -eq $Failed -and $_.Venue -in 'OKX', 'BINANCE' } }
    ) {
        $expected = @($all | Where-Object $Predicate)
        $expected.Count | Should -BeIn (1..($MayPassAll ? 24 : 23)) -Because 'a filter that lets all or nothing pass would prove nothing'
        (Get-CadenzaCredential @Arguments).CredentialId | Should -Be $expected.CredentialId
    }

    It 'a filter that nothing matches gives nothing, and no error' {
        Get-CadenzaCredential -Status NEVER_SEEN -ErrorVariable errors -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -HaveCount 0
    }

    It '-First and -Skip count what the filters let pass' {
        (Get-CadenzaCredential -First 3).CredentialId | Should -Be $all[0..2].CredentialId
        (Get-CadenzaCredential -Skip 20).CredentialId | Should -Be $all[20..23].CredentialId
        (Get-CadenzaCredential -Venue BINANCE -Skip 1 -First 2).CredentialId | Should -Be @($all | Where-Object Venue -EQ BINANCE)[1..2].CredentialId
        Get-CadenzaCredential -First 0 | Should -BeNullOrEmpty
    }

    It '-CredentialId brings those that exist, in whatever case, and each once' {
        $found = Get-CadenzaCredential -CredentialId $all[4].CredentialId, $all[9].CredentialId.ToUpperInvariant(), $all[4].CredentialId -ErrorVariable errors
        $found.CredentialId | Sort-Object | Should -Be ($all[4, 9].CredentialId | Sort-Object)
        $errors | Should -HaveCount 0
    }

    It '-CredentialId gives one error for each id that does not exist, and the others come out' {
        $found = Get-CadenzaCredential $missing[0], $all[1].CredentialId, $missing[1], $all[2].CredentialId -ErrorVariable errors -ErrorAction SilentlyContinue
        $found.CredentialId | Sort-Object | Should -Be ($all[1, 2].CredentialId | Sort-Object)
        $errors | Should -HaveCount 2
        $errors.FullyQualifiedErrorId | Should -BeLike 'CadenzaCredentialNotFound,*'
        $errors.TargetObject | Should -Be $missing
    }

    It 'Get-CadenzaConnection shows where and as whom, and Disconnect-Cadenza ends it' {
        $result = Invoke-InSession -Arguments @{ Address = $server.Address; Token = $server.Token } {
            param($Address, $Token)
            if ($Address) { Connect-Cadenza -BaseUri $Address -AccessToken $Token } else { Connect-Cadenza -Sandbox }
            Get-CadenzaConnection
            Disconnect-Cadenza
            Get-CadenzaConnection
        }
        $result.Errors | Should -HaveCount 0
        $result.Output | Should -HaveCount 1
        $result.Output[0].User | Should -Be 'admin@sandbox.example'
        $result.Output[0].Environment | Should -Be ($Dialect ? 'Custom' : 'Sandbox')
    }
}

Describe 'Changing on <Place>' -Tag Slow -ForEach $places {
    BeforeEach { $server = if ($Dialect) { Connect-SandboxServer $Dialect } else { Connect-Cadenza -Sandbox } }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'Revoke-CadenzaCredential <Title> changes nothing and sends no changing request' -ForEach @(
        @{ Title = '-WhatIf'; Arguments = @{ WhatIf = $true } }
        @{ Title = '-WhatIf -Force'; Arguments = @{ WhatIf = $true; Force = $true } }
        @{ Title = '-WhatIf -Confirm:$false'; Arguments = @{ WhatIf = $true; Confirm = $false } }
        @{ Title = '-Force under $WhatIfPreference'; Arguments = @{ Force = $true }; Preference = $true }
        @{ Title = '-Confirm:$false under $WhatIfPreference'; Arguments = @{ Confirm = $false }; Preference = $true }
    ) {
        $before = Get-State
        $doomed = @(Get-Failed)
        $doomed | Should -HaveCount 4
        $result = Invoke-InSession -Answer Y -Arguments @{ Connection = Get-CadenzaConnection; Doomed = $doomed; Arguments = $Arguments; Preference = [bool]$Preference } {
            param($Connection, $Doomed, $Arguments, $Preference)
            $WhatIfPreference = $Preference
            $Doomed | Revoke-CadenzaCredential -Connection $Connection @Arguments
        }
        $result.Output | Should -HaveCount 0
        $result.Errors | Should -HaveCount 0
        $result.Questions | Should -HaveCount 0
        $result.Lines | Should -HaveCount 4
        for ($i = 0; $i -lt 4; $i++) { $result.Lines[$i] | Should -BeLike "What if: *$($doomed[$i].CredentialId) ($($doomed[$i].Venue)*$($doomed[$i].Nickname)*" }
        Get-State | Should -Be $before
        if ($server) { Get-ChangeCount $server | Should -Be 0 }
    }

    It 'Update-CadenzaCredential <Title> changes nothing and sends no changing request' -ForEach @(
        @{ Title = '-WhatIf'; Arguments = @{ WhatIf = $true } }
        @{ Title = '-WhatIf -Force'; Arguments = @{ WhatIf = $true; Force = $true } }
    ) {
        $before = Get-State
        $result = Invoke-InSession -Answer Y -Arguments @{ Connection = Get-CadenzaConnection; Id = Get-Id 'Delta-one desk 7'; Arguments = $Arguments } {
            param($Connection, $Id, $Arguments)
            Update-CadenzaCredential $Id -ApiKey new-key -ApiSecret new-secret -Connection $Connection @Arguments
        }
        $result.Output | Should -HaveCount 0
        $result.Lines | Should -HaveCount 1
        Get-State | Should -Be $before
        if ($server) { Get-ChangeCount $server | Should -Be 0 }
    }

    It 'Revoke-CadenzaCredential -Confirm:$false emits the revoked, and one error for the one that active accounts block' {
        $doomed = @(Get-Failed)
        $victim = $doomed | Where-Object Nickname -EQ $blocked
        $before = Get-State | Where-Object { $_.StartsWith($victim.CredentialId) }
        $revoked = $doomed | Revoke-CadenzaCredential -Confirm:$false -ErrorVariable errors -ErrorAction SilentlyContinue
        $revoked | Should -BeOfType Cadenza.Client.Models.CadenzaCredential
        $revoked.Nickname | Sort-Object | Should -Be ($revocable | Sort-Object)
        $revoked.Status | Should -Be @('REVOKED', 'REVOKED', 'REVOKED')
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaCredentialInUse,*'
        $errors[0].TargetObject | Should -Be $victim.CredentialId
        Get-State | Where-Object { $_.StartsWith($victim.CredentialId) } | Should -Be $before
        if ($server) { Get-ChangeCount $server | Should -Be 4 }
    }

    It 'Update-CadenzaCredential -ApiCredential takes the user name for the key and the password for the secret' {
        $id = Get-Id 'Delta-one desk 7'
        $rotated = Update-CadenzaCredential -CredentialId $id -ApiCredential (New-Login 'key-of-login' 'secret of login')
        $rotated | Should -BeOfType Cadenza.Client.Models.CadenzaCredential
        $rotated.CredentialId | Should -Be $id
        $rotated.UpdatedAt | Should -BeGreaterThan ([datetimeoffset]::UtcNow.AddMinutes(-5))
        Assert-Keys $id 'key-of-login' 'secret of login'
    }

    It 'Update-CadenzaCredential takes key, secret and passphrase as <Title>' -ForEach @(
        @{ Title = 'SecureStrings'; Secure = $true }
        @{ Title = 'strings'; Secure = $false }
    ) {
        $id = Get-Id 'Funding arb'
        $keys = @{ ApiKey = 'okx-key'; ApiSecret = 'okx "secret" \ €'; ApiPassphrase = 'pass phrase' }
        if ($Secure) { foreach ($name in @($keys.Keys)) { $keys[$name] = ConvertTo-Secret $keys[$name] } }
        $rotated = Update-CadenzaCredential -CredentialId $id @keys -ErrorVariable errors
        $errors | Should -HaveCount 0
        $rotated.CredentialId | Should -Be $id
        Assert-Keys $id 'okx-key' 'okx "secret" \ €' 'pass phrase'
    }

    It 'Import-Csv | Update-CadenzaCredential rotates the rows with keys and gives one error for the row without' {
        $good, $okx, $bare = 'Delta-one desk 7', 'Funding arb', 'Basis carry ETH' | ForEach-Object { Get-Id $_ }
        $csv = Join-Path $TestDrive 'keys.csv'
        Set-Content $csv "CredentialId,ApiKey,ApiSecret,ApiPassphrase", "$good,k1,s1,", "$bare,,s2,", "$okx,k3,`"s,3`",p3"
        $rotated = Import-Csv $csv | Update-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue
        # The outcomes come in the order they finish.
        $rotated.CredentialId | Sort-Object | Should -Be ($good, $okx | Sort-Object)
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
        $errors[0].TargetObject | Should -Be $bare
        $errors[0].ToString() | Should -BeLike '*-ApiKey*'
        Assert-Keys $good 'k1' 's1'
        Assert-Keys $okx 'k3' 's,3' 'p3'
        if ($server) { Get-ChangeCount $server | Should -Be 2 }
    }

    It 'Revoke-CadenzaCredential -Force does not ask' {
        $id = Get-Id 'Integration tests'
        $revoked = Revoke-CadenzaCredential $id -Force -ErrorVariable errors
        $errors | Should -HaveCount 0
        $revoked.CredentialId | Should -Be $id
        $revoked.Status | Should -Be 'REVOKED'
    }

    It 'revoking what is revoked gives CadenzaAlreadyRevoked' {
        $id = Get-Id 'Old prop desk'
        Revoke-CadenzaCredential $id -Force -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaAlreadyRevoked,*'
    }
}

Describe 'The question before a change' {
    BeforeEach {
        $server = Start-SandboxServer
        # BINANCE_UAT 'Integration tests': nothing stands against its being revoked.
        $id = (Get-ServerState $server)[11].Split(' ')[0]
        $arguments = @{ Address = $server.Address; Token = $server.Token; Id = $id }
    }
    AfterEach { Stop-AllServers }

    It 'Revoke-CadenzaCredential asks, naming venue, nickname and id, and "no" sends nothing' {
        $result = Invoke-InSession -Arguments $arguments -Answer N {
            param($Address, $Token, $Id)
            Connect-Cadenza -BaseUri $Address -AccessToken $Token
            Get-CadenzaCredential $Id | Revoke-CadenzaCredential
        }
        $result.Questions | Should -HaveCount 1
        foreach ($word in 'BINANCE_UAT', 'Integration tests', $id) { $result.Questions[0] | Should -BeLike "*$word*" }
        $result.Output | Should -HaveCount 0
        $result.Errors | Should -HaveCount 0
        Get-ChangeCount $server | Should -Be 0
    }

    It 'Revoke-CadenzaCredential revokes on "yes"' {
        $result = Invoke-InSession -Arguments $arguments -Answer Y {
            param($Address, $Token, $Id)
            Connect-Cadenza -BaseUri $Address -AccessToken $Token
            Revoke-CadenzaCredential $Id
        }
        $result.Questions | Should -HaveCount 1
        $result.Output.Status | Should -Be 'REVOKED'
        Get-ChangeCount $server | Should -Be 1
    }

    It 'Revoke-CadenzaCredential asks once for all of them on "yes to all"' {
        $result = Invoke-InSession -Arguments $arguments -Answer A {
            param($Address, $Token, $Id)
            Connect-Cadenza -BaseUri $Address -AccessToken $Token
            Get-CadenzaCredential -Nickname 'Integration tests', 'Lending ladder', 'Treasury hedge' | Revoke-CadenzaCredential
        }
        $result.Questions | Should -HaveCount 1
        $result.Output | Should -HaveCount 3
    }

    It 'Revoke-CadenzaCredential sends nothing where nobody is there to ask' {
        $result = Invoke-InSession -Arguments $arguments {
            param($Address, $Token, $Id)
            Connect-Cadenza -BaseUri $Address -AccessToken $Token
            Revoke-CadenzaCredential $Id
        }
        $result.Output | Should -HaveCount 0
        @($result.Errors) + @($result.Failure | Where-Object { $_ }) | Should -HaveCount 1
        Get-ChangeCount $server | Should -Be 0
    }

    It '-Force asks nothing, also where nobody is there to ask' {
        $result = Invoke-InSession -Arguments $arguments {
            param($Address, $Token, $Id)
            Connect-Cadenza -BaseUri $Address -AccessToken $Token
            Revoke-CadenzaCredential $Id -Force
        }
        $result.Errors | Should -HaveCount 0
        $result.Output.Status | Should -Be 'REVOKED'
    }

    It '-Force -Confirm prompts' {
        $result = Invoke-InSession -Arguments $arguments -Answer N {
            param($Address, $Token, $Id)
            Connect-Cadenza -BaseUri $Address -AccessToken $Token
            Revoke-CadenzaCredential $Id -Force -Confirm
        }
        $result.Questions | Should -HaveCount 1
        Get-ChangeCount $server | Should -Be 0
    }

    It 'Update-CadenzaCredential does not ask by default, and does with -Confirm' {
        $result = Invoke-InSession -Arguments $arguments -Answer N {
            param($Address, $Token, $Id)
            Connect-Cadenza -BaseUri $Address -AccessToken $Token
            Update-CadenzaCredential $Id -ApiKey first -ApiSecret s
            Update-CadenzaCredential $Id -ApiKey second -ApiSecret s -Confirm
        }
        $result.Questions | Should -HaveCount 1
        $result.Output | Should -HaveCount 1
        (Get-ServerCredential $server $id).fingerprint | Should -Be (Get-KeyFingerprint 'first' 's')
    }
}

Describe 'Pipeline input' -Tag Slow {
    BeforeAll {
        # Discovery's tables hold the ways only; the credential is known when a test runs.
        $ways = @{
            object     = { param($c) $c }
            csv        = { param($c) "CredentialId,Note`n$($c.CredentialId),x" | ConvertFrom-Csv }
            csvId      = { param($c) "Id,Note`n$($c.CredentialId),x" | ConvertFrom-Csv }
            hashtable  = { param($c) @{ CredentialId = $c.CredentialId } }
            hashtableI = { param($c) @{ id = $c.CredentialId } }
            ordered    = { param($c) [ordered]@{ Note = 'x'; credentialid = $c.CredentialId } }
            string     = { param($c) $c.CredentialId }
            json       = { param($c) "{`"credentialId`":`"$($c.CredentialId)`",`"nickname`":`"Integration tests`"}" | ConvertFrom-Json }
            jsonHash   = { param($c) "{`"Id`":`"$($c.CredentialId)`"}" | ConvertFrom-Json -AsHashtable }
            jsonTrip   = { param($c) $c | ConvertTo-Json -Depth 5 | ConvertFrom-Json }
            projection = { param($c) $c | Select-Object CredentialId, Nickname }
            idOnly     = { param($c) $c | Select-Object @{ n = 'Id'; e = { $_.CredentialId } } }
            clixml     = { param($c) [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($c)) }
            member     = { param($c) $c.CredentialId | Add-Member -NotePropertyName Note -NotePropertyValue x -PassThru }
        }
        $forms = @{
            plain    = { [pscustomobject]@{ Note = 'no id here' } }
            hash     = { @{ Note = 'no id here' } }
            number   = { 5 }
            date     = { [datetime]::UnixEpoch }
            null     = { [pscustomobject]@{ CredentialId = $null } }
            empty    = { [pscustomobject]@{ CredentialId = '' } }
            blank    = { '   ' }
            text     = { 'not an id' }
            nested   = { [pscustomobject]@{ CredentialId = [pscustomobject]@{ a = 1 } } }
            nestedId = { [pscustomobject]@{ Id = @{ a = 1 } } }
            other    = { [version]'1.2' }
        }
    }
    BeforeEach {
        $server = Connect-SandboxServer
        $credential = Get-CadenzaCredential -Nickname 'Integration tests'
    }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    Context '<Title>' -ForEach @(
        @{ Title = 'our own objects'; Way = 'object' }
        @{ Title = 'CSV rows with a column CredentialId'; Way = 'csv' }
        @{ Title = 'CSV rows with a column Id'; Way = 'csvId' }
        @{ Title = 'hashtables'; Way = 'hashtable' }
        @{ Title = 'hashtables with the alias in lower case'; Way = 'hashtableI' }
        @{ Title = 'ordered dictionaries'; Way = 'ordered' }
        @{ Title = 'plain strings'; Way = 'string' }
        @{ Title = 'strings that carry members'; Way = 'member' }
        @{ Title = 'objects from JSON'; Way = 'json' }
        @{ Title = 'hashtables from JSON'; Way = 'jsonHash' }
        @{ Title = 'our objects through JSON and back'; Way = 'jsonTrip' }
        @{ Title = 'our objects through CliXml and back'; Way = 'clixml' }
        @{ Title = 'projections'; Way = 'projection' }
        @{ Title = 'projections with the id renamed to Id'; Way = 'idOnly' }
    ) {
        It 'Get-CadenzaCredential brings the credential that <Title> mean' {
            (& $ways[$Way] $credential | Get-CadenzaCredential).CredentialId | Should -Be $credential.CredentialId
        }

        It 'Revoke-CadenzaCredential revokes the credential that <Title> mean' {
            $revoked = & $ways[$Way] $credential | Revoke-CadenzaCredential -Force -ErrorVariable errors
            $errors | Should -HaveCount 0
            $revoked.CredentialId | Should -Be $credential.CredentialId
            Get-ChangeCount $server | Should -Be 1
        }

        It 'Update-CadenzaCredential rotates the credential that <Title> mean' {
            $rotated = & $ways[$Way] $credential | Update-CadenzaCredential -ApiKey piped-key -ApiSecret piped-secret -ErrorVariable errors
            $errors | Should -HaveCount 0
            $rotated.CredentialId | Should -Be $credential.CredentialId
            (Get-ServerCredential $server $credential.CredentialId).fingerprint | Should -Be (Get-KeyFingerprint 'piped-key' 'piped-secret')
        }
    }

    It '-CredentialId takes a credential, a row or a GUID in place of the id' {
        (Get-CadenzaCredential -CredentialId $credential).CredentialId | Should -Be $credential.CredentialId
        (Get-CadenzaCredential -CredentialId @{ Id = $credential.CredentialId }).CredentialId | Should -Be $credential.CredentialId
        ([guid]$credential.CredentialId | Get-CadenzaCredential).CredentialId | Should -Be $credential.CredentialId
        (Revoke-CadenzaCredential $credential -Force).CredentialId | Should -Be $credential.CredentialId
    }

    It '<Title> is refused before anything is sent' -ForEach @(
        @{ Title = '-UpdatedBefore $null'; Script = { Get-CadenzaCredential -UpdatedBefore $null } }
        @{ Title = '-InputObject $null'; Script = { Get-CadenzaCredential -InputObject $null } }
        @{ Title = 'Get with ids and a pipeline'; Script = { 'a', 'b' | Get-CadenzaCredential -CredentialId c } }
        @{ Title = 'Revoke with ids and a pipeline'; Script = { 'a', 'b' | Revoke-CadenzaCredential -CredentialId c -Force } }
        @{ Title = 'Update with an id and a pipeline'; Script = { 'a', 'b' | Update-CadenzaCredential -CredentialId c -ApiKey k -ApiSecret s } }
    ) {
        $before = @(Get-ServerRequest $server).Count
        $Script | Should -Throw -ErrorId 'CadenzaInvalidParameter,*'
        @(Get-ServerRequest $server).Count | Should -Be $before
    }

    It 'keys of the command line are set on one credential only, unless -Force says all' {
        $both = Get-CadenzaCredential -Venue BYBIT
        $both | Should -HaveCount 2
        $both | Update-CadenzaCredential -ApiKey k -ApiSecret s -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*' }
        $errors.TargetObject | Should -Be $both.CredentialId
        Get-ChangeCount $server | Should -Be 0
        $both | Update-CadenzaCredential -ApiKey k2 -ApiSecret s2 -Force | Should -HaveCount 2
    }

    It 'keys of the command line and keys of a row do not mix' {
        [pscustomobject]@{ CredentialId = $credential.CredentialId; ApiKey = 'row'; ApiSecret = 'row' } |
            Update-CadenzaCredential -ApiKey other -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
        Get-ChangeCount $server | Should -Be 0
    }

    It 'an object with a number for an id, as a process has, is not sent' {
        Get-Process -Id $PID | Revoke-CadenzaCredential -Force -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidCredentialId,*'
        $errors[0].ToString() | Should -Be 'Pipeline item 1 (Process) was not revoked: it has no CredentialId.'
        $errors[0].TargetObject | Should -Be 'pipeline item 1 (Process)'
        Get-ChangeCount $server | Should -Be 0
    }

    It '-Status and -CredentialType take wildcards' {
        Get-CadenzaCredential -Status F*, PEND* | ForEach-Object Status | Sort-Object -Unique | Should -Be 'FAILED', 'PENDING'
        Get-CadenzaCredential -CredentialType BROK* | ForEach-Object CredentialType | Sort-Object -Unique | Should -Be 'BROKER'
    }

    It 'a misspelt status is a warning, not silence' {
        Get-CadenzaCredential -Status FALIED -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -BeLike "No credential has the status 'FALIED'. The statuses are: FAILED, *"
        Get-CadenzaCredential -Status EXPIRED -WarningVariable none -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $none | Should -HaveCount 0 -Because 'a known status that nothing has is no mistake'
    }

    It 'a misspelt value is a warning, not silence: <Title>' -ForEach @(
        @{ Title = 'a venue'; Filter = @{ Venue = 'OKXX' }; Warning = "No credential has the venue 'OKXX'. The venues are: B2C2, BINANCE,* OKX, OKX_UAT, *" }
        @{ Title = 'a venue among others'; Filter = @{ Venue = 'okx', 'NOPE', 'B*' }; Warning = "No credential has the venue 'NOPE'. *" }
        @{ Title = 'a venue of failed ones'; Filter = @{ Venue = 'OKXX'; Status = 'FAILED' }; Warning = "No credential has the venue 'OKXX'. The venues are: B2C2, *" }
        @{ Title = 'a type'; Filter = @{ CredentialType = 'EXCHANG' }; Warning = "No credential has the credential type 'EXCHANG'. The credential types are: BROKER, EXCHANGE." }
        @{ Title = 'a nickname with escaped wildcards'; Filter = @{ Nickname = 'Treasury `[7`]' }; Warning = "No credential has the nickname 'Treasury ??7??'." }
        @{ Title = 'a venue with escaped wildcards'; Filter = @{ Venue = 'OK`?' }; Warning = "No credential has the venue 'OK??'. *" }
        @{ Title = 'a nickname'; Filter = @{ Nickname = 'Treasury hegde' }; Warning = "No credential has the nickname 'Treasury hegde'." }
        @{ Title = 'a status beside a wildcard'; Filter = @{ Status = 'FALIED', 'PEND*' }; Warning = "No credential has the status 'FALIED'. *" }
    ) {
        $null = Get-CadenzaCredential @Filter -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike $Warning
    }

    It 'no warning: <Title>' -ForEach @(
        @{ Title = 'a known venue that nothing has'; Filter = @{ Venue = 'STONEX' } }
        @{ Title = 'a nickname whose wildcards are escaped'; Filter = @{ Nickname = 'Odd `[7`]', 'Odd `*8`?' } }
        @{ Title = 'a nickname with wildcards that are not escaped'; Filter = @{ Nickname = 'Odd [7]', 'Odd *8?' } }
        @{ Title = 'a nickname in another case'; Filter = @{ Nickname = 'TREASURY HEDGE' } }
        @{ Title = 'a nickname that another filter removes'; Filter = @{ Nickname = 'Treasury hedge'; Status = 'VERIFIED' } }
        @{ Title = 'a type that another filter removes'; Filter = @{ CredentialType = 'BROKER'; Status = 'EXPIRED' } }
        @{ Title = 'wildcards'; Filter = @{ Venue = 'NOP*'; Nickname = 'N?PE'; CredentialType = 'NOP[EF]' } }
        @{ Title = 'enough credentials'; Filter = @{ Venue = 'OKX', 'NOPE'; First = 1 } }
    ) {
        if ($Title -like '*escaped') {
            foreach ($row in @{ Nickname = 'Odd [7]' }, @{ Nickname = 'Odd *8?' }) {
                $null = New-CadenzaCredential -Venue PAPER -ApiKey k -ApiSecret s @row
            }
        }
        $found = @(Get-CadenzaCredential @Filter -WarningVariable warnings -WarningAction SilentlyContinue)
        $warnings | Should -HaveCount 0
        if ($Title -like '*escaped') { $found | Should -HaveCount 2 }
    }

    It '-CredentialId with something that has no id is an error, and its text is not sent' {
        Revoke-CadenzaCredential (Get-Date), @{ a = 1 } -Force -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | Should -HaveCount 2
        $errors | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidCredentialId,*' }
        Get-ChangeCount $server | Should -Be 0
    }

    Context '<Title>' -ForEach @(
        @{ Title = 'objects without an id'; Form = 'plain' }
        @{ Title = 'hashtables without an id'; Form = 'hash' }
        @{ Title = 'numbers'; Form = 'number' }
        @{ Title = 'dates'; Form = 'date' }
        @{ Title = 'objects of other types'; Form = 'other' }
        @{ Title = 'objects whose id is null'; Form = 'null' }
        @{ Title = 'objects whose id is empty'; Form = 'empty' }
        @{ Title = 'blank strings'; Form = 'blank' }
        @{ Title = 'strings with spaces'; Form = 'text' }
        @{ Title = 'objects whose id is an object'; Form = 'nested' }
        @{ Title = 'objects whose id is a hashtable'; Form = 'nestedId' }
    ) {
        It 'Revoke-CadenzaCredential gives one error for each of <Title> and sends nothing for them' {
            $revoked = @(& $forms[$Form]; $credential; & $forms[$Form]) | Revoke-CadenzaCredential -Force -ErrorVariable errors -ErrorAction SilentlyContinue
            $revoked.CredentialId | Should -Be $credential.CredentialId
            $errors | Should -HaveCount 2
            Get-ChangeCount $server | Should -Be 1
        }

        It 'Update-CadenzaCredential gives one error for each of <Title> and sends nothing for them' {
            $rotated = @(& $forms[$Form]; $credential; & $forms[$Form]) | Update-CadenzaCredential -ApiKey k -ApiSecret s -ErrorVariable errors -ErrorAction SilentlyContinue
            $rotated.CredentialId | Should -Be $credential.CredentialId
            $errors | Should -HaveCount 2
            Get-ChangeCount $server | Should -Be 1
        }

        It 'Get-CadenzaCredential gives one error for <Title> and does not list everything' {
            & $forms[$Form] | Get-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $errors | Should -HaveCount 1
        }
    }

    It '<Command> sends nothing for an empty pipeline' -ForEach @(
        @{ Command = 'Get-CadenzaCredential'; Arguments = @{} }
        @{ Command = 'Revoke-CadenzaCredential'; Arguments = @{ Force = $true } }
        @{ Command = 'Update-CadenzaCredential'; Arguments = @{ ApiKey = 'k'; ApiSecret = 's' } }
    ) {
        $before = @(Get-ServerRequest $server).Count
        @() | & $Command @Arguments -ErrorVariable errors | Should -BeNullOrEmpty
        $errors | Should -HaveCount 0
        @(Get-ServerRequest $server).Count | Should -Be $before
    }

    It '<Title> is an error and not everything' -ForEach @(
        @{ Title = 'Get-CadenzaCredential with a null id'; Script = { Get-CadenzaCredential -CredentialId $null -ErrorAction Stop } }
        @{ Title = 'Get-CadenzaCredential with an empty array of ids'; Script = { Get-CadenzaCredential -CredentialId @() -ErrorAction Stop } }
        @{ Title = 'Get-CadenzaCredential with an empty id'; Script = { Get-CadenzaCredential -CredentialId '' -ErrorAction Stop } }
        @{ Title = 'Revoke-CadenzaCredential without an id'; Script = { Revoke-CadenzaCredential -Force -ErrorAction Stop } }
        @{ Title = 'Revoke-CadenzaCredential with an empty id'; Script = { Revoke-CadenzaCredential '' -Force -ErrorAction Stop } }
        @{ Title = 'Update-CadenzaCredential without an id'; Script = { Update-CadenzaCredential -ApiKey k -ApiSecret s -ErrorAction Stop } }
    ) {
        $before = @(Get-ServerRequest $server).Count
        $output = $null
        { $output = & $Script } | Should -Throw
        $output | Should -BeNullOrEmpty
        @(Get-ServerRequest $server).Count | Should -Be $before
    }

    It 'Update-CadenzaCredential refuses <Title> and sends nothing' -ForEach @(
        @{ Title = 'no keys at all'; Arguments = @{} }
        @{ Title = 'a key without a secret'; Arguments = @{ ApiKey = 'k' }; Names = '-ApiSecret' }
        @{ Title = 'a secret without a key'; Arguments = @{ ApiSecret = 's' }; Names = '-ApiKey' }
        @{ Title = 'a blank key'; Arguments = @{ ApiKey = '  '; ApiSecret = 's' }; Names = '-ApiKey' }
        @{ Title = 'a blank secret'; Arguments = @{ ApiKey = 'k'; ApiSecret = " `t" }; Names = '-ApiSecret' }
        @{ Title = 'both -ApiCredential and -ApiKey'; Both = $true; Arguments = @{ ApiKey = 'k'; ApiSecret = 's' }; Names = '-ApiCredential' }
    ) {
        if ($Both) { $Arguments = $Arguments + @{ ApiCredential = New-Login 'k' 's' } }
        Update-CadenzaCredential $credential.CredentialId @Arguments -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
        $errors[0].TargetObject | Should -Be $credential.CredentialId
        if ($Names) { $errors[0].ToString() | Should -BeLike "*$Names*" }
        $errors[0].ToString() | Should -Not -Match "`n"
        Get-ChangeCount $server | Should -Be 0
    }

    It 'a row leaves nothing of itself to the next one' {
        $other = Get-CadenzaCredential -Nickname 'Basis carry ETH'
        $rows = [pscustomobject]@{ CredentialId = $credential.CredentialId; ApiKey = 'k1'; ApiSecret = 's1' }, [pscustomobject]@{ CredentialId = $other.CredentialId }, [pscustomobject]@{ ApiKey = 'k3'; ApiSecret = 's3' }
        $rotated = $rows | Update-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue
        $rotated.CredentialId | Should -Be $credential.CredentialId
        $errors | Should -HaveCount 2
        Get-ChangeCount $server | Should -Be 1
    }

    It 'Get-CadenzaCredential asks for all piped ids at once' {
        $before = @(Get-ServerRequest $server).Count
        $ids = (Get-ServerState $server | Select-Object -First 5) | ForEach-Object { $_.Split(' ')[0] }
        ($ids | Get-CadenzaCredential).CredentialId | Should -Be $ids
        @(Get-ServerRequest $server).Count | Should -Be ($before + 1)
    }
}
