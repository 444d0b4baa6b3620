# What a report and the findings can contain: changes since the last report, ages from journals, lifetimes, and the summary.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $folder = Join-Path $TestDrive 'content'
    $null = New-Item -ItemType Directory $folder
    $page, $state, $journal = 'report.html', 'state.json', 'rotation.jsonl' | ForEach-Object { Join-Path $folder $_ }
    function Reset-Content {
        Disconnect-Cadenza
        Stop-AllServers
        Get-ChildItem $folder -Force | Remove-Item -Recurse -Force
    }
    function Get-PageText { [Net.WebUtility]::HtmlDecode((Get-Content -LiteralPath $page -Raw -Encoding utf8)) }
    function Get-Section([string] $Title) { [regex]::Match((Get-PageText), "(?s)<h2[^>]*>$Title</h2>.*?</section>").Value }
}
AfterAll { Restore-TestSession }
Describe 'Export-CadenzaCredentialReport -StatePath' {
    AfterEach { Reset-Content }

    It 'lists what has changed since the last report, once' {
        Connect-Cadenza -Sandbox
        Export-CadenzaCredentialReport $page -StatePath $state -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -HaveCount 1
        Get-Section 'Since the last report' | Should -Match "This is the first report with this state file, for $([regex]::Escape((Get-CadenzaConnection).Server))"
        $revoked = Get-CadenzaCredential -Nickname 'Lending ladder' | Revoke-CadenzaCredential -Force
        $created = New-CadenzaCredential -Venue BYBIT -Nickname 'brand new' -ApiKey 'made-up-key' -ApiSecret 'made-up-secret'
        Export-CadenzaCredentialReport $page -StatePath $state -WarningVariable warned
        $warned | Should -HaveCount 0
        $section = Get-Section 'Since the last report'
        $section | Should -Match '2 changes since .*: appeared \(1\), status changed \(1\)\.'
        $section | Should -Match "Lending ladder.*Status changed.*FAILED.*REVOKED.*$($revoked.CredentialId)"
        $section | Should -Match "brand new.*Appeared.*PENDING.*$($created.CredentialId)"
        Export-CadenzaCredentialReport $page -StatePath $state
        Get-Section 'Since the last report' | Should -Match 'Nothing has changed since'
        Get-Content -Raw $state | Should -Not -Match 'made-up'
    }

    It 'uses the same file as Watch-CadenzaCredential' {
        Connect-Cadenza -Sandbox
        Watch-CadenzaCredential -Once -StatePath $state -WarningAction Ignore
        $null = Get-CadenzaCredential -Nickname 'Lending ladder' | Revoke-CadenzaCredential -Force
        Export-CadenzaCredentialReport $page -StatePath $state
        Get-Section 'Since the last report' | Should -Match '1 change since .*: status changed \(1\)\.'
        Watch-CadenzaCredential -Once -StatePath $state | Should -BeNullOrEmpty
    }

    It 'refuses <Title> before anything is sent, and keeps the file' -ForEach @(
        @{ Title = 'the state of another server'; Prepare = { Connect-Cadenza -Sandbox; Watch-CadenzaCredential -Once -StatePath $state -WarningAction Ignore }; Words = 'it belongs to the server sandbox-' }
        @{ Title = 'a damaged state'; Prepare = { Set-Content $state '{"format":' }; Words = 'damaged' }
        @{ Title = 'another file'; Prepare = { Set-Content $state 'notes' }; Words = 'another file' }
        @{ Title = 'a folder that does not exist'; Name = 'none/state.json'; Prepare = { }; Words = 'its folder does not exist' }
    ) {
        $state = Join-Path $folder ($Name ? $Name : 'state.json')
        . $Prepare
        $before = if (Test-Path $state) { Get-Content -Raw $state }
        $server = Connect-SandboxServer
        $requests = @(Get-ServerRequest $server).Count
        { Export-CadenzaCredentialReport $page -StatePath $state } | Should -Throw -ErrorId 'CadenzaStateUnusable,*' -ExpectedMessage "*$Words*"
        @(Get-ServerRequest $server).Count | Should -Be $requests
        Test-Path $page | Should -BeFalse
        $(if (Test-Path $state) { Get-Content -Raw $state }) | Should -Be $before
    }

    It 'keeps the state if <Title>' -ForEach @(
        @{ Title = 'the list is incomplete'; Fault = 'credential/list:TruncatedBody:skip=1'; IsWritten = $false }
        @{ Title = '-WhatIf is specified'; Options = @{ WhatIf = $true }; IsWritten = $false }
        @{ Title = 'the report cannot be written'; Options = @{ NoClobber = $true }; IsWritten = $true; Exists = $true }
    ) {
        $server = Connect-SandboxServer guide @(if ($Fault) { '--fault', $Fault })
        Watch-CadenzaCredential -Once -StatePath $state -WarningAction Ignore
        $before = Get-Content -Raw $state
        if ($Exists) { Set-Content $page 'old' }
        $more = if ($Options) { $Options } else { @{} }
        try { Export-CadenzaCredentialReport $page -StatePath $state @more -ErrorAction SilentlyContinue -WarningAction SilentlyContinue } catch { $null = $_ }
        Get-Content -Raw $state | Should -Be $before
        Test-Path $page | Should -Be $IsWritten
    }

    It 'does not compare a list with an element that cannot be read' {
        $rows = '{"credentialId":"a","venue":"OKX","nickname":"one","status":"VERIFIED"}'
        $null = Connect-ScriptedServer @{ Body = '{"success":true,"errno":0,"data":[' + $rows + ',7]}' }
        Export-CadenzaCredentialReport $page -StatePath $state -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue
        Get-Section 'Since the last report' | Should -Match 'The list of credentials is incomplete, so it was not compared'
        Test-Path $state | Should -BeFalse
        "$warned" | Should -Match 'Nothing was compared'
    }
}

