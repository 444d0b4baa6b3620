# How our objects look, and what is left of them in files.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $columnsBefore = $env:COLUMNS
    $age = { param($n, $unit) [DateTimeOffset]::UtcNow.AddMinutes(-$n * @{ min = 1; h = 60; d = 1440 }[$unit]).ToUnixTimeMilliseconds() }
    $rows = @(
        @{ credentialId = '11111111-aaaa-4aaa-8aaa-000000000001'; nickname = 'Treasury hedge, desk 7, of the London office'; venue = 'HYPERLIQUID_UAT'; status = 'VERIFIED'; credentialType = 'EXCHANGE'; identities = @('spot', 'margin'); createdAt = 0; updatedAt = & $age 45.1 d }
        @{ credentialId = '22222222-aaaa-4aaa-8aaa-000000000002'; nickname = 'young'; venue = 'OKX'; status = 'FAILED'; credentialType = 'HMAC'; updatedAt = & $age 3.1 h; region = 'eu'; limits = @(1, 2) }
        @{ credentialId = '33333333-aaaa-4aaa-8aaa-000000000003'; nickname = $null; venue = 'OKX'; status = 'REVOKED'; credentialType = $null; updatedAt = & $age 800 d; revokedAt = & $age 800 d }
        @{ credentialId = '44444444-aaaa-4aaa-8aaa-000000000004'; nickname = 'pending'; venue = 'BYBIT'; status = 'PENDING'; credentialType = 'EXCHANGE'; updatedAt = $null }
        @{ credentialId = '55555555-aaaa-4aaa-8aaa-000000000005'; nickname = ('東京デスク' * 9); venue = 'BYBIT'; status = 'NEVER_SEEN_BEFORE'; credentialType = 'A_VERY_LONG_TYPE_NAME'; updatedAt = & $age 12.5 min }
    )
    $server = Connect-ScriptedServer @{ Body = ConvertTo-ListBody $rows }
    $all = @(Get-CadenzaCredential)
    $saved = Join-Path $TestDrive 'credentials.xml'
    $all | Export-Clixml $saved

    function Get-Line($Text) { $Text -split '\r?\n' | Where-Object { $_.Trim() } }
    function Get-Cell([string] $Text) { $screen = 0; foreach ($c in ($Text -replace "`e\[[0-9;]*m").ToCharArray()) { $screen += if ($c -ge [char]0x1100 -and $c -ne '…') { 2 } else { 1 } }; $screen }
    function Show($Objects, [int] $Width) { $env:COLUMNS = $Width; $Objects | Out-String -Width $Width }

    # What a window shows of the objects, by PowerShell's own default output.
    function Show-InWindow($Objects, [int] $Width, [bool] $Colors = $false) {
        $env:COLUMNS = $null
        $window = [CadenzaPS.TestSupport.TestHost]@{ WindowWidth = $Width; HasColors = $Colors }
        $runspace = [runspacefactory]::CreateRunspace($window)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $null = $shell.AddCommand('Import-Module').AddParameter('Name', $ModulePath).Invoke()
            $shell.Commands.Clear()
            $null = $shell.AddScript('Set-StrictMode -Version Latest; $args[0]').AddArgument($Objects).AddCommand('Out-Default').Invoke()
            $shell.Streams.Error | Should -HaveCount 0
        }
        finally { $shell.Dispose(); $runspace.Dispose() }
        $window.Lines | Where-Object { $_.Trim() }
    }
}
AfterAll { $env:COLUMNS = $columnsBefore; Restore-TestSession }

