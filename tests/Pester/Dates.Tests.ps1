# The text of a time is ISO 8601 in every culture, and the time itself stays a time.

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'Times in the culture <_>' -ForEach 'en-US', 'de-DE', 'fa-IR', 'th-TH', 'ar-SA' {
    BeforeAll {
        $before = [cultureinfo]::CurrentCulture
        Connect-Cadenza -Sandbox
        $journal = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).jsonl"
        $credential = Get-CadenzaCredential -First 1
        $null = Get-CadenzaCredential -Status VERIFIED -First 1 | Revoke-CadenzaCredential -Force -JournalPath $journal -ErrorAction Ignore
        $iso = '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$'
        [cultureinfo]::CurrentCulture = $_
    }
    AfterAll {
        [cultureinfo]::CurrentCulture = $before
        Disconnect-Cadenza
    }

    It 'are ISO 8601 in a CSV file' {
        $row = $credential | ConvertTo-Csv | ConvertFrom-Csv
        $row.UpdatedAt | Should -Match $iso
        $row.CreatedAt | Should -Match $iso
        ($credential | Select-Object CredentialId, UpdatedAt | ConvertTo-Csv | ConvertFrom-Csv).UpdatedAt | Should -Be $row.UpdatedAt
        (Get-CadenzaJournal $journal | ConvertTo-Csv | ConvertFrom-Csv).Time | Should -Match $iso
        (Get-CadenzaConnection | ConvertTo-Csv | ConvertFrom-Csv).ConnectedAt | Should -Match $iso
        [datetimeoffset]::ParseExact($row.UpdatedAt, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", [cultureinfo]::InvariantCulture, 'AssumeUniversal').Year | Should -Be $credential.UpdatedAt.UtcDateTime.Year
    }

    It 'are times that can be compared, sorted and formatted' {
        $credential.UpdatedAt | Should -BeOfType datetimeoffset
        $credential.UpdatedAt -lt (Get-Date) | Should -BeTrue
        @(Get-CadenzaCredential -First 20 | Sort-Object UpdatedAt | ForEach-Object { $_.UpdatedAt.UtcTicks }) | Should -Be @(Get-CadenzaCredential -First 20 | ForEach-Object { $_.UpdatedAt.UtcTicks } | Sort-Object)
        $credential.UpdatedAt.ToString('yyyy', [cultureinfo]::InvariantCulture) | Should -Be $credential.UpdatedAt.UtcDateTime.ToString('yyyy', [cultureinfo]::InvariantCulture)
        ($credential | ConvertTo-Json -Depth 2 | ConvertFrom-Json).UpdatedAt | Should -BeOfType datetime
    }

    It 'survive CLIXML' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($credential))
        $copy.UpdatedAt.UtcDateTime.Ticks / 10000000 | Should -BeGreaterThan 0
        [long]($copy.UpdatedAt.UtcTicks / 10000) | Should -Be ([long]($credential.UpdatedAt.UtcTicks / 10000))
    }
}
