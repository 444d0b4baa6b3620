# The runbooks of docs/runbooks.md: on the sandbox as they stand, and against a server whose true state is compared with their results.
# The documented commands, and what concerns the process, run in a PowerShell process of their own. The tables of cases run in a runspace.

BeforeDiscovery {
    $documented = foreach ($line in Get-Content "$PSScriptRoot/../../docs/runbooks.md") {
        if ($line -match '^pwsh -NoProfile -NonInteractive -File (\S+)( .*-Sandbox.*?)\s*# exit code (\d)') {
            @{ Line = $line; File = $Matches[1]; Arguments = $Matches[2].Trim(); Code = [int]$Matches[3] }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $runbooks = Join-Path $Root 'docs/examples/runbooks'
    $canary = 'CANARY7f3a'

    function Start-Runbook([string] $File, [string[]] $Arguments, $Server, [string] $Folder = $TestDrive) {
        Start-PowerShell (@('-File', $File) + $Arguments + @('-Module', $ModulePath)) @{} $Folder $Server -CanInterrupt
    }

    function Invoke-Runbook([string] $Name, [string[]] $Arguments, $Server) { Wait-PowerShell (Start-Runbook (Join-Path $runbooks $Name) $Arguments $Server) }

    function Invoke-RunbookInSession([string] $Name, [string[]] $Arguments, $Server) {
        Invoke-ScriptInSession (Join-Path $runbooks $Name) ($Arguments + '-Module', $ModulePath) -Server $Server
    }

    function New-File([string] $Extension = 'csv') { Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).$Extension" }

    function Get-Truth($Server) {
        $truth = @{}
        Invoke-RestMethod "$($Server.Address)/_sandbox/state" -TimeoutSec 30 -NoProxy | ForEach-Object { $_ } | ForEach-Object { $truth[$_.credentialId] = $_ }
        $truth
    }

    # A file with new keys for so many credentials that can be rotated, all of them with the canary inside.
    function New-KeyFile($Truth, [int] $Count) {
        $file = New-File
        $number = 0
        $Truth.Values | Where-Object { $_.status -ne 'REVOKED' -and -not $_.isColleagues } | Sort-Object credentialId | Select-Object -First $Count | ForEach-Object {
            $number++
            [pscustomobject]@{
                CredentialId = $_.credentialId; ApiKey = "k$canary-$number"; ApiSecret = "s$canary,`"$number"; ApiPassphrase = if ($number % 2) { "p$canary $number" }
            }
        } | Export-Csv $file
        $file
    }

    # What the account says of each row is what the server knows.
    function Assert-Account($KeyFile, $ResultFile, $Before, $After) {
        $keys = @(Import-Csv $KeyFile)
        $account = @(Import-Csv $ResultFile)
        $account.Count | Should -Be $keys.Count -Because 'every row has its account'
        for ($i = 0; $i -lt $keys.Count; $i++) {
            $id = $keys[$i].CredentialId
            $account[$i].CredentialId | Should -Be $id
            $new = Get-KeyFingerprint $keys[$i].ApiKey $keys[$i].ApiSecret $keys[$i].ApiPassphrase
            switch -CaseSensitive ($account[$i].Result) {
                'Done' { $After[$id].fingerprint | Should -Be $new -Because "row $i is Done" }
                'Unknown' { $After[$id].fingerprint | Should -BeIn $new, $Before[$id].fingerprint }
                { $_ -cin 'Rejected', 'NotSent' } { $After[$id].fingerprint | Should -Be $Before[$id].fingerprint -Because "row $i is $_" }
                default { throw "Row $i says '$_'." }
            }
        }
        $account
    }

    function Assert-NoSecret($Run, [string] $Folder = $TestDrive, [string[]] $Except) {
        $Run.All | Should -Not -Match $canary
        foreach ($file in Get-ChildItem $Folder -File | Where-Object FullName -NotIn $Except) { Get-Content -Raw $file | Should -Not -Match $canary -Because $file.Name }
    }
}
AfterAll { Restore-TestSession }

Describe 'docs/runbooks.md' -Tag Slow {
    It 'gives commands for the sandbox' { $documented.Count | Should -BeGreaterOrEqual 5 } -TestCases @{ documented = @($documented) }

    It '<Line>' -ForEach $documented {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))
        # As they stand there: paths from the repository on, and what they write goes into the current folder.
        $words = @($Arguments -split ' +' | ForEach-Object { $_.Trim("'") } | ForEach-Object { if ($_ -like 'docs/*') { Join-Path $Root $_ } else { $_ } })
        $run = Wait-PowerShell (Start-Runbook (Join-Path $Root $File) $words $null $folder)
        $run.Code | Should -Be $Code -Because $run.All
        $run.All | Should -Not -Match 'made-up-'
        Get-ChildItem $folder -File | ForEach-Object { Get-Content -Raw $_ | Should -Not -Match 'made-up-' }
    }
}