Describe 'The table of credentials' {
    AfterEach { $env:COLUMNS = $columnsBefore; $PSStyle.OutputRendering = 'PlainText' }

    It 'fits <Width> characters with every id whole' -ForEach @(@{ Width = 80 }, @{ Width = 100 }, @{ Width = 120 }, @{ Width = 200 }) {
        $lines = Get-Line (Show $all $Width)
        $lines[0] -split '\s+' -ne '' | Should -Be 'Nickname', 'Venue', 'Type', 'Status', 'Updated', 'CredentialId'
        $lines | Should -HaveCount ($all.Count + 2)
        foreach ($line in $lines) { Get-Cell $line | Should -BeLessOrEqual $Width }
        foreach ($credential in $all) { @($lines | Where-Object { $_.EndsWith($credential.CredentialId) }) | Should -HaveCount 1 }
    }

    It 'fits a window of <Width> characters with every id whole' -ForEach @(@{ Width = 80 }, @{ Width = 100 }, @{ Width = 120 }) {
        $lines = Show-InWindow $all $Width
        $lines | Should -HaveCount ($all.Count + 2)
        foreach ($line in $lines) { Get-Cell $line | Should -BeLessOrEqual $Width }
        foreach ($credential in $all) { @($lines | Where-Object { $_.EndsWith($credential.CredentialId) }) | Should -HaveCount 1 }
    }

    It 'shows in a host that tells no width' {
        Show-InWindow $all -1 | Should -HaveCount ($all.Count + 2)
    }

    It 'lets the nickname give way first, and keeps _UAT' {
        $narrow = (Get-Line (Show $all 80))[2]
        $narrow | Should -Match '^Treasur… HYPERL…_UAT EXC… VERIFIED +45 d 11111111'
        (Get-Line (Show $all 120))[2] | Should -Match '^Treasury hedge, desk.*… HYPERLIQUID_UAT EXCHANGE +VERIFIED +45 d 11111111'
    }

    It 'shows readable ages, to the right' {
        $lines = Get-Line (Show $all 100)
        $lines[2] | Should -Match ' {2,}45 d 1111'
        $lines[3] | Should -Match ' {2,}3 h 2222'
        $lines[4] | Should -Match ' {2,}2 y 3333'
        $lines[5] | Should -Match 'PENDING {2,}4444'
        $lines[6] | Should -Match ' 1\d min 5555'
    }

    It 'can be grouped by venue' {
        $text = $all | Sort-Object Venue | Format-Table -GroupBy Venue | Out-String -Width 100
        [regex]::Matches($text, '(?m)^\s+Venue: (\S+)').ForEach({ $_.Groups[1].Value }) | Should -Be 'BYBIT', 'HYPERLIQUID_UAT', 'OKX'
        [regex]::Matches($text, '(?m)^Nickname\s+Venue\s+Type\s+Status\s+Updated\s+CredentialId').Count | Should -Be 3
    }

    It 'is the same in every culture' {
        $before = [cultureinfo]::CurrentCulture
        $expected = (Show $all 100), ($all[2] | Format-List | Out-String)
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::new('ar-SA')
            (Show $all 100), ($all[2] | Format-List | Out-String) | Should -Be $expected
        }
        finally { [cultureinfo]::CurrentCulture = $before }
    }
}

Describe 'The list and the wide view' {
    AfterEach { $env:COLUMNS = $columnsBefore; $PSStyle.OutputRendering = 'PlainText' }

    It 'the list shows what there is and leaves out what there is not' {
        $text = $all[1] | Format-List | Out-String -Width 120
        foreach ($line in 'CredentialId', 'Nickname', 'Venue', 'CredentialType', 'Status', 'UpdatedAt', 'AdditionalProperties') { $text | Should -Match "(?m)^$line\s*: \S" }
        foreach ($word in 'MaskedApiKey', 'UserId', 'RevokedAt', 'Identities') { $text | Should -Not -Match $word }
        $text | Should -Match '(?m)^AdditionalProperties\s*: \{.*"region":"eu".*\}\r?$'
        $all[0] | Format-List | Out-String | Should -Match '(?m)^Identities\s*: spot, margin\r?$'
        $all[0] | Format-List | Out-String | Should -Match '(?m)^CreatedAt\s*: 1970-01-01 00:00:00Z\r?$'
        $all[2] | Format-List | Out-String | Should -Match '(?m)^RevokedAt\s*: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\r?$'
    }

    It 'the wide view shows venue and nickname, or the id where there is none' {
        $text = $all | Format-Wide -Column 2 | Out-String -Width 120
        foreach ($word in 'OKX young', 'OKX 33333333-aaaa-4aaa-8aaa-000000000003') { $text | Should -BeLike "*$word*" }
    }
}

