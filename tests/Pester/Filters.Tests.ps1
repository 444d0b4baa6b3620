# Filters of Get-CadenzaCredential as people type them: ages, and nicknames in place of ids.

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'Filters as people type them' {
    BeforeEach { Connect-Cadenza -Sandbox }
    AfterEach { Disconnect-Cadenza }

    It '-OlderThan is an age with a unit, also as PowerShell reads 90d' {
        $expected = @(Get-CadenzaCredential -UpdatedBefore ([datetimeoffset]::UtcNow.AddDays(-90))).CredentialId
        $expected.Count | Should -BeGreaterThan 1
        @(Get-CadenzaCredential -OlderThan 90d).CredentialId | Should -Be $expected
        @(Get-CadenzaCredential -OlderThan 90D).CredentialId | Should -Be $expected
        @(Get-CadenzaCredential -OlderThan '90d').CredentialId | Should -Be $expected
        @(Get-CadenzaCredential -OlderThan 2160h).CredentialId | Should -Be $expected
        @(Get-CadenzaCredential -OlderThan ([timespan]::FromDays(90))).CredentialId | Should -Be $expected
        @(Get-CadenzaCredential -OlderThan 4w).CredentialId | Should -Be @(Get-CadenzaCredential -OlderThan 28d).CredentialId
        Get-CadenzaCredential -OlderThan 999999w | Should -BeNullOrEmpty
    }

    It '-OlderThan without a unit is refused with the units, in every culture' {
        $days = 90d
        foreach ($culture in '', 'de-DE', 'ar-SA') {
            $before = [cultureinfo]::CurrentCulture
            [cultureinfo]::CurrentCulture = $culture
            try {
                foreach ($bad in 90, '90', '1.5d', '1,5d', '90m', '-1d', '0d', '', $days, ([timespan]::Zero)) {
                    { Get-CadenzaCredential -OlderThan $bad } | Should -Throw '*h for hours, d for days, or w for weeks*'
                }
            }
            finally { [cultureinfo]::CurrentCulture = $before }
        }
        { Get-CadenzaCredential -OlderThan $null } | Should -Throw -ErrorId 'CadenzaInvalidParameter,*'
        { Get-CadenzaCredential -OlderThan 90d -UpdatedBefore 2026-01-01 } | Should -Throw '*either -UpdatedBefore or -OlderThan*'
    }

    It 'a nickname in place of an id is an error that says to use -Nickname: <Text>' -ForEach @(
        @{ Text = 'Treasury hedge'; Id = 'CadenzaInvalidCredentialId'; Says = "*use -Nickname 'Treasury hedge'." }
        @{ Text = "O'Brien [7]"; Id = 'CadenzaInvalidCredentialId'; Says = "*use -Nickname 'O''Brien ``````[7``````]'." }
        @{ Text = 'no-such-desk'; Id = 'CadenzaCredentialNotFound'; Says = "*no-such-desk*use -Nickname 'no-such-desk'." }
    ) {
        $errors = @(Get-CadenzaCredential $Text 2>&1)
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$errors" | Should -BeLike $Says
    }

    It 'an id that does not exist has no such hint, unless a credential has it as its nickname' {
        $id = '11111111-2222-4333-8444-555555555555'
        "$(Get-CadenzaCredential $id 2>&1)" | Should -Not -BeLike '*-Nickname*'
        "$(@{ CredentialId = 'no id' } | Get-CadenzaCredential 2>&1)" | Should -Not -BeLike '*-Nickname*'
        $null = New-CadenzaCredential BYBIT $id -ApiKey k -ApiSecret s
        "$(Get-CadenzaCredential $id 2>&1)" | Should -BeLike "*use -Nickname '$id'."
    }

    It '-Name is another name of -Nickname' {
        (Get-CadenzaCredential -Name 'Treasury hedge').Venue | Should -Be OKX
        $line = "Get-CadenzaCredential -Name Treas"
        $null = Get-CadenzaCredential
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain "'Treasury hedge'"
    }
}