Describe 'Export-CadenzaCredentialReport -Summary and -Open' -Tag Slow {
    AfterEach { Reset-Content }

    It 'writes a page without commands and without the table of all credentials' {
        Connect-Cadenza -Sandbox
        Export-CadenzaCredentialReport $page -Summary
        $text = Get-PageText
        $text | Should -Match '<h1>Credential summary</h1>'
        $text | Should -Not -Match '\b(Get|Test|Update|Revoke|New)-Cadenza'
        $text | Should -Not -Match 'All credentials</h2>'
        foreach ($finding in Get-CadenzaCredentialFinding -Severity High) { $text.Contains($finding.Message) | Should -BeTrue }
        foreach ($finding in Get-CadenzaCredentialFinding) { $text.Contains($finding.CredentialId) | Should -BeFalse }
    }

    It 'opens the file with the program of the system: <Title>' -Skip:($IsWindows -or $IsMacOS) -ForEach @(
        @{ Title = 'it starts'; Program = '#!/bin/sh', 'echo "$1" > "$CADENZA_TEST_OPENED"'; IsOpened = $true }
        @{ Title = 'it fails'; Program = '#!/bin/sh', 'exit 3'; Words = 'xdg-open ended with exit code 3' }
        @{ Title = 'there is none'; Words = 'this computer has no command xdg-open' }
        @{ Title = 'not with -WhatIf'; Program = '#!/bin/sh', 'echo "$1" > "$CADENZA_TEST_OPENED"'; Options = '-WhatIf' }
    ) {
        $bin, $opened, $page = 'bin', 'opened.txt', 'a b"c.html' | ForEach-Object { Join-Path $folder $_ }
        $null = New-Item -ItemType Directory $bin
        if ($Program) {
            Set-Content (Join-Path $bin xdg-open) $Program
            chmod +x (Join-Path $bin xdg-open)
        }
        # .NET looks for programs beside its own executable first, and then on the PATH.
        $script = "Import-Module '$ModulePath'; Connect-Cadenza -Sandbox; `$env:PATH = '$bin'; " +
            "Export-CadenzaCredentialReport '$page' -Open $Options -ErrorVariable failed -ErrorAction SilentlyContinue; `"errors: `$failed`"; `$failed.FullyQualifiedErrorId"
        $run = Invoke-PowerShell @('-Command', $script) @{ CADENZA_TEST_OPENED = $opened } $folder
        if ($IsOpened) { Get-Content $opened | Should -Be $page -Because $run.All } else { Test-Path $opened | Should -BeFalse }
        Test-Path -LiteralPath $page | Should -Be (-not $Options)
        if ($Words) {
            $run.All | Should -BeLike "*$Words*"
            $run.All | Should -BeLike '*CadenzaFileNotOpened,*'
        }
        else { $run.All | Should -Match 'errors: \r?\n?$' }
    }
}