Describe 'Colours' -Tag Slow {
    AfterEach { $env:COLUMNS = $columnsBefore; $PSStyle.OutputRendering = 'PlainText' }

    It 'status <Status> is <Color>' -ForEach @(
        @{ Status = 'VERIFIED'; Color = 'Green' }, @{ Status = 'FAILED'; Color = 'Red' }, @{ Status = 'REVOKED'; Color = 'BrightBlack' }, @{ Status = 'PENDING'; Color = 'Yellow' }
    ) {
        $PSStyle.OutputRendering = 'Ansi'
        $one = $all | Where-Object Status -EQ $Status
        foreach ($text in (Show $one 100), ($one | Format-List | Out-String)) { $text.Contains("$($PSStyle.Foreground.$Color)$Status$($PSStyle.Reset)") | Should -BeTrue }
    }

    It 'the columns stand where they stand without colours' -ForEach @(@{ Width = 80 }, @{ Width = 100 }, @{ Width = 120 }) {
        $plain = Get-Line (Show $all $Width)
        $PSStyle.OutputRendering = 'Ansi'
        (Get-Line (Show $all $Width)) -replace "`e\[[0-9;]*m" | ForEach-Object TrimEnd | Should -Be ($plain | ForEach-Object TrimEnd)
    }

    It 'a status never seen before has none' {
        $PSStyle.OutputRendering = 'Ansi'
        (Get-Line (Show $all[4] 120))[-1].Contains("`e") | Should -BeFalse
    }

    It 'there are none in plain text, nor in a file' {
        (Show $all 100).Contains("`e") | Should -BeFalse
        $PSStyle.OutputRendering = 'Host'
        $all > (Join-Path $TestDrive 'table.txt')
        (Get-Content -Raw (Join-Path $TestDrive 'table.txt')).Contains("`e") | Should -BeFalse
    }

    It 'a host without colours gets none, a host with them does' {
        (Show-InWindow $all 100 $false) -join "`n" | Should -Not -Match "`e\[3[12]mFAILED"
        $PSStyle.OutputRendering = 'Host'
        (Show-InWindow $all 100 $true) -join "`n" | Should -Match "`e\[31mFAILED"
        (Show-InWindow $all 100 $false) -join "`n" | Should -Not -Match "`e\[31mFAILED"
    }

    It 'Windows PowerShell, which has no $PSStyle, shows the plain status' {
        $viewText = [CadenzaPS.Views.ViewCells].Assembly.GetType('CadenzaPS.Views.ViewText', $true)
        $viewText.GetMethod('Status').Invoke($null, @('FAILED', $null, $Host)) | Should -Be 'FAILED'
    }
}