Describe 'Audit' -Tag Slow {
    AfterEach { Stop-AllServers }

    It 'finds what the cmdlet finds in the <Dialect> dialect, changes nothing, and ends with 4' -ForEach @(
        @{ Dialect = 'guide'; Failed = 4; Waiting = 2 }
        @{ Dialect = 'page'; Failed = 0; Waiting = 0 }
        @{ Dialect = 'openapi'; Failed = 4; Waiting = 2 }
    ) {
        $server = Start-SandboxServer $Dialect
        $file = New-File
        $run = Invoke-RunbookInSession Audit.ps1 @('-Path', $file, '-StaleAfterDays', '90') $server
        $run.Code | Should -Be 4 -Because $run.All
        $run.Err | Should -BeNullOrEmpty
        $findings = @(Import-Csv $file)
        @($findings | Where-Object Rule -In Failed, Expired).Count | Should -Be $Failed
        @($findings | Where-Object Rule -EQ Waiting).Count | Should -Be $Waiting
        @($findings | Where-Object Rule -EQ NoNickname).Count | Should -Be 4
        @($findings | Where-Object Rule -EQ Stale).Nickname | Sort-Object | Should -Be '', 'Lending ladder', 'OTC settlement', 'RFQ evening desk', 'Vol backtest replay'
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token
        $findings | ForEach-Object { "$($_.Rule) $($_.CredentialId) $($_.Message)" } | Should -Be @(Get-CadenzaCredentialFinding | ForEach-Object { "$($_.Rule) $($_.CredentialId) $($_.Message)" })
        Disconnect-Cadenza
        Get-ChangeCount $server | Should -Be 0
    }

    It 'ends with 0 and a file with a heading where there is nothing to find' {
        # The server gives the same answer to both lists, so the element is a credential and an account.
        $server = Start-ScriptedServer @{ Body = ConvertTo-ListBody @(@{ credentialId = 'a'; venue = 'OKX'; nickname = 'n'; status = 'VERIFIED'; createdAt = [datetimeoffset]::UtcNow.ToUnixTimeMilliseconds(); updatedAt = [datetimeoffset]::UtcNow.ToUnixTimeMilliseconds(); tradingAccountId = '1'; credentials = @('a') }) }
        $file = New-File
        $run = Invoke-RunbookInSession Audit.ps1 @('-Path', $file) $server
        $run.Code | Should -Be 0 -Because $run.All
        Get-Content $file | Should -Be '"Severity","Rule","CredentialId","Venue","Nickname","Status","Health","AgeDays","AgeSource","UpdatedAt","Server","Message"'
    }

    It 'makes a status that it does not know, and a missing time, a finding' {
        $server = Start-ScriptedServer @{ Body = ConvertTo-ListBody @(@{ credentialId = 'a'; venue = 'OKX'; nickname = 'n'; status = 'FROZEN_BY_VENUE' }) }
        $file = New-File
        $run = Invoke-RunbookInSession Audit.ps1 @('-Path', $file) $server
        (Import-Csv $file).Rule | Sort-Object | Should -Contain 'OtherStatus'
        (Import-Csv $file).Rule | Sort-Object | Should -Contain 'UnknownAge'
        $run.Code | Should -Be 4 -Because $run.All
    }

    It 'counts only findings of the severity that it is asked for, and takes its settings to the cmdlet' {
        $server = Start-SandboxServer
        $file = New-File
        $run = Invoke-RunbookInSession Audit.ps1 @('-Path', $file, '-MinimumSeverity', 'High', '-KeyLifetimeDays', '90') $server
        $run.Code | Should -Be 4 -Because $run.All
        (Import-Csv $file).Severity | Select-Object -Unique | Should -Be 'High'
        (Import-Csv $file).Rule | Select-Object -Unique | Sort-Object | Should -Be 'Failed', 'LifetimeOver', 'RevokedInUse'
    }

    It 'ends with 2 where the trading accounts cannot be read, because rules were not evaluated' {
        $server = Start-SandboxServer guide '--fault', 'tradingAccount/list:Garbage'
        $file = New-File
        $run = Invoke-RunbookInSession Audit.ps1 @('-Path', $file) $server
        $run.Code | Should -Be 2 -Because $run.All
        $run.Err | Should -Match 'incomplete'
        @(Import-Csv $file).Count | Should -BeGreaterThan 3
    }

    It 'ends with 2 where the list breaks off, and keeps what was read' {
        $server = Start-SandboxServer guide '--fault', 'credential/list:TruncatedBody'
        $file = New-File
        $run = Invoke-RunbookInSession Audit.ps1 @('-Path', $file) $server
        $run.Code | Should -Be 2
        $run.Err | Should -Match 'incomplete'
        @(Import-Csv $file).Count | Should -BeGreaterThan 3
    }

    It 'ends with 2 and says why where it <Title>' -ForEach @(
        @{ Title = 'is not connected'; Words = 'CADENZA_ACCESS_TOKEN' }
        @{ Title = 'has a wrong token'; Words = 'Unauthorized'; Token = 'wrong' }
    ) {
        $server = if ($Token) { Start-SandboxServer }
        if ($server) { $server.Token = ConvertTo-Secret $Token }
        $run = Invoke-RunbookInSession Audit.ps1 @('-Path', (New-File)) $server
        $run.Code | Should -Be 2 -Because $run.All
        $run.Err | Should -Match $Words
    }

    It 'does not take -Fault for a rehearsal without -Sandbox' {
        $server = Start-SandboxServer
        $run = Invoke-RunbookInSession Audit.ps1 @('-Path', (New-File), '-Fault', 'credential/list:Garbage') $server
        $run.Code | Should -Not -Be 0
        @(Get-ServerRequest $server).Count | Should -Be 0
    }
}

