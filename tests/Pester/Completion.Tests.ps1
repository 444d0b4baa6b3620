# What Tab offers: known words, and what this session has listed. Asked of PowerShell as a console asks it.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    function Get-Completion([string] $Line, [int] $Cursor = $Line.Length) {
        [Management.Automation.CommandCompletion]::CompleteInput($Line, $Cursor, $null).CompletionMatches
    }

    # The line as it stands once the only completion is taken.
    function Complete([string] $Line, [int] $Cursor = $Line.Length) {
        $found = [Management.Automation.CommandCompletion]::CompleteInput($Line, $Cursor, $null)
        $found.CompletionMatches | Should -HaveCount 1 -Because "'$Line' has one completion"
        $Line.Remove($found.ReplacementIndex, $found.ReplacementLength).Insert($found.ReplacementIndex, $found.CompletionMatches[0].CompletionText)
    }
}
AfterAll { Restore-TestSession }

Describe 'Completion from known words' {
    BeforeAll { Connect-Cadenza -Sandbox }

    It '<Line> offers <Expected>' -ForEach @(
        @{ Line = 'Get-CadenzaCredential -Status '; Expected = 'ACTIVE', 'CREATED', 'ERROR', 'EXPIRED', 'FAILED', 'INACTIVE', 'PENDING', 'REVOKED', 'UNKNOWN', 'VALIDATED', 'VERIFIED' }
        @{ Line = 'Get-CadenzaCredential -Status re'; Expected = 'REVOKED' }
        @{ Line = 'Get-CadenzaCredential -Health '; Expected = 'Failed', 'Other', 'Revoked', 'Waiting', 'Working' }
        @{ Line = 'Get-CadenzaCredential -Status FAILED, pen'; Expected = 'PENDING' }
        @{ Line = 'Get-CadenzaCredential -Venue okx'; Expected = 'OKX', 'OKX_UAT' }
        @{ Line = 'Get-CadenzaCredential -Venue BINANCE'; Expected = 'BINANCE', 'BINANCE_SANDBOX', 'BINANCE_UAT' }
        @{ Line = 'Get-CadenzaCredential -CredentialType '; Expected = 'API_KEY', 'BROKER', 'ED25519', 'EXCHANGE', 'HMAC', 'OAUTH', 'RSA', 'TOKEN' }
        @{ Line = 'Watch-CadenzaCredential -Health W'; Expected = 'Waiting', 'Working' }
        @{ Line = 'Watch-CadenzaCredential -Status re'; Expected = 'REVOKED' }
        @{ Line = 'New-CadenzaCredential -Venue DER'; Expected = 'DERIBIT', 'DERIBIT_UAT' }
        @{ Line = 'New-CadenzaCredential IBK'; Expected = 'IBKR', 'IBKR_PAPER', 'IBKR_UAT' }
        @{ Line = 'New-CadenzaCredential -CredentialType H'; Expected = 'HMAC' }
        @{ Line = 'Get-CadenzaCredentialFinding -Rule '; Expected = 'Expired', 'Failed', 'LifetimeEnds', 'LifetimeOver', 'NoNickname', 'OtherStatus', 'RevokedInUse', 'SharedKey', 'Stale', 'UnknownAge', 'Unused', 'Waiting' }
        @{ Line = 'Get-CadenzaCredentialFinding -Severity High, m'; Expected = 'Medium' }
        @{ Line = 'Get-CadenzaCredentialFinding -MinimumSeverity '; Expected = 'High', 'Low', 'Medium' }
        @{ Line = 'Connect-Cadenza -Environment '; Expected = 'Uat', 'Production' }
        @{ Line = 'Connect-Cadenza -Environment pro'; Expected = 'Production' }
        @{ Line = 'Connect-Cadenza -Sandbox -Fault credential/r'; Expected = "'credential/rotate:'", "'credential/revoke:'" }
        @{ Line = 'Connect-Cadenza -Sandbox -Fault *:Delay, au'; Expected = "'auth/*:'", "'auth/login:'", "'auth/token/refresh:'", "'auth/logout:'", "'auth/user:'" }
        @{ Line = 'Connect-Cadenza -Sandbox -Fault credential/revoke:reset'; Expected = "'credential/revoke:ResetAfter'", "'credential/revoke:ResetBefore'" }
        @{ Line = "Connect-Cadenza -Sandbox -Fault 'credential/*:Accepted:comp"; Expected = "'credential/*:Accepted:completeafter='" }
        @{ Line = "Connect-Cadenza -Sandbox -Fault 'credential/*:Delay:times=1,after,s"; Expected = @('skip', 'status', 'size' | ForEach-Object { "'credential/*:Delay:times=1,after,$_='" }) }
    ) {
        (Get-Completion $Line).CompletionText | Should -Be $Expected
    }

    It 'Where-Object: <Line> offers <Expected>' -ForEach @(
        @{ Line = 'Get-CadenzaCredential | Where-Object Status -eq F'; Expected = 'FAILED' }
        @{ Line = 'Get-CadenzaCredential | Where-Object Health -eq '; Expected = 'Failed', 'Other', 'Revoked', 'Waiting', 'Working' }
        @{ Line = 'Get-CadenzaCredential -Venue OKX | Sort-Object Nickname | ? health -ne w'; Expected = 'Waiting', 'Working' }
        @{ Line = 'Get-CadenzaCredential | Where-Object Status -in ver'; Expected = 'VERIFIED' }
        @{ Line = 'Get-CadenzaCredential | Where-Object -Property Venue -EQ -Value der'; Expected = 'DERIBIT', 'DERIBIT_UAT' }
        @{ Line = 'Watch-CadenzaCredential -Once | Where-Object Event -eq '; Expected = 'Appeared', 'Disappeared', 'KeysRotated', 'Renamed', 'StatusChanged' }
        @{ Line = 'Get-CadenzaCredentialFinding | Where-Object Rule -eq L'; Expected = 'LifetimeEnds', 'LifetimeOver' }
        @{ Line = 'Get-CadenzaCredentialFinding | Where-Object Severity -eq '; Expected = 'High', 'Low', 'Medium' }
        @{ Line = 'Get-CadenzaCredentialFinding | Where-Object AgeSource -eq c'; Expected = 'Change', 'Creation' }
        @{ Line = 'Get-CadenzaJournal j.jsonl -Latest | Where-Object Event -eq '; Expected = 'Accepted', 'Applied', 'Intent', 'NotSent', 'Rejected', 'Unknown' }
        @{ Line = 'Get-CadenzaCredential | Test-CadenzaCredential | Where-Object Status -eq rev'; Expected = 'REVOKED' }
        @{ Line = 'Test-CadenzaCredential a | Where-Object Answer -eq n'; Expected = 'NotApplicable', 'NotYetKnown' }
        @{ Line = 'Get-CadenzaCredential | Test-CadenzaCredential | Where-Object Answer -eq a'; Expected = 'Accepted' }
        @{ Line = 'Get-CadenzaCredential | Get-CadenzaCredentialImpact | Where-Object Effect -eq '; Expected = 'Disconnects', 'MayBeRefused', 'None', 'Revoked', 'Unknown' }
        @{ Line = 'Get-Process | Where-Object PriorityClass -eq N'; Expected = 'Normal' }
    ) {
        (Get-Completion $Line).CompletionText | Sort-Object | Should -Be $Expected
    }

    It 'Where-Object looks only at the commands before it' {
        $line = 'Get-CadenzaCredentialFinding | Where-Object Rule -eq Unus | Revoke-CadenzaCredential'
        (Get-Completion $line $line.IndexOf(' | Revoke')).CompletionText | Should -Be 'Unused'
    }

    It 'Where-Object offers nothing of ours for the objects of other commands: <_>' -ForEach @(
        'Get-Service | Where-Object Status -eq F', 'Get-ChildItem | Where-Object Venue -eq O', 'Get-CadenzaCredential | Where-Object Note -eq F'
    ) {
        (Get-Completion $_).CompletionText | Where-Object { $_ -in 'FAILED', 'OKX', 'OKX_UAT' } | Should -BeNullOrEmpty
    }

    It '-Fault offers every kind, and no file name' {
        @(Get-Completion 'Connect-Cadenza -Sandbox -Fault *:').CompletionText | Should -Be @([enum]::GetNames([Cadenza.Sandbox.SandboxFaultKind]) | Sort-Object -CaseSensitive | ForEach-Object { "'*:$_'" })
        foreach ($word in 'nothing', 'credential/revoke:nothing', "'*:Delay:nothing") { Get-Completion "Connect-Cadenza -Sandbox -Fault $word" | Should -BeNullOrEmpty }
    }

    It 'what -Fault offers is accepted' {
        foreach ($endpoint in (Get-Completion 'Connect-Cadenza -Sandbox -Fault ').CompletionText) {
            { [Cadenza.Sandbox.SandboxFaultRule]::Parse($endpoint.Trim("'") + 'Delay') } | Should -Not -Throw
        }
    }

    It 'an unknown value is accepted' {
        { Get-CadenzaCredential -Status NEVER_SEEN -Venue NOWHERE -CredentialType NONE -ErrorAction Stop -WarningAction SilentlyContinue } | Should -Not -Throw
    }

    It '-CredentialId and -Nickname offer nothing before a listing' {
        Get-Completion 'Revoke-CadenzaCredential -CredentialId ' | Should -BeNullOrEmpty
        Get-Completion 'Get-CadenzaCredential -Nickname ' | Should -BeNullOrEmpty
    }
}