Describe 'Objects from files' -Tag Slow {
    AfterEach { $env:COLUMNS = $columnsBefore; $PSStyle.OutputRendering = 'PlainText' }

    It 'Import-Clixml brings credentials again, times, identities and all' {
        $back = @(Import-Clixml $saved)
        $back | Should -BeOfType Cadenza.Client.Models.CadenzaCredential
        $back.CredentialId | Should -Be $all.CredentialId
        $back[0].UpdatedAt | Should -Be $all[0].UpdatedAt
        $back[0].Identities | Should -Be 'spot', 'margin'
        $back[1].AdditionalProperties['region'] | Should -Be 'eu'
        @($back | Where-Object { $_.UpdatedAt -and $_.UpdatedAt -lt [datetimeoffset]::Now.AddDays(-300) }).CredentialId | Should -Be $all[2].CredentialId
        Show $back 100 | Should -Be (Show $all 100)
    }

    It 'without the module they are property bags, which can still be shown and piped' {
        $result = Invoke-InSession -Arguments @{ Path = $saved; Module = $ModulePath } {
            param($Path, $Module)
            Set-StrictMode -Version Latest
            Remove-Module CadenzaPS
            $bags = @(Import-Clixml $Path)
            Import-Module $Module
            Connect-Cadenza -Sandbox
            $bags[0].PSObject.TypeNames[0]
            $bags | Out-String -Width 100
            $bags[0] | Format-List | Out-String -Width 100
            $bags | Revoke-CadenzaCredential -WhatIf
        }
        # They are bound with their ids and names, but they are of another server.
        $result.Errors | Should -HaveCount 5
        "$($result.Errors[1])" | Should -BeLike "22222222-aaaa-4aaa-8aaa-000000000002 (OKX 'young') was not revoked: it was read from the server 127.0.0.1:*"
        $result.Output[0] | Should -Be 'Deserialized.Cadenza.Client.Models.CadenzaCredential'
        $result.Output[1] | Should -Match ' 45 d 11111111'
        $result.Output[2] | Should -Match '(?m)^UpdatedAt\s*: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ'
    }

    It 'what comes back is taken by <Name> -WhatIf' -ForEach @(
        @{ Name = 'Revoke-CadenzaCredential'; More = @{ } }
        @{ Name = 'Update-CadenzaCredential'; More = @{ ApiKey = 'k'; ApiSecret = 's'; ApiPassphrase = 'p'; Force = $true } }
    ) {
        $all | Export-Csv (Join-Path $TestDrive 'credentials.csv')
        $back = @{ Clixml = Import-Clixml $saved; Csv = Import-Csv (Join-Path $TestDrive 'credentials.csv'); Json = $all | ConvertTo-Json -Depth 5 | ConvertFrom-Json }
        foreach ($form in $back.Keys) {
            $result = Invoke-InSession -Answer N -Arguments @{ Items = $back[$form]; Name = $Name; More = $More; Connection = $server.Connection } {
                param($Items, $Name, $More, $Connection)
                $Items | & $Name -WhatIf -Connection $Connection @More
            }
            $result.Errors | Should -HaveCount 0
            @($result.Lines | Where-Object { $_ -like '*What if*' }) | Should -HaveCount $all.Count -Because $form
        }
    }

    It 'CSV holds words where there are lists' {
        $csv = $all | ConvertTo-Csv | ConvertFrom-Csv
        $csv[0].Identities | Should -Be 'spot, margin'
        $csv[1].AdditionalProperties | Should -Match '^\{.*"region":"eu".*\}$'
        $csv[2].Identities, $csv[2].AdditionalProperties | Should -Be '', ''
    }

    It 'JSON holds arrays, objects and ISO times' {
        $json = $all | ConvertTo-Json -Depth 4 -WarningVariable warnings
        $warnings | Should -HaveCount 0
        $json | Should -Match '"Identities": \[\s*"spot",\s*"margin"\s*\]'
        $json | Should -Match '"CreatedAt": "1970-01-01T00:00:00'
        ($json | ConvertFrom-Json)[1].AdditionalProperties.region | Should -Be 'eu'
    }

    It 'Get-Member shows our type and nothing of PowerShell''s' {
        $members = $all[0] | Get-Member
        $members.TypeName | Select-Object -Unique | Should -Be 'Cadenza.Client.Models.CadenzaCredential'
        $members.MemberType | ForEach-Object ToString | Sort-Object -Unique | Should -Be 'CodeProperty', 'Method', 'Property'
        # The times, whose text is ISO 8601.
        ($members | Where-Object MemberType -EQ CodeProperty).Name | Should -Be CreatedAt, RevokedAt, UpdatedAt
    }
}