Describe 'Ages and lifetimes' {
    AfterEach { Reset-Content }

    It 'counts the age from the last rotation that a journal records' {
        Connect-Cadenza -Sandbox
        $desk = Get-CadenzaCredential -Nickname 'Integration tests'
        $null = $desk | Update-CadenzaCredential -ApiKey 'made-up-key' -ApiSecret 'made-up-secret' -JournalPath $journal
        $found = @(Get-CadenzaCredentialFinding -Rule Unused -JournalPath $journal)
        ($found | Where-Object AgeSource -EQ Rotation).CredentialId | Should -Be $desk.CredentialId
        @($found | Where-Object AgeSource -EQ Change).Count | Should -Be ($found.Count - 1)
        Export-CadenzaCredentialReport $page -JournalPath (Join-Path $folder '*.jsonl')
        Get-Section 'Key age' | Should -Match 'from the last rotation that a journal records, for 1 credential; from the last change, which is not necessarily a rotation, for 20 credentials'
        (Get-PageText).Contains("<span>-JournalPath</span> '$(Join-Path $folder '*.jsonl')' |") | Should -BeTrue
    }

    It 'warns about a journal of another server, whose rotations do not count' {
        Connect-Cadenza -Sandbox
        $null = Get-CadenzaCredential -Nickname 'Integration tests' | Update-CadenzaCredential -ApiKey 'made-up-key' -ApiSecret 'made-up-secret' -JournalPath $journal
        Connect-Cadenza -Sandbox
        (Get-CadenzaCredentialFinding -JournalPath $journal -WarningVariable warned -WarningAction SilentlyContinue).AgeSource | Select-Object -Unique | Should -Be Change
        "$warned" | Should -BeLike 'The journals of -JournalPath have no rotation on *'
    }

    It 'refuses <Title> before anything is sent' -ForEach @(
        @{ Title = 'a journal that does not exist'; Name = 'none.jsonl'; Words = 'does not exist' }
        @{ Title = 'another file'; Name = 'notes.txt'; Words = 'not a journal' }
    ) {
        Set-Content (Join-Path $folder notes.txt) 'hello, this is not a journal'
        $server = Connect-SandboxServer
        $before = @(Get-ServerRequest $server).Count
        { Get-CadenzaCredentialFinding -JournalPath (Join-Path $folder $Name) } | Should -Throw -ErrorId 'CadenzaJournalUnusable,*' -ExpectedMessage "*$Words*"
        { Export-CadenzaCredentialReport $page -JournalPath (Join-Path $folder $Name) } | Should -Throw -ErrorId 'CadenzaJournalUnusable,*'
        @(Get-ServerRequest $server).Count | Should -Be $before
    }

    # The age of a credential of the sandbox grows by a day at any time of the day, so no lifetime here is an age of one.
    It 'applies -KeyLifetimeDays <Text>' -ForEach @(
        @{ Text = '90'; Value = 90; Stale = 0; Over = 5; Ends = 1 }
        @{ Text = "'90'"; Value = '90'; Stale = 0; Over = 5; Ends = 1 }
        @{ Text = 'by venue'; Value = @{ b2c2 = 118; '*' = 10000 }; Stale = 0; Over = 2; Ends = 0 }
        @{ Text = 'without other venues'; Value = @{ B2C2 = 118 }; Stale = 3; Over = 2; Ends = 0 }
    ) {
        Connect-Cadenza -Sandbox
        $found = @(Get-CadenzaCredentialFinding -KeyLifetimeDays $Value -WarningVariable warned)
        $counts = foreach ($rule in 'Stale', 'LifetimeOver', 'LifetimeEnds') { @($found | Where-Object Rule -EQ $rule).Count }
        $counts | Should -Be $Stale, $Over, $Ends
        $warned | Should -HaveCount 0
        $again = $found | Where-Object Rule -EQ LifetimeOver
        $again.Message | Should -Match '^The lifetime of the keys \(\d+ days\) ended (today|[\d,]+ days? ago)\. '
    }

    It 'has commands that find the same again' {
        Connect-Cadenza -Sandbox
        $lifetimes = @{ B2C2 = 118; '*' = 300 }
        Export-CadenzaCredentialReport $page -KeyLifetimeDays $lifetimes -LifetimeWarningDays 20
        $command = [regex]::Match((Get-PageText) -replace '</?span>', "Get-CadenzaCredentialFinding [^|]*\| Where-Object Rule -EQ 'LifetimeOver'").Value
        $found = @(& ([scriptblock]::Create($command)))
        $found.Count | Should -BeGreaterThan 1
        $found.CredentialId | Should -Be (Get-CadenzaCredentialFinding -KeyLifetimeDays $lifetimes -Rule LifetimeOver).CredentialId
    }

    It 'warns about a venue that no credential has' {
        Connect-Cadenza -Sandbox
        $null = Get-CadenzaCredentialFinding -KeyLifetimeDays @{ BINANC = 90; OKX = 60 } -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Be "-KeyLifetimeDays has the venue 'BINANC', but no credential has it."
        $null = Get-CadenzaCredential -Venue OKX | Get-CadenzaCredentialFinding -KeyLifetimeDays @{ BINANCE = 90 } -WarningVariable warned
        $warned | Should -HaveCount 0 -Because 'not all credentials are audited'
    }

    It 'refuses the lifetime <Text>' -ForEach @(
        foreach ($text in '0', '-1', '1.5', "'ninety'", '@{ OKX = 0 }', "@{ 'BIN*' = 90 }", "@{ '' = 90 }", '@{ 7 = 90 }', '@{}', '$null', "@{ OKX = '' }") { @{ Text = $text } }
    ) {
        Connect-Cadenza -Sandbox
        $value = & ([scriptblock]::Create($Text))
        { Get-CadenzaCredentialFinding -KeyLifetimeDays $value } | Should -Throw -ErrorId 'ParameterArgument*Error,*'
    }
}