Describe 'RotationDay' -Tag Slow {
    AfterEach { Stop-AllServers }

    It 'gives an account that is true under <Fault>' -ForEach @(
        @{ Fault = 'no fault'; Dialect = 'guide'; Expected = 'Done', 'Done', 'Done', 'Done', 'Done'; Code = 0 }
        @{ Fault = 'no fault, in the dialect of the endpoint page'; Dialect = 'page'; Expected = 'Done', 'Done', 'Done', 'Done', 'Done'; Code = 0 }
        @{ Fault = 'no fault, in the OpenAPI dialect'; Dialect = 'openapi'; Expected = 'Done', 'Done', 'Done', 'Done', 'Done'; Code = 0 }
        @{ Fault = 'credential/rotate:ResetAfter:times=1'; Expected = 'Done', 'Done', 'Done', 'Done', 'Done'; Code = 0 }
        @{ Fault = 'credential/rotate:GatewayTimeoutHtml:probability=0.5' }
        @{ Fault = 'credential/rotate:ResetAfter:probability=0.5' }
        @{ Fault = 'credential/rotate:RateLimited:skip=1,times=1,retryafter=300'; Expected = 'Done', 'Rejected', 'NotSent', 'NotSent', 'NotSent'; Code = 3 }
        @{ Fault = 'credential/rotate:Accepted:completeafter=1s'; Expected = 'Done', 'Done', 'Done', 'Done', 'Done'; Code = 0 }
        # Seven lost answers are all that one row is tried for: it is unknown, until it is looked at again.
        @{ Fault = 'credential/rotate:ResetAfter:skip=2,times=7'; Expected = 'Done', 'Done', 'Done', 'Done', 'Done'; Code = 0; Rechecked = $true; Stop = 2 }
        @{ Fault = 'credential/rotate:GatewayTimeoutHtml:skip=1,after'; Expected = 'Done', 'Unknown', 'NotSent', 'NotSent', 'NotSent'; Code = 3; Rechecked = $true }
        # What would fail every further row ends it.
        @{ Fault = 'credential/rotate:Redirect:skip=1,after'; Expected = 'Done', 'Unknown', 'NotSent', 'NotSent', 'NotSent'; Code = 3; Rechecked = $true }
    ) {
        $server = Start-SandboxServer ($Dialect ?? 'guide') @(if ($Fault -like '*:*') { '--fault', $Fault })
        $before = Get-Truth $server
        $keys = New-KeyFile $before 5
        $result = New-File
        $run = Invoke-RunbookInSession RotationDay.ps1 @($keys, '-ResultPath', $result, '-MaximumFailure', ($Stop ?? 0), '-RecheckAfterSec', '0') $server
        $account = Assert-Account $keys $result $before (Get-Truth $server)
        if ($Expected) { $account.Result | Should -Be $Expected -Because $run.All }
        $run.Code | Should -Be ($Code ?? ((@($account | Where-Object Result -NE Done).Count) ? 3 : 0)) -Because $run.All
        if ($Rechecked) { $run.Out | Should -Match 'Unknown: 1 row\. Sending again' }
        Assert-NoSecret $run -Except (Get-ChildItem $TestDrive -File | Where-Object { $_.FullName -ne $result }).FullName
    }

    It 'continues with the same journal: rows that are done are not sent again' {
        # One row is tried seven times in each of two attempts.
        $server = Start-SandboxServer guide '--fault', 'credential/rotate:GatewayTimeoutHtml:skip=1,times=14'
        $before = Get-Truth $server
        $keys = New-KeyFile $before 4
        $first, $second, $journal = (New-File), (New-File), (New-File jsonl)
        $options = '-JournalPath', $journal, '-MaximumFailure', '0', '-RecheckAfterSec', '0'
        $run = Invoke-RunbookInSession RotationDay.ps1 (@($keys, '-ResultPath', $first) + $options) $server
        (Assert-Account $keys $first $before (Get-Truth $server)).Result | Should -Be 'Done', 'Unknown', 'NotSent', 'NotSent' -Because $run.All
        $run.Code | Should -Be 3
        $sent = Get-ChangeCount $server
        $run = Invoke-RunbookInSession RotationDay.ps1 (@($keys, '-ResultPath', $second) + $options) $server
        (Assert-Account $keys $second $before (Get-Truth $server)).Result | Should -Be 'Done', 'Done', 'Done', 'Done' -Because $run.All
        $run.Code | Should -Be 0 -Because $run.All
        (Get-ChangeCount $server) - $sent | Should -Be 3
        Get-Content -Raw $journal | Should -Not -Match $canary
    }

    It 'ends with 2 under -WhatIf for a file with an error' {
        $server = Start-SandboxServer
        $keys = New-KeyFile (Get-Truth $server) 3
        (Get-Content -Raw $keys) -replace 'sCANARY7f3a,""2', '' | Set-Content $keys
        $run = Invoke-RunbookInSession RotationDay.ps1 @($keys, '-WhatIf') $server
        $run.Code | Should -Be 2 -Because $run.All
        $run.Out | Should -Not -Match 'What if: '
        Get-ChangeCount $server | Should -Be 0
    }

    It 'writes no secret anywhere with -Verbose and -Debug' {
        $server = Start-SandboxServer guide '--fault', 'credential/rotate:Garbage:times=1'
        $keys = New-KeyFile (Get-Truth $server) 3
        $result = New-File
        $run = Invoke-Runbook RotationDay.ps1 @($keys, '-ResultPath', $result, '-Verbose', '-Debug') $server
        $run.Code | Should -Be 0 -Because $run.All
        $run.All | Should -Match 'credential/rotate'
        $run.All | Should -Not -Match $canary
        $run.All.Contains([Net.NetworkCredential]::new('', $server.Token).Password) | Should -BeFalse -Because 'the access token is a secret, too'
        Get-Content -Raw $result | Should -Not -Match $canary
    }

    It 'sends nothing and writes nothing with -WhatIf' {
        $server = Start-SandboxServer
        $keys = New-KeyFile (Get-Truth $server) 3
        $result = New-File
        $run = Invoke-Runbook RotationDay.ps1 @($keys, '-ResultPath', $result, '-WhatIf') $server
        $run.Code | Should -Be 0 -Because $run.All
        [regex]::Matches($run.Out, 'What if: ').Count | Should -Be 3
        Get-ChangeCount $server | Should -Be 0
        Test-Path $result | Should -BeFalse
        $run.All | Should -Not -Match $canary
    }

    It 'refuses a file <Title>, before anything is sent' -ForEach @(
        @{ Title = 'that does not exist'; Lines = $null; Words = 'not find' }
        @{ Title = 'without rows'; Lines = @('CredentialId,ApiKey,ApiSecret'); Words = 'no rows' }
        @{ Title = 'without the column ApiSecret'; Lines = @('CredentialId,ApiKey', '{0},kCANARY7f3a'); Words = 'no column ApiSecret' }
        @{ Title = 'with semicolons'; Lines = @('CredentialId;ApiKey;ApiSecret', '{0};kCANARY7f3a;sCANARY7f3a'); Words = '-Delimiter' }
        @{ Title = 'with a column too many'; Lines = @('CredentialId,ApiKey,ApiSecret,Passphrase', '{0},kCANARY7f3a,sCANARY7f3a,p'); Words = 'unexpected column' }
        @{ Title = 'with a column twice'; Lines = @('CredentialId,ApiKey,ApiSecret,apikey', '{0},kCANARY7f3a,sCANARY7f3a,p'); Words = 'more than once' }
        @{ Title = 'whose secret was cut by a comma'; Lines = @('CredentialId,ApiKey,ApiSecret', '{0},kCANARY7f3a,sCANARY7f3a,rest'); Words = 'row 1: 4 fields instead of 3' }
        @{ Title = 'with a short row'; Lines = @('CredentialId,ApiKey,ApiSecret', '{0},kCANARY7f3a'); Words = 'row 1: 2 fields instead of 3' }
        @{ Title = 'with a blank secret'; Lines = @('CredentialId,ApiKey,ApiSecret', '{0},kCANARY7f3a,'); Words = '-ApiSecret is empty' }
        @{ Title = 'with a blank id'; Lines = @('CredentialId,ApiKey,ApiSecret', ' ,kCANARY7f3a,sCANARY7f3a'); Words = 'the CredentialId is empty' }
        @{ Title = 'with white space around a secret'; Lines = @('CredentialId,ApiKey,ApiSecret', '{0},kCANARY7f3a,"sCANARY7f3a "'); Words = '-ApiSecret ends with white space' }
        @{ Title = 'with an id twice'; Lines = @('CredentialId,ApiKey,ApiSecret', '{0},kCANARY7f3a1,s', '{1},k2,s', '{0},k3,s'); Words = 'already has this credential as item 1' }
        @{ Title = 'with a key twice'; Lines = @('CredentialId,ApiKey,ApiSecret', '{0},kCANARY7f3a,s', '{1},kCANARY7f3a,s'); Words = 'the API key is the same as the one of item 1 of the input' }
        @{ Title = 'with an unknown id'; Lines = @('CredentialId,ApiKey,ApiSecret', '{0},k1,s', '00000000-dead-4bad-8bad-000000000001,kCANARY7f3a,s'); Words = 'Credential 00000000-dead' }
        @{ Title = 'with a revoked credential'; Lines = @('CredentialId,ApiKey,ApiSecret', '{2},kCANARY7f3a,s'); Words = 'it is revoked' }
        @{ Title = 'with an id in the wrong row'; Lines = @('CredentialId,Nickname,ApiKey,ApiSecret', '{0},Another desk,kCANARY7f3a,s'); Words = 'instead of ''Another desk''' }
        @{ Title = 'where the last row of three is wrong'; Lines = @('CredentialId,ApiKey,ApiSecret', '{0},k1,s', '{1},k2,s', '{3},,sCANARY7f3a'); Words = '-ApiKey is empty' }
    ) {
        $server = Start-SandboxServer
        $truth = Get-Truth $server
        $usable = @($truth.Values | Where-Object { $_.status -ne 'REVOKED' -and -not $_.isColleagues -and $_.venue -in 'BINANCE', 'BYBIT', 'DERIBIT' } | Sort-Object credentialId)
        $gone = @($truth.Values | Where-Object status -EQ REVOKED)[0]
        $file, $result = (New-File), (New-File)
        if ($Lines) { $Lines | ForEach-Object { $_ -f $usable[0].credentialId, $usable[1].credentialId, $gone.credentialId, $usable[2].credentialId } | Set-Content $file }
        $run = Invoke-RunbookInSession RotationDay.ps1 @($file, '-ResultPath', $result) $server
        $run.Code | Should -Be 2 -Because $run.All
        # The console breaks long lines.
        ($run.Err -replace '\s*\r?\n\s*\|?\s*', ' ') | Should -Match ([regex]::Escape($Words))
        Get-ChangeCount $server | Should -Be 0
        Test-Path $result | Should -BeFalse
        $run.All | Should -Not -Match $canary
    }

    It 'never writes over an older account, and sends nothing then' {
        $server = Start-SandboxServer
        $result = New-File
        Set-Content $result 'yesterday'
        $run = Invoke-Runbook RotationDay.ps1 @((New-KeyFile (Get-Truth $server) 2), '-ResultPath', $result) $server
        $run.Code | Should -Be 2
        Get-Content $result | Should -Be 'yesterday'
        Get-ChangeCount $server | Should -Be 0
    }

    It 'leaves a true account when Ctrl+C ends it' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows has no signal that stands for Ctrl+C. Run it on Linux or macOS.'; return }
        $server = Start-SandboxServer guide '--fault', 'credential/rotate:NeverAnswer:skip=1'
        $before = Get-Truth $server
        $keys = New-KeyFile $before 4
        $result = New-File
        $running = Start-Runbook (Join-Path $runbooks RotationDay.ps1) @($keys, '-ResultPath', $result) $server
        for ($i = 0; $i -lt 300 -and (Get-ChangeCount $server) -lt 2; $i++) { Start-Sleep -Milliseconds 100 }
        /bin/kill -INT $running.Process.Id
        $run = Wait-PowerShell $running
        $run.Code | Should -Not -Be 0
        (Assert-Account $keys $result $before (Get-Truth $server)).Result | Should -Be 'Done', 'Unknown', 'NotSent', 'NotSent'
    }
}