Describe 'Other views' -Tag Slow {
    AfterEach { $env:COLUMNS = $columnsBefore; $PSStyle.OutputRendering = 'PlainText' }

    It 'a connection shows a list, and a table without its inner states' {
        Connect-Cadenza -Sandbox -Name views
        $connection = Get-CadenzaConnection
        $connection | Out-String -Width 120 | Should -Match '(?m)^Environment\s*: Sandbox'
        $lines = Get-Line ($connection | Format-Table | Out-String -Width 80)
        $lines[0] | Should -Match '^Name\s+Environment\s+Host\s+User\s+TokenExpiresAt\s*$'
        $lines[2] | Should -Match '^views\s+Sandbox\s+sandbox-[0-9a-f]{4}\S+ .*\d\dZ\s*$'
        $lines | ForEach-Object Length | Should -BeLessOrEqual 80
    }

    It 'a verification shows the names, the answer and the id within <Width> characters, in both dialects' -ForEach @(@{ Width = 80 }, @{ Width = 100 }) {
        foreach ($dialect in 'Guide', 'OpenApi') {
            Connect-Cadenza -Sandbox -Dialect $dialect
            $results = @(Get-CadenzaCredential -First 4 | Test-CadenzaCredential -ThrottleLimit 1)
            $lines = Get-Line ($results | Out-String -Width $Width)
            $lines[0] | Should -Match '^Nickname\s+Venue\s+Answer\s+CredentialId\s*$'
            $lines | ForEach-Object Length | Should -BeLessOrEqual $Width
            foreach ($result in $results) { @($lines | Where-Object { $_ -match " $($result.Answer) +$($result.CredentialId)\s*$" }) | Should -HaveCount 1 }
            $results[1] | Format-List | Out-String | Should -Match '(?m)^Message\s*: \S'
            ($results | ConvertTo-Csv) -join "`n" | Should -Not -Match 'System\.|Cadenza\.'
        }
        $results[0].Accounts | Format-Table | Out-String -Width $Width | Should -Match '(?m)^Nickname\s+Venue\s+AccountType\s+Status\s+TradingAccountId'
    }
}

Describe 'Control characters from the server' -Tag Slow {
    AfterEach { $env:COLUMNS = $columnsBefore; $PSStyle.OutputRendering = 'PlainText' }

    It 'reach no view' {
        $bad = "x`e[31mRED`a`b`0`r`n$([char]0x9b)31m$([char]0x202e)evil"
        $row = @{ credentialId = 'aaaaaaaa-aaaa-4aaa-8aaa-000000000001'; nickname = $bad; venue = $bad; status = $bad; credentialType = $bad; identities = @($bad); userId = $bad; apiKey = $bad; "$bad" = $bad; nested = @{ deep = @($bad) } }
        $evil = Connect-ScriptedServer @{ Body = ConvertTo-ListBody @($row) }
        $one = Get-CadenzaCredential
        $path = Join-Path $TestDrive 'evil.xml'
        $one | Export-Clixml $path
        foreach ($rendering in 'PlainText', 'Ansi') {
            $PSStyle.OutputRendering = $rendering
            foreach ($object in $one, (Import-Clixml $path)) {
                foreach ($text in ($object | Out-String -Width 300), ($object | Format-List | Out-String), ($object | Format-List * | Out-String), ($object | Format-Wide | Out-String), ($object | Format-Table -GroupBy Venue | Out-String), "$object", ($object | ConvertTo-Csv | Out-String), ($object | ConvertTo-Json -Depth 5)) {
                    # PowerShell's own colours of headers are sequences, too; what the server sent is not among them.
                    $text -replace "`e\[[0-9;]*m(?!RED)" | Should -Not -Match '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]'
                    $text | Should -Not -Match "`e\[31mRED"
                }
            }
        }
    }
}

