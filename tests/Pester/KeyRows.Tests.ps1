# Which keys are set on which credential: keys of the command line and of rows, rows of one credential, columns and delimiters.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $first = '90ccb6a0-6cd2-430e-b878-834768668743'
    $second = '795179bb-e709-4102-9005-becd29b95dbb'
    $keys = @{ ApiKey = 'k1'; ApiSecret = 's1' }

    function New-Row([string] $Id, [string] $Key, [hashtable] $More = @{}) { [pscustomobject](@{ CredentialId = $Id; ApiKey = $Key; ApiSecret = "secret-of-$Key" } + $More) }
}
AfterAll { Restore-TestSession }

Describe 'Keys of the command line and of rows' {
    BeforeEach { $server = Connect-SandboxServer }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It '<Title> are refused, and nothing is sent' -ForEach @(
        @{ Title = 'a key of the row and a secret of the command line'; Script = { [pscustomobject]@{ CredentialId = $first; Venue = 'BYBIT'; ApiKey = 'k'; ApiSecret = '' } | & $command -ApiSecret s } }
        @{ Title = 'a row with keys and a passphrase of the command line'; Script = { [pscustomobject]@{ CredentialId = $first; Venue = 'BYBIT'; ApiKey = 'k'; ApiSecret = 's' } | & $command -ApiPassphrase p } }
        @{ Title = 'a row with a passphrase and keys of the command line'; Script = { [pscustomobject]@{ CredentialId = $first; Venue = 'BYBIT'; ApiPassphrase = 'p' } | & $command @keys } }
        @{ Title = 'a row with a login and a key of the command line'; Script = { [pscustomobject]@{ CredentialId = $first; Venue = 'BYBIT'; ApiCredential = New-Login 'k' 's' } | & $command @keys } }
        @{ Title = 'a hashtable with keys and keys of the command line'; Script = { @{ CredentialId = $first; Venue = 'BYBIT'; ApiKey = 'k'; ApiSecret = 's' } | & $command -ApiCredential (New-Login 'x' 'y') } }
        @{ Title = 'rows with keys and a default passphrase'; Script = { $PSDefaultParameterValues = @{ '*-CadenzaCredential:ApiPassphrase' = 'p' }; [pscustomobject]@{ CredentialId = $first; Venue = 'BYBIT'; ApiKey = 'k'; ApiSecret = 's' } | & $command } }
        @{ Title = 'the same with -Force'; Script = { [pscustomobject]@{ CredentialId = $first; Venue = 'BYBIT'; ApiKey = 'k'; ApiSecret = 's' } | & $command -ApiPassphrase p -Force } }
    ) {
        foreach ($command in 'Update-CadenzaCredential', 'New-CadenzaCredential') {
            $errors = @(& $Script 2>&1)
            $errors | Should -HaveCount 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
            "$errors" | Should -BeLike '*both on the command line*'
        }
        Get-ChangeCount $server | Should -Be 0
    }

    It 'keys of the command line for several credentials change nothing and are one error for each' {
        $errors = @(Get-CadenzaCredential -Venue BYBIT | Update-CadenzaCredential @keys 2>&1)
        $errors.TargetObject | Should -Be $first, $second
        $errors | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*' }
        $errors = @($first, $second, $first | Update-CadenzaCredential @keys -WhatIf 2>&1 3>&1)
        $errors | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Should -HaveCount 2
        'a', 'b', 'c' | ForEach-Object { [pscustomobject]@{ Venue = 'BYBIT'; Nickname = $_ } } | New-CadenzaCredential @keys -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | Should -HaveCount 3
        Get-ChangeCount $server | Should -Be 0
    }

    It 'keys of the command line are set on one credential, also beside items that are not valid' {
        (Get-CadenzaCredential $first | Update-CadenzaCredential @keys).CredentialId | Should -Be $first
        ('no id', $first, '' | Update-CadenzaCredential @keys -ErrorVariable errors -ErrorAction SilentlyContinue).CredentialId | Should -Be $first
        $errors | Should -HaveCount 2
        $first, $second | Update-CadenzaCredential @keys -Force | Should -HaveCount 2
    }

    It '-Venue and another venue in the row are refused' {
        $errors = [pscustomobject]@{ Venue = 'BYBIT'; ApiKey = 'k'; ApiSecret = 's' } | New-CadenzaCredential -Venue OKX 2>&1
        $errors.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidNewCredential,*'
        ([pscustomobject]@{ Nickname = 'n'; ApiKey = 'k'; ApiSecret = 's' } | New-CadenzaCredential -Venue BYBIT).Nickname | Should -Be 'n'
    }
}