Describe 'Completion from what was listed' {
    BeforeAll {
        $rows = @(
            @{ credentialId = '11111111-aaaa-4aaa-8aaa-000000000001'; nickname = "O'Brien desk"; venue = 'OKX'; status = 'VERIFIED'; credentialType = 'EXCHANGE' }
            @{ credentialId = '11111111-aaaa-4aaa-8aaa-000000000002'; nickname = 'plain'; venue = 'NEWVENUE'; status = 'FROZEN SOLID'; credentialType = 'QUANTUM' }
            @{ credentialId = '33333333-aaaa-4aaa-8aaa-000000000003'; nickname = 'desk [7] *'; venue = 'OKX'; status = 'VERIFIED' }
            @{ credentialId = '44444444-aaaa-4aaa-8aaa-000000000004'; nickname = 'cash $5 "now" `n'; venue = 'OKX'; status = 'VERIFIED' }
            @{ credentialId = '55555555-aaaa-4aaa-8aaa-000000000005'; nickname = "curly $([char]0x2019)quote"; venue = 'OKX'; status = 'VERIFIED' }
            @{ credentialId = '66666666-aaaa-4aaa-8aaa-000000000006'; nickname = '007'; venue = 'OKX'; status = 'VERIFIED' }
            @{ credentialId = '77777777-aaaa-4aaa-8aaa-000000000007'; nickname = $null; venue = 'BYBIT'; status = $null }
            @{ credentialId = 'odd@id+x'; nickname = 'plain'; venue = 'BYBIT'; status = 'FAILED' }
            @{ credentialId = '88888888-aaaa-4aaa-8aaa-000000000008'; nickname = "red`e[31m alert"; venue = 'OKX'; status = "BAD`a" }
        )
        $server = Connect-ScriptedServer @{ Body = ConvertTo-ListBody $rows }
        $listed = @(Get-CadenzaCredential)
        $sent = $server.Scripted.Requests.Count
    }
    AfterAll { Disconnect-Cadenza; Stop-AllServers }

    It '<Name> -CredentialId offers every id, with venue, nickname and status to read' -ForEach @(
        @{ Name = 'Get-CadenzaCredential' }, @{ Name = 'Revoke-CadenzaCredential' }, @{ Name = 'Update-CadenzaCredential' }, @{ Name = 'Test-CadenzaCredential' },
        @{ Name = 'Get-CadenzaCredentialImpact' }, @{ Name = 'Get-CadenzaCredentialFinding' }
    ) {
        $found = Get-Completion "$Name -CredentialId "
        $found | Should -HaveCount $listed.Count
        $found[1].CompletionText | Should -Be '11111111-aaaa-4aaa-8aaa-000000000002'
        $found[1].ListItemText | Should -Be 'plain, NEWVENUE, FROZEN SOLID'
        $found[1].ToolTip | Should -Be "11111111-aaaa-4aaa-8aaa-000000000002 (NEWVENUE 'plain'): FROZEN SOLID"
        $found[6].ListItemText | Should -Be '77777777-aaaa-4aaa-8aaa-000000000007, BYBIT'
    }

    It 'an id is offered also by position, by the alias and in a list' {
        Complete 'Revoke-CadenzaCredential 33' | Should -Be 'Revoke-CadenzaCredential 33333333-aaaa-4aaa-8aaa-000000000003'
        Complete 'Revoke-CadenzaCredential -Id 33' | Should -Be 'Revoke-CadenzaCredential -Id 33333333-aaaa-4aaa-8aaa-000000000003'
        Complete 'Get-CadenzaCredential x, 33' | Should -Be 'Get-CadenzaCredential x, 33333333-aaaa-4aaa-8aaa-000000000003'
        Complete "Revoke-CadenzaCredential '33" | Should -Be "Revoke-CadenzaCredential '33333333-aaaa-4aaa-8aaa-000000000003'"
    }

    It 'an id that PowerShell would take apart is quoted' {
        Complete 'Revoke-CadenzaCredential odd' | Should -Be "Revoke-CadenzaCredential 'odd@id+x'"
    }

    It 'a nickname typed for an id gives the id' {
        Complete 'Revoke-CadenzaCredential cash' | Should -Be 'Revoke-CadenzaCredential 44444444-aaaa-4aaa-8aaa-000000000004'
    }

    It 'the nickname <Nickname> is written so that the cmdlet understands it' -ForEach @(
        @{ Nickname = "O'Brien desk"; Typed = "O" }
        @{ Nickname = "O'Brien desk"; Typed = "'O" }
        @{ Nickname = "O'Brien desk"; Typed = "'O''Br" }
        @{ Nickname = "O'Brien desk"; Typed = "`"O'Br" }
        @{ Nickname = 'desk [7] *'; Typed = 'desk' }
        @{ Nickname = 'desk [7] *'; Typed = "'desk [7" }
        @{ Nickname = 'cash $5 "now" `n'; Typed = 'cas' }
        @{ Nickname = 'cash $5 "now" `n'; Typed = '"cash `$5' }
        @{ Nickname = "curly $([char]0x2019)quote"; Typed = 'cur' }
        @{ Nickname = '007'; Typed = '0' }
    ) {
        $line = Complete "Get-CadenzaCredential -Nickname $Typed"
        (& ([scriptblock]::Create($line))).Nickname | Should -BeExactly $Nickname
    }

    It 'a nickname is completed also within a line, and once for all who have it' {
        $line = "Get-CadenzaCredential -Nickname 'O''B' -Status x"
        Complete $line $line.IndexOf(' -Status') | Should -Be "Get-CadenzaCredential -Nickname 'O''Brien desk' -Status x"
        $found = @(Get-Completion 'Get-CadenzaCredential -Nickname pla')
        $found.CompletionText | Should -Be 'plain'
        $found[0].ToolTip | Should -BeLike "*NEWVENUE 'plain'*BYBIT 'plain'*"
    }

    It 'wildcards in what was typed are literals' -ForEach @(
        @{ Line = 'Get-CadenzaCredential -Nickname *' }
        @{ Line = 'Get-CadenzaCredential -Nickname [a-z]' }
        @{ Line = 'Revoke-CadenzaCredential 3*' }
        @{ Line = 'Get-CadenzaCredential -Venue ?' }
    ) {
        Get-Completion $Line | Should -BeNullOrEmpty
    }

    It 'words that only this server uses are offered first' {
        @((Get-Completion 'Get-CadenzaCredential -Venue ').CompletionText)[0..2] | Should -Be 'BYBIT', 'NEWVENUE', 'OKX'
        Complete 'Get-CadenzaCredential -Status fro' | Should -Be "Get-CadenzaCredential -Status 'FROZEN SOLID'"
        Complete 'New-CadenzaCredential -CredentialType QU' | Should -Be 'New-CadenzaCredential -CredentialType QUANTUM'
    }

    It 'nothing that is offered holds a control character' {
        foreach ($line in 'Revoke-CadenzaCredential ', 'Get-CadenzaCredential -Nickname ', 'Get-CadenzaCredential -Status ') {
            foreach ($match in Get-Completion $line) { "$($match.CompletionText)$($match.ListItemText)$($match.ToolTip)" | Should -Not -Match '[\x00-\x1f\x7f-\x9f]' }
        }
    }

    It 'no completion asks the server' {
        $server.Scripted.Requests.Count | Should -BeGreaterOrEqual $sent
        $before = $server.Scripted.Requests.Count
        foreach ($line in 'Revoke-CadenzaCredential ', 'Get-CadenzaCredential -Nickname ', 'Get-CadenzaCredential -Venue ') { $null = Get-Completion $line }
        $server.Scripted.Requests.Count | Should -Be $before
    }
}

Describe 'What completion remembers' {
    AfterEach { Disconnect-Cadenza }

    It 'also what a change brought' {
        Connect-Cadenza -Sandbox
        $id = (Get-CadenzaCredential -Nickname 'Integration tests').CredentialId
        $null = Revoke-CadenzaCredential $id -Force
        (Get-Completion "Revoke-CadenzaCredential $id").ListItemText | Should -Be 'Integration tests, BINANCE_UAT, REVOKED'
    }

    It 'is gone after <Title>' -ForEach @(
        @{ Title = 'Disconnect-Cadenza'; Script = { Disconnect-Cadenza } }
        @{ Title = 'another Connect-Cadenza'; Script = { Connect-Cadenza -Sandbox } }
        @{ Title = 'a Connect-Cadenza that failed'; Script = { try { Connect-Cadenza -BaseUri (Get-DeadAddress) -AccessToken (ConvertTo-Secret x) -MaximumRetryCount 0 } catch { $null = $_ } } }
    ) {
        Connect-Cadenza -Sandbox
        $null = Get-CadenzaCredential
        Get-Completion 'Revoke-CadenzaCredential ' | Should -HaveCount 24
        & $Script
        Get-Completion 'Revoke-CadenzaCredential ' | Should -BeNullOrEmpty
    }

    It 'belongs to the runspace' {
        Connect-Cadenza -Sandbox
        $null = Get-CadenzaCredential
        $result = Invoke-InSession { (TabExpansion2 'Revoke-CadenzaCredential ' 25).CompletionMatches.Count }
        $result.Output | Should -Be 0
    }

    It 'is the first 1,000 of a command' {
        Connect-Cadenza -Sandbox -CredentialCount 1500
        $all = @(Get-CadenzaCredential)
        $found = Get-Completion 'Revoke-CadenzaCredential '
        $found | Should -HaveCount 1000
        $found[-1].CompletionText | Should -Be $all[999].CredentialId
    }
}