Describe 'The tables of impacts and findings' -Tag Slow {
    BeforeAll {
        Disconnect-Cadenza
        Connect-Cadenza -Sandbox
        $impacts = @(Get-CadenzaCredential | Get-CadenzaCredentialImpact)
        $findings = @(Get-CadenzaCredentialFinding)
        $impacts | Export-Clixml (Join-Path $TestDrive 'impacts.xml') -Depth 3
        $findings | Export-Clixml (Join-Path $TestDrive 'findings.xml') -Depth 3
        $tables = @{
            impacts  = @{ Objects = $impacts; Back = Import-Clixml (Join-Path $TestDrive 'impacts.xml'); Header = 'Nickname', 'Venue', 'Effect', 'Accounts', 'CredentialId' }
            findings = @{ Objects = $findings; Back = Import-Clixml (Join-Path $TestDrive 'findings.xml'); Header = 'Severity', 'Rule', 'Nickname', 'Venue', 'CredentialId' }
        }
    }
    AfterEach { $env:COLUMNS = $columnsBefore; $PSStyle.OutputRendering = 'PlainText' }

    It 'the one of <Name> fits <Width> characters with every id whole, in a window and in a text' -ForEach @(
        foreach ($name in 'impacts', 'findings') { foreach ($width in 80, 100, 120, 200) { @{ Name = $name; Width = $width } } }
    ) {
        $table = $tables[$Name]
        $text, $window = (Get-Line (Show $table.Objects $Width)), @(Show-InWindow $table.Objects $Width | ForEach-Object { ($_ -replace "`e\[[0-9;]*m").TrimEnd() })
        foreach ($lines in @(, $text; , $window)) {
            $lines[0] -split '\s+' -ne '' | Should -Be $table.Header
            $lines | Should -HaveCount ($table.Objects.Count + 2)
            foreach ($line in $lines) { Get-Cell $line | Should -BeLessOrEqual $Width }
            for ($i = 0; $i -lt $table.Objects.Count; $i++) { $lines[$i + 2] | Should -Match "$($table.Objects[$i].CredentialId)$" }
        }
    }

    It 'the one of <_> shows the same of objects from a file' -ForEach 'impacts', 'findings' {
        Show $tables[$_].Back 100 | Should -Be (Show $tables[$_].Objects 100)
        @($tables[$_].Back | Format-List | Out-String -Width 300) | Should -Be @($tables[$_].Objects | Format-List | Out-String -Width 300)
    }

    It 'the effect and the severity are never cut, and a count stands before the names' {
        foreach ($width in 80, 100) {
            $lines = Get-Line (Show $impacts $width)
            for ($i = 0; $i -lt $impacts.Count; $i++) { $lines[$i + 2] | Should -Match " $($impacts[$i].Effect) +$($impacts[$i].TradingAccountCount)(: | )" }
        }
    }

    It 'what is not known shows as such' {
        $faulty = Connect-Cadenza -Sandbox -Name faulty -Fault 'tradingAccount/list:ServerErrorJson' -MaximumRetryCount 0 -PassThru
        $credential = Get-CadenzaCredential -Connection $faulty | Where-Object Status -ne REVOKED | Select-Object -First 1
        $unknown = $credential | Get-CadenzaCredentialImpact -Connection $faulty -WarningAction SilentlyContinue
        Disconnect-Cadenza -Connection $faulty
        (Get-Line (Show $unknown 100))[-1] | Should -Match " Unknown +\? +$($credential.CredentialId)$"
        $unknown | Format-List | Out-String | Should -Match '(?m)^Summary\s*: trading accounts unknown: \S'
    }

    It 'the lists tell what the tables have no room for' {
        $text = $findings[0] | Format-List | Out-String -Width 300
        foreach ($line in 'Severity', 'Rule', 'CredentialId', 'Status', 'Message', 'Fix', 'TradingAccounts') { $text | Should -Match "(?m)^$line\s*: \S" }
        $text = $impacts[0] | Format-List | Out-String -Width 300
        foreach ($line in 'CredentialId', 'Effect', 'Summary', 'TradingAccounts') { $text | Should -Match "(?m)^$line\s*: \S" }
    }

    It 'what is urgent is red' {
        $PSStyle.OutputRendering = 'Ansi'
        (Show $findings[0] 100).Contains("$($PSStyle.Foreground.Red)High$($PSStyle.Reset)") | Should -BeTrue
        (Show ($impacts | Where-Object Effect -EQ MayBeRefused)[0] 100).Contains("$($PSStyle.Foreground.Red)MayBeRefused$($PSStyle.Reset)") | Should -BeTrue
        (Show ($impacts | Where-Object Effect -EQ None)[0] 100).Contains("$($PSStyle.Foreground.Green)None$($PSStyle.Reset)") | Should -BeTrue
    }
}