Describe 'RevokeVenue' -Tag Slow {
    AfterEach { Stop-AllServers }

    It 'gives an account that is true under <Fault>' -ForEach @(
        @{ Fault = 'no fault, and one in use'; Venue = 'BINANCE'; Code = 3 }
        @{ Fault = 'no fault, in the dialect of the endpoint page'; Dialect = 'page'; Venue = 'BYBIT'; Code = 0 }
        @{ Fault = 'no fault, in the OpenAPI dialect'; Dialect = 'openapi'; Venue = 'BYBIT'; Code = 0 }
        @{ Fault = 'no fault, and one of another user'; Venue = 'COINBASE'; Code = 3 }
        @{ Fault = 'credential/revoke:ResetAfter:times=1'; Venue = 'BYBIT'; Code = 0 }
        @{ Fault = 'credential/revoke:ResetAfter'; Venue = 'BITFINEX'; Code = 0 }
        @{ Fault = 'credential/revoke:GatewayTimeoutHtml:probability=0.5'; Venue = 'OKX' }
        @{ Fault = 'credential/revoke:GatewayTimeoutHtml:skip=1'; Venue = 'BYBIT'; Code = 3 }
        @{ Fault = 'credential/revoke:Accepted:completeafter=1s'; Venue = 'BYBIT'; Code = 0 }
        @{ Fault = 'credential/revoke:Redirect:after'; Venue = 'OKX'; Code = 3 }
    ) {
        $server = Start-SandboxServer ($Dialect ?? 'guide') @(if ($Fault -like '*:*') { '--fault', $Fault })
        $before = Get-Truth $server
        $targets = @($before.Values | Where-Object { $_.venue -eq $Venue -and $_.status -ne 'REVOKED' })
        $result = New-File
        $run = Invoke-RunbookInSession RevokeVenue.ps1 @($Venue, '-Confirm:$false', '-ResultPath', $result) $server
        $after = Get-Truth $server
        $account = @(Import-Csv $result)
        $account.CredentialId | Sort-Object | Should -Be ($targets.credentialId | Sort-Object)
        foreach ($entry in $account) {
            $isRevoked = $after[$entry.CredentialId].status -eq 'REVOKED'
            switch -CaseSensitive ($entry.Result) {
                'Done' { $isRevoked | Should -BeTrue }
                { $_ -cin 'Rejected', 'NotSent' } { $isRevoked | Should -BeFalse }
                'Unknown' { }
                default { throw "It says '$_'." }
            }
            $entry.StatusAfter -eq 'REVOKED' | Should -Be $isRevoked
            $run.Out | Should -Match "$($entry.CredentialId)\): Delete"
        }
        # Nothing but the venue was touched.
        foreach ($other in $before.Values | Where-Object venue -NE $Venue) { $after[$other.credentialId].status | Should -Be $other.status }
        $isAll = @($account | Where-Object Result -NE Done).Count -eq 0
        $run.Code | Should -Be ($isAll ? 0 : 3) -Because $run.All
        if ($null -ne $Code) { $run.Code | Should -Be $Code -Because $run.All }
    }

    It 'refuses in a session that cannot prompt, shows the list, and sends nothing' {
        $server = Start-SandboxServer
        $result = New-File
        $run = Invoke-Runbook RevokeVenue.ps1 @('BINANCE', '-ResultPath', $result) $server
        $run.Code | Should -Be 2
        $run.Out | Should -Match "VERIFIED [0-9a-f-]{36} \(BINANCE 'Delta-one desk 7'\)"
        $run.Err | Should -Match 'Nothing was sent'
        $run.Err | Should -Match '-Confirm:\$false'
        Get-ChangeCount $server | Should -Be 0
        Test-Path $result | Should -BeFalse
    }

    It '<Title> sends nothing' -ForEach @(
        @{ Title = '-WhatIf'; Arguments = @('BINANCE', '-WhatIf'); Code = 0 }
        @{ Title = '-WhatIf with -Confirm:$false'; Arguments = @('BINANCE', '-WhatIf', '-Confirm:$false'); Code = 0 }
        @{ Title = 'a venue that is not there'; Arguments = @('BINANC', '-Confirm:$false'); Code = 2 }
        @{ Title = 'a wildcard'; Arguments = @('*', '-Confirm:$false'); Code = 1 }
        @{ Title = 'a result file that cannot be written'; Arguments = @('BINANCE', '-Confirm:$false', '-ResultPath', '/no/such/folder/x.csv'); Code = 2 }
    ) {
        $server = Start-SandboxServer
        $run = Invoke-RunbookInSession RevokeVenue.ps1 $Arguments $server
        $run.Code | Should -Be $Code -Because $run.All
        Get-ChangeCount $server | Should -Be 0
        if ($Arguments -contains '-WhatIf') { [regex]::Matches($run.Out, 'What if: ').Count | Should -Be 3 }
    }

    It 'leaves what another environment calls by a similar name alone' {
        $server = Start-SandboxServer
        $run = Invoke-Runbook RevokeVenue.ps1 @('binance', '-Confirm:$false', '-ResultPath', (New-File)) $server
        $run.Out | Should -Match 'Done 2, Rejected 1' -Because $run.All
        @((Get-Truth $server).Values | Where-Object { $_.venue -eq 'BINANCE_UAT' -and $_.status -eq 'REVOKED' }).Count | Should -Be 0
    }
}