Describe 'Rules' {
    AfterEach { Reset-Content }

    It 'reports two credentials with the same key' {
        Connect-Cadenza -Sandbox -Dialect EndpointPage
        $ids = 'Basis carry ETH', 'Delta-one desk 7' | ForEach-Object {
            (Get-CadenzaCredential -Nickname $_ | Update-CadenzaCredential -ApiKey 'zq81xx-made-up' -ApiSecret 'made-up-secret').CredentialId
        }
        Get-CadenzaCredentialFinding -Rule SharedKey | Should -BeNullOrEmpty -Because 'they are of different venues'
        $null = New-CadenzaCredential -Venue BYBIT -Nickname twin -ApiKey 'zq81xx-made-up' -ApiSecret 'made-up-secret'
        $found = @(Get-CadenzaCredentialFinding -Rule SharedKey)
        $found.Nickname | Should -Be 'Basis carry ETH', 'twin'
        $found[1].Message | Should -BeLike "*the same as that of $($ids[0]) (BYBIT 'Basis carry ETH').*"
        "$($found.Message)" | Should -Not -Match 'zq81'
    }

    It 'has one vocabulary: the rule names in the parameter, the class, and the report are the same' {
        Connect-Cadenza -Sandbox
        $rules = (Get-Command Get-CadenzaCredentialFinding).Parameters.Rule.Attributes.Where({ $_ -is [ValidateSet] }).ValidValues
        $rules | Should -Be ([Cadenza.Audit.FindingRule]::All)
        (Get-CadenzaCredentialFinding -Rule Failed).Health | Select-Object -Unique | Should -Be Failed
        (Get-CadenzaCredentialFinding -Rule Waiting).Health | Select-Object -Unique | Should -Be Waiting
        Export-CadenzaCredentialReport $page
        foreach ($word in [Cadenza.Client.Models.CredentialHealth]::All) { Get-Section 'Status by venue' | Should -Match "</span>$word</th>" }
    }
}

Describe 'Test-CadenzaCredential' {
    AfterEach { Reset-Content }

    It '-Quiet says which credential each Boolean is about' {
        Connect-Cadenza -Sandbox
        $desks = Get-CadenzaCredential -Venue OKX
        $answers = @($desks | Test-CadenzaCredential -Quiet)
        $answers | Should -BeOfType bool
        $answers.CredentialId | Should -Be $desks.CredentialId
        $answers | Where-Object { -not $_ } | ForEach-Object { "$($_.Venue) $($_.Nickname)" } | Should -Be 'OKX Treasury hedge'
        if (Test-CadenzaCredential $desks[0].CredentialId -Quiet) { throw 'The key is rejected.' }
        if (-not (Test-CadenzaCredential $desks[1].CredentialId -Quiet)) { throw 'The key is accepted.' }
        (Test-CadenzaCredential $desks[0].CredentialId -Quiet) -eq $false | Should -BeTrue
    }

    It 'shows the venue and the nickname that the session has listed for the id, in the <_> dialect' -ForEach 'Guide', 'EndpointPage', 'OpenApi' {
        Connect-Cadenza -Sandbox -Dialect $_
        $desks = Get-CadenzaCredential -Venue BYBIT
        $results = @($desks.CredentialId | Test-CadenzaCredential -ThrottleLimit 1)
        $results | ForEach-Object { "$($_.Venue) $($_.Nickname)" } | Should -Be @($desks | ForEach-Object { "$($_.Venue) $($_.Nickname)" })
        $results | Format-Table | Out-String | Should -Match 'Basis carry ETH\s+BYBIT'
    }
}