Describe 'Rows of one credential' {
    BeforeEach { $server = Connect-SandboxServer }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'the second is refused if its keys differ' {
        $rows = (New-Row $first a), (New-Row $second b), (New-Row $first.ToUpperInvariant() c), (New-Row "{$second}" d)
        $rotated = $rows | Update-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue
        $rotated.CredentialId | Sort-Object | Should -Be ($first, $second | Sort-Object)
        $errors | Should -HaveCount 2
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
        $errors[0].Exception.Outcome | Should -Be 'NotSent'
        "$($errors[1])" | Should -BeLike "*already has this credential as item 2*"
        (Get-ServerCredential $server $first).fingerprint | Should -Be (Get-KeyFingerprint 'a' 'secret-of-a' '')
    }

    It 'the second is refused if its nickname differs' {
        (New-Row $first a @{ Nickname = 'Basis carry ETH' }), (New-Row $first a @{ Nickname = 'y' }) | Update-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue | Should -HaveCount 1
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
    }

    It 'identical rows are one rotation and a warning' {
        (New-Row $first a), (New-Row $first a), (New-Row $first a) | Update-CadenzaCredential -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable errors | Should -HaveCount 1
        $errors | Should -HaveCount 0
        $warnings | Should -HaveCount 2
        $warnings[0] | Should -BeLike '* (*) is in the input more than once.*identical to item 1 and was skipped.'
        Get-ChangeCount $server | Should -Be 1
    }

    It 'a row that is not valid does not count, and ids that differ by case are different unless they are UUIDs' {
        (New-Row $first ''), (New-Row $first b) | Update-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue | Should -HaveCount 1
        $errors | Should -HaveCount 1
        (New-Row abc a), (New-Row ABC b) | Update-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors.FullyQualifiedErrorId | ForEach-Object { $_ | Should -BeLike 'CadenzaCredentialNotFound,*' }
        $errors | Should -HaveCount 2
    }

    It 'a new credential that is in the input before is refused: <Title>' -ForEach @(
        @{ Title = 'an identical row'; Repeated = @{}; Like = '*already has the same credential as item 1.*' }
        @{ Title = 'another case of letters'; Repeated = @{ Venue = 'bybit'; Nickname = 'DESK 9' }; Like = '*already has the same credential as item 1.*' }
        @{ Title = 'other keys'; Repeated = @{ ApiKey = 'k2'; ApiSecret = 's2' }; Like = '*already has a credential with this venue and nickname as item 1, with other values.*' }
        @{ Title = 'no nickname'; Initial = @{ Nickname = '' }; Repeated = @{ Nickname = '' }; Like = '*already has the same credential as item 1.*' }
    ) {
        $row = @{ Venue = 'BYBIT'; Nickname = 'desk 9'; ApiKey = 'k1'; ApiSecret = 's1' }
        function Join-Row([hashtable] $More) { $copy = $row.Clone(); if ($More) { foreach ($name in $More.Keys) { $copy[$name] = $More[$name] } }; [pscustomobject]$copy }
        $rows = (Join-Row $Initial), (Join-Row $Repeated)
        $rows | New-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 1
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidNewCredential,*'
        $errors[0].CategoryInfo.Reason | Should -Be 'NotSent'
        "$errors" | Should -BeLike $Like
        $warnings | Should -HaveCount 0
        Get-ChangeCount $server | Should -Be 1
        $rows | New-CadenzaCredential -WhatIf -ErrorVariable errors -ErrorAction SilentlyContinue 6> $null
        $errors | Should -HaveCount 1
    }

    It 'new credentials with another nickname, or with other keys and no nickname, are created' {
        $rows = 'a', 'b', '', '' | ForEach-Object { $key++; [pscustomobject]@{ Venue = 'BYBIT'; Nickname = $_; ApiKey = "k$key"; ApiSecret = "s$key" } }
        $rows | New-CadenzaCredential -ErrorVariable errors | Should -HaveCount 4
        $errors | Should -HaveCount 0
    }

    It 'a column whose value is computed by code that fails is named, without what the code said' {
        $row = [pscustomobject]@{ CredentialId = $first; ApiSecret = 's' } | Add-Member ScriptProperty ApiKey { throw 'canary-of-code' } -PassThru
        $errors = @($row | Update-CadenzaCredential 2>&1)
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
        "$errors" | Should -BeLike '*the column ApiKey cannot be read*'
        ($errors[0] | Format-List * -Force | Out-String) + $errors[0].Exception | Should -Not -BeLike '*canary-of-code*'
        Get-ChangeCount $server | Should -Be 0
    }

    It 'the same API key in two rows is a warning' {
        $null = (New-Row $first a), (New-Row $second a) | Update-CadenzaCredential -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*$second*: The API key is the same as the one of item 1 of the input."
    }
}