Describe 'The code in docs/comparison.md' -Tag Slow {
    BeforeAll {
        $blocks = [regex]::Matches((Get-Content -Raw "$Root/docs/comparison.md"), '(?s)```powershell\r?\n(.*?)```') | ForEach-Object { $_.Groups[1].Value }
        $ours = $blocks | Where-Object { $_ -match 'Revoke-CadenzaCredential' }
        $plain = $blocks | Where-Object { $_ -match 'credential/revoke' }
    }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'has as many lines as it says, and does the same (<Fault>)' -ForEach @(
        @{ Fault = 'no fault' }, @{ Fault = 'credential/revoke:ResetAfter:times=1' }
    ) {
        @($plain -split '\r?\n' | Where-Object { $_.Trim() }).Count | Should -Be 23
        $ends = foreach ($code in $ours, $plain) {
            $server = Start-SandboxServer guide @(if ($Fault -like '*:*') { '--fault', $Fault })
            $address, $token = $server.Address, [Net.NetworkCredential]::new('', $server.Token).Password
            $out = @(& ([scriptblock]::Create($code)))
            $out | Should -HaveCount 2
            @($out | Where-Object { $_.PSObject.Properties['Result'] } | Where-Object Result -NE revoked) | Should -HaveCount 0
            (Get-ServerState $server | Where-Object { $_ -match ' REVOKED ' } | ForEach-Object { ($_ -split ' ')[0] } | Sort-Object) -join ' '
        }
        $ends[0] | Should -Be $ends[1]
    }
}
