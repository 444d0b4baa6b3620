# Keys from a vault: -ApiCredential { Get-Secret $_.CredentialId }. A function stands for the cmdlet of SecretManagement.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $first = '90ccb6a0-6cd2-430e-b878-834768668743'
    $second = '795179bb-e709-4102-9005-becd29b95dbb'
    $vault = @{ $first = New-Login 'key-1' 'secret-1'; $second = New-Login 'key-2' 'secret-2' }
    function Get-Secret($Name) {
        if ($null -eq $vault[$Name]) { Write-Error "The secret $Name was not found: canary-message." } else { $vault[$Name] }
    }
    function Get-Fingerprint([string] $Id) { (Get-ServerCredential $server $Id).fingerprint }
}
AfterAll { Restore-TestSession }

Describe 'A script block that returns the keys of each credential' {
    BeforeEach { $server = Connect-SandboxServer }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'sets the keys of <Title>' -ForEach @(
        @{ Title = 'credentials'; Script = { Get-CadenzaCredential -Venue BYBIT | Update-CadenzaCredential -ApiCredential { Get-Secret $_.CredentialId } } }
        @{ Title = 'rows'; Script = { $first, $second | ForEach-Object { [pscustomobject]@{ CredentialId = $_; Ref = "vault-$_" } } | Update-CadenzaCredential -ApiCredential { Get-Secret ($_.Ref -replace 'vault-') } } }
        @{ Title = 'ids of the pipeline'; Script = { $first, $second | Update-CadenzaCredential -ApiCredential { Get-Secret $_ } } }
        @{ Title = 'an id of the command line'; Count = 1; Script = { Update-CadenzaCredential $first -ApiCredential { Get-Secret $_.CredentialId } } }
    ) {
        $done = @(& $Script)
        $done | Should -HaveCount ($Count ?? 2)
        Get-Fingerprint $first | Should -Be (Get-KeyFingerprint 'key-1' 'secret-1')
        if (-not $Count) { Get-Fingerprint $second | Should -Be (Get-KeyFingerprint 'key-2' 'secret-2') }
    }

    It 'sets the keys of new credentials' {
        $made = [pscustomobject]@{ Venue = 'BYBIT'; Nickname = 'new desk' } | New-CadenzaCredential -ApiCredential { New-Login "key-of-$($_.Nickname -replace ' ')" 's' }
        Get-Fingerprint $made.CredentialId | Should -Be (Get-KeyFingerprint 'key-of-newdesk' 's')
    }

    It 'a secret that <Title> is one error of its credential that says so; the other credential is rotated' -ForEach @(
        @{ Title = 'is not there, as a non-terminating error'; Says = '*its secret is missing: the script block of -ApiCredential failed (*'; Script = { Get-Secret "no-$($_.CredentialId)" } }
        @{ Title = 'is not there, as an exception'; Says = '*its secret is missing*RuntimeException*'; Script = { throw "canary-message $($_.Extra)" } }
        @{ Title = 'is not there, as a missing command'; Says = '*its secret is missing*CommandNotFoundException*'; Script = { Get-NoSuchVault } }
        @{ Title = 'is null'; Says = '*its secret is missing: the script block of -ApiCredential returned nothing.*'; Script = { $null } }
        @{ Title = 'is nothing'; Says = '*its secret is missing: the script block of -ApiCredential returned nothing.*'; Script = { } }
        @{ Title = 'is a SecureString'; Says = '*its secret has the wrong type*SecureString*PSCredential*'; Script = { ConvertTo-Secret 'canary-secret' } }
        @{ Title = 'is text'; Says = '*its secret has the wrong type*String*PSCredential*'; Script = { 'canary-secret' } }
        @{ Title = 'is several'; Says = '*returned 2 objects*'; Script = { New-Login a canary-secret; New-Login b canary-secret } }
        @{ Title = 'is an empty login'; Says = '*-ApiCredential is empty*'; Script = { New-Login 'a' '' } }
    ) {
        $bad = $Script
        $script = { if ($_.CredentialId -eq $first) { & $bad } else { Get-Secret $_.CredentialId } }
        $Error.Clear()
        $done = Get-CadenzaCredential -Venue BYBIT | Add-Member Extra canary-extra -PassThru |
            Update-CadenzaCredential -ApiCredential $script -ErrorVariable errors -ErrorAction SilentlyContinue
        $done.CredentialId | Should -Be $second
        $mine = @($errors | Where-Object { $_.FullyQualifiedErrorId -like 'Cadenza*' })
        $mine | Should -HaveCount 1
        $mine[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
        $mine[0].TargetObject | Should -Be $first
        $mine[0].CategoryInfo.Reason | Should -Be 'NotSent'
        "$($mine[0])" | Should -BeLike $Says
        ($mine | Format-List * -Force | Out-String) + $mine[0].Exception | Should -Not -BeLike '*canary*'
        Get-ChangeCount $server | Should -Be 1
        if ($Title -like '*exception*') { "$Error" | Should -BeLike '*canary-message*' -Because 'the message of the vault is in $Error' }
    }

    It 'reads the secrets with -WhatIf, too, and changes nothing' {
        $read = [Collections.Generic.List[string]]::new()
        Get-CadenzaCredential -Venue BYBIT | Update-CadenzaCredential -ApiCredential { $read.Add($_.CredentialId); Get-Secret $_.CredentialId } -WhatIf
        $read | Should -HaveCount 2
        Get-ChangeCount $server | Should -Be 0
    }

    It 'a secret that is not there, as a non-terminating error, is in $Error, too' {
        $Error.Clear()
        $first | Update-CadenzaCredential -ApiCredential { Get-Secret none } -ErrorAction SilentlyContinue
        "$Error" | Should -BeLike '*The secret none was not found*'
    }

    It 'is refused beside keys of rows or of the command line' {
        foreach ($arguments in @{ ApiKey = 'k' }, @{ ApiSecret = 's' }) {
            $errors = @($first | Update-CadenzaCredential -ApiCredential { Get-Secret $_ } @arguments 2>&1)
            $errors.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
        }
        $errors = @([pscustomobject]@{ CredentialId = $first; ApiKey = 'k'; ApiSecret = 's' } | Update-CadenzaCredential -ApiCredential { throw 'must not run' } 2>&1)
        "$errors" | Should -BeLike '*both on the command line*'
        Get-ChangeCount $server | Should -Be 0
    }

    It 'a script block for another secret is refused as before' {
        $errors = @($first | Update-CadenzaCredential -ApiKey { 'k' } -ApiSecret s 2>&1)
        "$errors" | Should -BeLike '*-ApiKey is a script block*'
    }
}