Describe 'Columns' {
    BeforeEach { $server = Connect-SandboxServer }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'the column <Column> is not read: a warning names it, and a row that needs it is refused' -ForEach @(
        @{ Column = 'Passphrase'; Parameter = 'ApiPassphrase'; Row = @{ ApiKey = 'a'; ApiSecret = 's' } }
        @{ Column = 'API passphrase'; Parameter = 'ApiPassphrase'; Row = @{ ApiKey = 'a'; ApiSecret = 's' } }
        @{ Column = 'Secret'; Parameter = 'ApiSecret'; Row = @{ ApiKey = 'a'; ApiSecret = '' } }
        @{ Column = 'Key'; Parameter = 'ApiKey'; Row = @{ ApiKey = ''; ApiSecret = 's' } }
    ) {
        $row = [pscustomobject](@{ CredentialId = $first; $Column = 'canary' } + $Row)
        $row | Update-CadenzaCredential -WhatIf -ErrorVariable errors -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
        $errors | Should -HaveCount 1
        "$errors" | Should -BeLike "*the column '$Column' is not read. Rename it to $Parameter.*"
        if ($Parameter -eq 'ApiPassphrase') { "$warnings" | Should -BeLike "*'$Column'*$Parameter*" }
        "$errors $warnings" | Should -Not -BeLike '*canary*'
        $row.$Column = ''
        if ($Parameter -eq 'ApiPassphrase') { $row | Update-CadenzaCredential | Should -HaveCount 1 }
        Get-ChangeCount $server | Should -BeLessThan 2
    }

    It '<Command> gives one error for <Title>, which names the columns' -ForEach @(
        foreach ($command in 'Update-CadenzaCredential', 'New-CadenzaCredential', 'Revoke-CadenzaCredential', 'Get-CadenzaCredential', 'Test-CadenzaCredential') {
            @{ Command = $command; Title = 'semicolons'; Text = "CredentialId;Venue;ApiKey;ApiSecret`na;OKX;canary;canary`nb;OKX;canary;canary"; Says = "*'CredentialId;Venue;ApiKey;ApiSecret'*Import-Csv -Delimiter ';'*" }
            @{ Command = $command; Title = 'tabs'; Text = "CredentialId`tVenue`tApiKey`na`tOKX`tcanary`nb`tOKX`tcanary"; Says = '*Import-Csv -Delimiter "*t"*' }
            @{ Command = $command; Title = 'other headers'; Text = "Credential Id,Exchange,Key,Secret`na,OKX,canary,canary`nb,OKX,canary,canary"; Says = "*'Credential Id', 'Exchange', 'Key', 'Secret'*Rename '*" }
            @{ Command = $command; Title = 'no header'; Text = "canary-1,canary-2,canary-3`ncanary-4,canary-5,canary-6`ncanary-7,canary-8,canary-9"; Says = '*None of the 3 column names is known*' }
        }
    ) {
        $more = if ($Command -match 'Update|New|Revoke') { @{ Force = $true } } else { @{} }
        $errors = @($Text | ConvertFrom-Csv | & $Command @more 2>&1)
        $errors | Should -HaveCount 1
        "$errors" | Should -BeLike $Says
        Find-Canary $errors 'canary' | Should -BeNullOrEmpty
        Get-ChangeCount $server | Should -Be 0
    }

    It '<_> does not show lines of a file that were piped as text, because they can contain keys' -ForEach @(
        'Update-CadenzaCredential', 'Revoke-CadenzaCredential', 'Get-CadenzaCredential', 'Test-CadenzaCredential'
    ) {
        $more = if ($_ -match 'Update|Revoke') { @{ Force = $true } } else { @{} }
        $lines = 'CredentialId,ApiKey,ApiSecret', "$first;canary;canary", "$first`tcanary"
        $errors = @($lines | & $_ @more 2>&1)
        $errors | Should -HaveCount 3
        foreach ($message in $errors) { "$message" | Should -BeLike 'Pipeline item * (String)*Import-Csv*' }
        Find-Canary $errors 'canary' | Should -BeNullOrEmpty
        Get-ChangeCount $server | Should -Be 0
    }

    It 'rows without columns for keys are one error' {
        $errors = @("CredentialId,Note`na,x`nb,y" | ConvertFrom-Csv | Update-CadenzaCredential 2>&1)
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
        "$errors" | Should -BeLike "*no column ApiKey*'CredentialId', 'Note'*"
    }

    It 'New-CadenzaCredential reads hashtables, in any case of letters' {
        (@{ Venue = 'BYBIT'; nickname = 'h'; ApiKey = 'k'; ApiSecret = 's' } | New-CadenzaCredential).Nickname | Should -Be 'h'
    }
}
