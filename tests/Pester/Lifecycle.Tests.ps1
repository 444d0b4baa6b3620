# Creating and verifying: the ends of a credential's life that Session.Tests.ps1 does not cover.

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'Creating and verifying in the dialect <Dialect>' -ForEach @(
    @{ Dialect = 'guide'; Type = 'EXCHANGE' }
    @{ Dialect = 'page'; Type = 'EXCHANGE' }
    @{ Dialect = 'openapi'; Type = 'API_KEY' }
) {
    BeforeEach { $server = Start-SandboxServer $Dialect; Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'New-CadenzaCredential emits the created credential, which the server then has with these keys' {
        $made = New-CadenzaCredential -Venue OKX -Nickname 'desk 77' -CredentialType $Type -ApiKey k -ApiSecret s -ApiPassphrase p
        $made | Should -BeOfType Cadenza.Client.Models.CadenzaCredential
        $made.Nickname | Should -Be 'desk 77'
        $made.CredentialType | Should -Be $Type
        (Get-ServerCredential $server $made.CredentialId).fingerprint | Should -Be (Get-KeyFingerprint 'k' 's' 'p')
    }

    It 'a revoked credential is replaced in bulk from a CSV' {
        $csv = Join-Path $TestDrive 'new.csv'
        1..3 | ForEach-Object { [pscustomobject]@{ Venue = 'BYBIT'; Nickname = "desk $_"; CredentialType = $Type; ApiKey = "k$_"; ApiSecret = "s$_"; ApiPassphrase = '' } } | Export-Csv $csv
        $made = Import-Csv $csv | New-CadenzaCredential -ErrorVariable errors
        $errors | Should -HaveCount 0
        $made.Nickname | Sort-Object | Should -Be 'desk 1', 'desk 2', 'desk 3'
    }

    It 'Test-CadenzaCredential answers for each, and names it' {
        $all = Get-CadenzaCredential | Where-Object Status -ne REVOKED
        $results = $all | Test-CadenzaCredential -ThrottleLimit 1 -ErrorVariable errors
        $errors | Should -HaveCount 0
        $results.CredentialId | Should -Be $all.CredentialId
        $failed = @($results | Where-Object Answer -EQ Rejected)
        $failed | Should -HaveCount $(if ($Dialect -eq 'page') { 0 } else { 4 }) -Because 'the endpoint page has no word for a failed one'
        $failed | ForEach-Object { $_.Message | Should -Not -BeNullOrEmpty }
        $results | Where-Object Answer -NE Accepted | ForEach-Object { $_.Passed | Should -BeFalse }
        $results.Venue | Should -Be $all.Venue
        $results.Nickname | Should -Be $all.Nickname
        $all | Test-CadenzaCredential -Quiet -ThrottleLimit 1 | Should -Be $results.Passed
    }
}

Describe 'Creating' {
    BeforeEach { $server = Start-SandboxServer; Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It '<Title> is one error, <Id>, and the others go on' -ForEach @(
        @{ Title = 'a row without a venue'; Bad = @{ Venue = '' }; Id = 'CadenzaInvalidNewCredential'; Sent = 1 }
        @{ Title = 'a row without a key'; Bad = @{ ApiKey = '' }; Id = 'CadenzaInvalidKeys'; Sent = 1 }
        @{ Title = 'a nickname that exists'; Bad = @{ Nickname = 'Basis carry ETH' }; Id = 'CadenzaAlreadyExists'; Sent = 2 }
        @{ Title = 'a key that the exchange refuses'; Bad = @{ ApiKey = 'bad-key' }; Id = 'CadenzaInvalidApiKey'; Sent = 2 }
    ) {
        $row = @{ Venue = 'BYBIT'; Nickname = 'desk 1'; ApiKey = 'k'; ApiSecret = 's' }
        $other = [pscustomobject]@{ Venue = 'BYBIT'; Nickname = 'desk 2'; ApiKey = 'k2'; ApiSecret = 's2' }
        foreach ($name in $Bad.Keys) { $row[$name] = $Bad[$name] }
        $made = [pscustomobject]$row, $other | New-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue
        $made.Nickname | Should -Be 'desk 2'
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        @(Get-ServerRequest $server | Where-Object path -Like '*/create') | Should -HaveCount $Sent
    }

    It '-WhatIf sends nothing, also with -Force' {
        New-CadenzaCredential -Venue BYBIT -Nickname x -ApiKey k -ApiSecret s -WhatIf -Force
        @(Get-ServerRequest $server | Where-Object method -EQ POST) | Should -HaveCount 0
    }

    It 'keys of the command line make one credential only, unless -Force says all' {
        $rows = 'a', 'b' | ForEach-Object { [pscustomobject]@{ Venue = 'BYBIT'; Nickname = $_ } }
        $rows | New-CadenzaCredential -ApiKey k -ApiSecret s -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -HaveCount 2
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
        $rows | New-CadenzaCredential -ApiKey k -ApiSecret s -Force | Should -HaveCount 2
    }
}

Describe 'Creating with a lost answer' {
    AfterEach { Disconnect-Cadenza }

    It 'finds what it created and never creates twice' {
        Connect-Cadenza -Sandbox -Fault 'credential/create:ResetAfter'
        (New-CadenzaCredential -Venue BYBIT -Nickname 'once' -ApiKey k -ApiSecret s).Nickname | Should -Be 'once'
        Get-CadenzaCredential -Nickname once | Should -HaveCount 1
    }

    It 'without a nickname says that it is unknown' {
        Connect-Cadenza -Sandbox -Fault 'credential/create:ResetAfter'
        New-CadenzaCredential -Venue BYBIT -ApiKey k -ApiSecret s -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].Exception.Outcome | Should -Be 'Unknown'
        $errors[0].ToString() | Should -BeLike 'It is unknown whether BYBIT without a nickname was created:*'
    }
}

Describe 'Verifying' {
    BeforeEach { Connect-Cadenza -Sandbox }
    AfterEach { Disconnect-Cadenza }

    It 'what cannot be found out is one error, and the others go on' {
        $good = Get-CadenzaCredential -Nickname 'Basis carry ETH'
        $results = 'no-such-id', $good, '' | Test-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue
        $results.CredentialId | Should -Be $good.CredentialId
        $errors | Should -HaveCount 2
        $errors.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Sort-Object | Should -Be 'CadenzaCredentialNotFound', 'CadenzaInvalidCredentialId'
    }

    It 'survives a lost answer, since asking twice does no harm' {
        Connect-Cadenza -Sandbox -Fault 'credential/verify:GatewayTimeoutHtml:times=1'
        (Get-CadenzaCredential -First 1 | Test-CadenzaCredential).Passed | Should -BeTrue
    }
}

Describe 'Verifying many' {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'asks for <Calls> where the dialect is <Dialect>' -ForEach @(
        @{ Dialect = 'openapi'; Calls = 'several by one call' }
        @{ Dialect = 'guide'; Calls = 'each by itself' }
        @{ Dialect = 'page'; Calls = 'each by itself' }
    ) {
        $server = Start-SandboxServer $Dialect '--count', '60'
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token
        $ids = (Get-CadenzaCredential | Where-Object Status -ne REVOKED).CredentialId
        $results = $ids | Test-CadenzaCredential
        $results.CredentialId | Sort-Object | Should -Be ($ids | Sort-Object)
        $requests = @(Get-ServerRequest $server | Where-Object path -Like '*/verify').Count
        if ($Dialect -eq 'openapi') { $requests | Should -Be ([Math]::Ceiling($ids.Count / 20)) }
        else { $requests | Should -Be ($ids.Count + 1) -Because 'one batch is tried' }
    }

    It 'a revoked credential is a result, and no request is sent for it: <Title>' -ForEach @(
        @{ Title = 'a credential'; Convert = { param($Items) $Items } }
        @{ Title = 'a row of a CSV file'; Convert = { param($Items) $Items | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Title = 'a hashtable'; Convert = { param($Items) $Items | ForEach-Object { @{ Id = $_.CredentialId; Status = 'revoked' } } } }
    ) {
        $server = Start-SandboxServer openapi
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token
        $revoked = @(Get-CadenzaCredential -Status REVOKED)
        $results = & $Convert $revoked | Test-CadenzaCredential -ErrorVariable errors
        $errors | Should -HaveCount 0
        $results.Answer | Select-Object -Unique | Should -Be NotApplicable
        $results.CredentialId | Should -Be $revoked.CredentialId
        @(Get-ServerRequest $server | Where-Object path -Like '*/verify') | Should -HaveCount 0
        & $Convert $revoked | Test-CadenzaCredential -Quiet | Should -Be @($false, $false, $false)
    }

    It 'keeps the order of the input also with revoked ones in between' {
        $server = Start-SandboxServer openapi
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token
        $all = Get-CadenzaCredential
        ($all | Test-CadenzaCredential -ThrottleLimit 1).CredentialId | Should -Be $all.CredentialId
    }

    It 'gives each its own result where one spoils the batch' {
        $server = Start-SandboxServer openapi
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token
        $all = Get-CadenzaCredential
        $results = $all.CredentialId | Test-CadenzaCredential -ErrorVariable errors
        $errors | Should -HaveCount 0
        $revoked = @($results | Where-Object Answer -EQ NotApplicable)
        $revoked.CredentialId | Sort-Object | Should -Be (($all | Where-Object Status -EQ REVOKED).CredentialId | Sort-Object)
        $results.CredentialId | Sort-Object | Should -Be ($all.CredentialId | Sort-Object)
    }
}
