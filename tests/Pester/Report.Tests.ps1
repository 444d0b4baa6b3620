# The audit: Get-CadenzaCredentialFinding, and the page that Export-CadenzaCredentialReport writes.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $elementIds = { param($items) @($items | ForEach-Object CredentialId) }
    $folder = Join-Path $TestDrive 'reports'
    $null = New-Item -ItemType Directory $folder
    $page = Join-Path $folder 'report.html'
    $accounts = @{ Body = '{"success":true,"errno":0,"data":[{"tradingAccountId":"1","nickname":"Main","credentials":["a"]}]}' }
    $broken = @{ Status = '500 Oops'; Body = '{"success":false,"errno":-22000,"error":"not today","data":null}' }
    $rows = '{"credentialId":"a","venue":"OKX","nickname":"one","status":"FAILED"},7,{"credentialId":"b","venue":"OKX","nickname":"two","status":"VERIFIED"}'
    $list = @{ Body = '{"success":true,"errno":0,"data":[' + $rows + ']}' }

    # A server that tells the two lists apart, which a script of answers in turn does not: both are asked for at once.
    function Connect-FleetServer([hashtable] $Credentials, [hashtable] $Accounts) {
        $answers = [hashtable]::Synchronized(@{ credentials = $Credentials; accounts = $Accounts })
        $listener = [Net.HttpListener]::new()
        $address = Get-DeadAddress
        $listener.Prefixes.Add("$address/")
        $listener.Start()
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
            param($listener, $answers)
            while ($listener.IsListening) {
                try { $context = $listener.GetContext() } catch { return }
                $answer = if ($context.Request.Url.AbsolutePath -like '*tradingAccount/list') { $answers.accounts } else { $answers.credentials }
                $bytes = [Text.Encoding]::UTF8.GetBytes([string]$answer.Body)
                try {
                    $context.Response.StatusCode = if ($answer.Status) { [int]$answer.Status.Split(' ')[0] } else { 200 }
                    $context.Response.ContentType = 'application/json'
                    $context.Response.ContentLength64 = $bytes.Length
                    if ($answer.ContainsKey('Delivered')) {
                        $context.Response.OutputStream.Write($bytes, 0, $answer.Delivered)
                        $context.Response.OutputStream.Flush()
                        $context.Response.Abort()
                    }
                    else { $context.Response.Close($bytes, $true) }
                }
                catch { $null = $_ }
            }
        }).AddArgument($listener).AddArgument($answers)
        $fleetServers.Add(@{ Listener = $listener; Shell = $shell; Running = $shell.BeginInvoke() })
        Connect-Cadenza -BaseUri $address -AccessToken (ConvertTo-Secret 'fleet-token') -SkipCheck -MaximumRetryCount 0
    }
    $fleetServers = [Collections.Generic.List[object]]::new()

    function Reset-Fleet {
        Disconnect-Cadenza
        Stop-AllServers
        foreach ($server in $fleetServers) { $server.Listener.Stop(); $null = $server.Running.AsyncWaitHandle.WaitOne(10000); $server.Shell.Dispose() }
        $fleetServers.Clear()
        Get-ChildItem $folder -Force -File | ForEach-Object { $_.IsReadOnly = $false }
        Get-ChildItem $folder -Force | Remove-Item -Recurse -Force
    }

    function Get-Page { Get-Content -LiteralPath $page -Raw -Encoding utf8 }
}
AfterAll { Restore-TestSession }

Describe 'Get-CadenzaCredentialFinding' {
    AfterEach { Reset-Fleet }

    It 'finds what there is in the sandbox, the gravest first' {
        Connect-Cadenza -Sandbox
        $findings = @(Get-CadenzaCredentialFinding)
        $findings | Should -BeOfType Cadenza.Audit.CredentialFinding
        $order = @{ High = 0; Medium = 1; Low = 2 }
        @($findings | ForEach-Object { $order["$($_.Severity)"] }) | Should -Be @($findings | ForEach-Object { $order["$($_.Severity)"] } | Sort-Object)
        @($findings.Rule | Sort-Object -Unique) | Should -Be 'Failed', 'NoNickname', 'RevokedInUse', 'Stale', 'Unused', 'Waiting'
        @(& $elementIds ($findings | Where-Object Rule -EQ Failed) | Sort-Object) | Should -Be @(& $elementIds (Get-CadenzaCredential -Status FAILED) | Sort-Object)
    }

    It '-Rule and -Severity choose, and combine' {
        Connect-Cadenza -Sandbox
        @((Get-CadenzaCredentialFinding -Rule unused, Stale).Rule | Sort-Object -Unique) | Should -Be 'Stale', 'Unused'
        @((Get-CadenzaCredentialFinding -Severity high).Severity | Sort-Object -Unique) | Should -Be 'High'
        Get-CadenzaCredentialFinding -Severity Low -Rule Failed | Should -BeNullOrEmpty
        { Get-CadenzaCredentialFinding -Rule Unusde } | Should -Throw
        { Get-CadenzaCredentialFinding -Severity h } | Should -Throw
    }

    It '-StaleAfterDays says what is stale' {
        Connect-Cadenza -Sandbox
        $old = @(Get-CadenzaCredential | Where-Object { $_.Status -ne 'REVOKED' -and $_.UpdatedAt -lt [datetimeoffset]::UtcNow.AddDays(-30) })
        @(& $elementIds (Get-CadenzaCredentialFinding -Rule Stale -StaleAfterDays 30) | Sort-Object) | Should -Be @(& $elementIds $old | Sort-Object)
        Get-CadenzaCredentialFinding -Rule Stale -StaleAfterDays ([int]::MaxValue) | Should -BeNullOrEmpty
        { Get-CadenzaCredentialFinding -StaleAfterDays 0 } | Should -Throw
    }

    It 'takes <Title>' -ForEach @(
        @{ Title = 'credentials of the pipeline as they are'; Script = { $okx | Get-CadenzaCredentialFinding }; Lists = 1 }
        @{ Title = 'ids of the pipeline'; Script = { & $elementIds $okx | Get-CadenzaCredentialFinding }; Lists = 2 }
        @{ Title = 'rows of a CSV file'; Script = { $okx | ConvertTo-Csv | ConvertFrom-Csv | Get-CadenzaCredentialFinding }; Lists = 2 }
        @{ Title = '-CredentialId'; Script = { Get-CadenzaCredentialFinding -CredentialId (& $elementIds $okx) }; Lists = 2 }
        @{ Title = 'the same one twice, once'; Script = { $okx + $okx | Get-CadenzaCredentialFinding }; Lists = 1 }
    ) {
        $server = Connect-SandboxServer
        $okx = @(Get-CadenzaCredential -Venue OKX)
        $expected = @(Get-CadenzaCredentialFinding | Where-Object Venue -EQ OKX | ForEach-Object ToString)
        $before = @(Get-ServerRequest $server).Count
        @(& $Script | ForEach-Object ToString) | Should -Be $expected
        $expected.Count | Should -BeGreaterThan 2
        @(Get-ServerRequest $server).Count - $before | Should -Be $Lists
    }

    It 'an id that does not exist is an error, and the others are judged' {
        Connect-Cadenza -Sandbox
        $id = (Get-CadenzaCredential -Nickname 'Lending ladder').CredentialId
        $found = @('nope', $id, ' ' | Get-CadenzaCredentialFinding -ErrorAction SilentlyContinue -ErrorVariable failed)
        $found.CredentialId | Sort-Object -Unique | Should -Be $id
        @($failed | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] } | Sort-Object) | Should -Be 'CadenzaCredentialNotFound', 'CadenzaInvalidCredentialId'
    }

    It 'nothing but faulty input gives nothing, and asks for nothing' {
        $server = Connect-SandboxServer
        $before = @(Get-ServerRequest $server).Count
        @() | Get-CadenzaCredentialFinding | Should -BeNullOrEmpty
        ' ', 7 | Get-CadenzaCredentialFinding -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        @(Get-ServerRequest $server).Count | Should -Be $before
    }

    It 'goes on into the cmdlets that change: what is unused is revoked, and then is no finding' {
        Connect-Cadenza -Sandbox
        $unused = @(Get-CadenzaCredentialFinding -Rule Unused)
        $done = @($unused | Revoke-CadenzaCredential -Force)
        & $elementIds $done | Sort-Object | Should -Be (& $elementIds $unused | Sort-Object)
        Get-CadenzaCredentialFinding -Rule Unused | Should -BeNullOrEmpty
        (Get-CadenzaCredentialFinding -Rule Failed | Select-Object -First 1 | Update-CadenzaCredential -ApiKey k -ApiSecret s).Status | Should -Be 'VERIFIED'
    }

    It 'the line that mends it is a line of PowerShell that calls our cmdlets' {
        Connect-Cadenza -Sandbox
        foreach ($finding in Get-CadenzaCredentialFinding) {
            $problems = $null
            $ast = [Management.Automation.Language.Parser]::ParseInput($finding.Fix, [ref]$null, [ref]$problems)
            $problems | Should -HaveCount 0
            foreach ($call in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) { Get-Command $call.GetCommandName() -ErrorAction Stop | Should -Not -BeNullOrEmpty }
        }
    }

    It 'accounts that are not known are one warning, and nothing is called unused' -ForEach @(
        @{ Answer = @{ Status = '500 Oops'; Body = '{"success":false,"errno":-22000,"error":"not today","data":null}' } }
        @{ Answer = @{ Body = '{"success":true,"errno":0,"data":[7]}' } }
    ) {
        Connect-FleetServer @{ Body = ConvertTo-ListBody @{ credentialId = 'b'; status = 'FAILED'; nickname = 'two' } } $Answer
        $found = @(Get-CadenzaCredentialFinding -WarningVariable warned -WarningAction SilentlyContinue -ErrorVariable failed)
        $found.Rule | Should -Be 'Failed', 'UnknownAge'
        $warned | Should -HaveCount 1
        $failed | Should -HaveCount 0
    }

    It 'a row that cannot be read is its error, and the others are judged' {
        Connect-FleetServer $list $accounts
        $found = @(Get-CadenzaCredentialFinding -ErrorVariable failed -ErrorAction SilentlyContinue)
        $found | ForEach-Object { "$($_.CredentialId) $($_.Rule)" } | Should -Be 'a Failed', 'b Unused', 'a UnknownAge', 'b UnknownAge'
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -Match '^CadenzaBadRow,'
    }

    It 'a list that fails is one error and nothing else' {
        Connect-FleetServer $broken $accounts
        $found = @(Get-CadenzaCredentialFinding -ErrorVariable failed -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue)
        $found | Should -HaveCount 0
        $warned | Should -HaveCount 0
        @($failed | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }) | Should -Be 'CadenzaServerError'
    }
}

Describe 'Export-CadenzaCredentialReport' -Tag Slow {
    AfterEach { Reset-Fleet }

    It 'writes a page with its own policy, which says where it comes from, and emits nothing' {
        Connect-Cadenza -Sandbox
        Export-CadenzaCredentialReport $page | Should -BeNullOrEmpty
        $html = Get-Page
        $html | Should -Match '^<!DOCTYPE html>'
        $html.TrimEnd() | Should -Match '</html>$'
        $html | Should -Match '<meta http-equiv="Content-Security-Policy" content="default-src ''none'';'
        $connection = Get-CadenzaConnection
        foreach ($word in $connection.Host, $connection.Environment, $connection.User, (Get-Module CadenzaPS).Version.ToString()) { $html | Should -BeLike "*$word*" }
        foreach ($credential in Get-CadenzaCredential) { $html | Should -BeLike "*$($credential.CredentialId)*" }
        (Get-ChildItem $folder -Force).Name | Should -Be 'report.html'
    }

    It '-PassThru emits the file' {
        Connect-Cadenza -Sandbox
        $file = Export-CadenzaCredentialReport $page -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -Be $page
        $file.Length | Should -BeGreaterThan 10000
    }

    It 'what a nickname says stays text' {
        Connect-Cadenza -Sandbox
        $evil = '</script><img src=x onerror=alert(1)>"''`$(calc)'
        $null = New-CadenzaCredential -Venue BYBIT -Nickname $evil -ApiKey k -ApiSecret s
        Export-CadenzaCredentialReport $page
        $html = Get-Page
        $html | Should -Not -Match '<img'
        [regex]::Matches($html, '<script\b').Count | Should -Be 2
        [Net.WebUtility]::HtmlDecode($html) | Should -BeLike "*$([Management.Automation.WildcardPattern]::Escape('<img src=x onerror=alert(1)>'))*"
    }

    It 'holds 10,000 credentials' {
        Connect-Cadenza -Sandbox -CredentialCount 10000
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $file = Export-CadenzaCredentialReport $page -PassThru
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 30
        $file.Length | Should -BeGreaterThan 500KB
        $html = Get-Page
        $html | Should -Match '10,?000'
        foreach ($credential in Get-CadenzaCredential -First 3 -Skip 9990) { $html.Contains($credential.CredentialId) | Should -BeTrue }
    }

    It 'is the same in the culture <_>, but for its time' -ForEach 'tr-TR', 'ar-SA', 'th-TH', 'de-DE' {
        Connect-Cadenza -Sandbox
        $plain = { (Get-Page) -replace '\d{4}-\d\d-\d\d \d\d:\d\d' }
        $before = [cultureinfo]::CurrentCulture
        Export-CadenzaCredentialReport $page
        $expected = & $plain
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::new($_)
            Export-CadenzaCredentialReport $page
            (& $plain) -ceq $expected | Should -BeTrue
        }
        finally { [cultureinfo]::CurrentCulture = $before }
    }

    It 'the lines that mend many name the threshold that was judged by, and find the same again' {
        Connect-Cadenza -Sandbox
        Export-CadenzaCredentialReport $page -StaleAfterDays 15
        [Net.WebUtility]::HtmlDecode((Get-Page)) -replace '</?span>' | Should -BeLike '*Get-CadenzaCredentialFinding -StaleAfterDays 15 | Where-Object Rule*'
        Export-CadenzaCredentialReport $page
        Get-Page | Should -Not -BeLike '*StaleAfterDays*'
    }

    It 'takes a path <Title>' -ForEach @(
        @{ Title = 'relative to the current location'; Path = 'here.html'; Expected = 'here.html' }
        @{ Title = 'with dots'; Path = './sub/../here.html'; Expected = 'here.html' }
        @{ Title = 'on a drive of PowerShell'; Path = 'Reports:here.html'; Expected = 'here.html' }
        @{ Title = 'with the name of the provider'; Path = 'Microsoft.PowerShell.Core\FileSystem::{0}/here.html'; Expected = 'here.html' }
        @{ Title = 'with wildcards in it, as they stand'; Path = 'a[1].html'; Expected = 'a[1].html' }
    ) {
        Connect-Cadenza -Sandbox
        $null = New-PSDrive -Name Reports -PSProvider FileSystem -Root $folder
        $elsewhere = [Environment]::CurrentDirectory
        Push-Location $folder
        try {
            $null = New-Item -ItemType Directory sub
            Export-CadenzaCredentialReport ($Path -f $folder)
            Test-Path -LiteralPath (Join-Path $folder $Expected) | Should -BeTrue
            Test-Path -LiteralPath (Join-Path $elsewhere $Expected) | Should -BeFalse
        }
        finally { Pop-Location; Remove-PSDrive Reports }
    }

    It 'under -WhatIf writes nothing and lists nothing' {
        $server = Connect-SandboxServer
        $before = @(Get-ServerRequest $server).Count
        Export-CadenzaCredentialReport $page -WhatIf -PassThru | Should -BeNullOrEmpty
        Test-Path $page | Should -BeFalse
        @(Get-ServerRequest $server).Count | Should -Be $before
    }

    It 'asks under -Confirm only' {
        $no = Invoke-InSession -Answer N -Arguments @{ Page = $page } { param($Page) Connect-Cadenza -Sandbox; Export-CadenzaCredentialReport $Page -Confirm }
        $no.Questions | Should -HaveCount 1
        Test-Path $page | Should -BeFalse
        $yes = Invoke-InSession -Answer N -Arguments @{ Page = $page } { param($Page) Connect-Cadenza -Sandbox; Export-CadenzaCredentialReport $Page }
        $yes.Questions | Should -HaveCount 0
        Test-Path $page | Should -BeTrue
    }

    It 'replaces a file, as exports do' {
        Connect-Cadenza -Sandbox
        Set-Content $page 'old'
        Export-CadenzaCredentialReport $page
        Get-Page | Should -Match '^<!DOCTYPE html>'
    }

    It 'cannot write <Title>: an error with an id, before anything is sent' -ForEach @(
        @{ Title = 'into a folder that is not there'; Path = 'none/report.html'; Words = 'the folder does not exist' }
        @{ Title = 'over a folder'; Path = '.'; Words = 'folder' }
        @{ Title = 'where another provider is'; Path = 'Env:report'; Words = 'Environment' }
        @{ Title = 'on a drive that is not there'; Path = 'NoSuchDrive:report.html'; Words = 'NoSuchDrive' }
        @{ Title = 'over a file with -NoClobber'; Path = 'old.html'; Options = @{ NoClobber = $true }; Words = 'NoClobber' }
        @{ Title = 'over a read-only file'; Path = 'readonly.html'; Words = 'read-only' }
    ) {
        $server = Connect-SandboxServer
        foreach ($name in 'old.html', 'readonly.html') { Set-Content (Join-Path $folder $name) 'old' }
        Set-ItemProperty (Join-Path $folder 'readonly.html') IsReadOnly $true
        $before = @(Get-ServerRequest $server).Count
        $more = if ($Options) { $Options } else { @{} }
        Push-Location $folder
        try { { Export-CadenzaCredentialReport $Path @more } | Should -Throw -ErrorId 'CadenzaFileNotWritten,*' -ExpectedMessage "*$Words*" } finally { Pop-Location }
        $Error[0].CategoryInfo.Category | Should -Be 'WriteError'
        $Error[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $Error[0].TargetObject | Should -Not -BeNullOrEmpty
        $Error[0].Exception.Outcome | Should -Be 'NotSent'
        @(Get-ServerRequest $server).Count | Should -Be $before
        foreach ($name in 'old.html', 'readonly.html') { Get-Content (Join-Path $folder $name) | Should -Be 'old' }
        (Get-ChildItem $folder -Force).Name | Sort-Object | Should -Be 'old.html', 'readonly.html'
    }

    It '-Force replaces a read-only file' {
        Connect-Cadenza -Sandbox
        Set-Content $page 'old'
        Set-ItemProperty $page IsReadOnly $true
        Export-CadenzaCredentialReport $page -Force
        Get-Page | Should -Match '^<!DOCTYPE html>'
    }

    It 'a list that <Title> writes no file, and leaves the old one' -ForEach @(
        @{ Title = 'fails'; Credentials = @{ Status = '500 Oops'; Body = '{"success":false,"errno":-22000,"error":"not today","data":null}' }; Id = 'CadenzaServerError' }
        @{ Title = 'breaks off in the middle'; Credentials = @{ Body = '{"success":true,"errno":0,"data":[{"credentialId":"a"},{"credentialId":"b"}]}'; Delivered = 60 }; Id = 'Cadenza*' }
        @{ Title = 'is none'; Credentials = @{ Body = '<html>' }; Id = 'CadenzaBadResponse' }
        @{ Title = 'needs another token'; Credentials = @{ Status = '401 Unauthorized'; Body = '{"success":false,"errno":-19002,"error":"expired","data":null}' }; Id = 'CadenzaUnauthorized' }
    ) {
        Set-Content $page 'old'
        Connect-FleetServer $Credentials $accounts
        $failed = @()
        try { Export-CadenzaCredentialReport $page -PassThru -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty } catch { $failed = @($_) }
        @($failed | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] } | Select-Object -Unique) | Should -BeLike $Id
        Get-Content $page | Should -Be 'old'
        (Get-ChildItem $folder -Force).Name | Should -Be 'report.html'
    }

    It 'what could not be read is told, and stands on the page' {
        Connect-FleetServer $list $broken
        Export-CadenzaCredentialReport $page -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue -WarningVariable warned
        @($failed | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }) | Should -Be 'CadenzaBadRow'
        $warned | Should -HaveCount 1
        $text = [Net.WebUtility]::HtmlDecode((Get-Page))
        foreach ($note in $failed[0].ErrorDetails.Message, "$warned") { $text | Should -BeLike "*$([Management.Automation.WildcardPattern]::Escape($note))*" }
    }

    It 'with -ErrorAction Stop a row that cannot be read writes no file' {
        Connect-FleetServer $list $accounts
        { Export-CadenzaCredentialReport $page -ErrorAction Stop } | Should -Throw -ErrorId 'CadenzaBadRow,*'
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }

    It 'not connected, it says so before it looks at the path' {
        { Export-CadenzaCredentialReport (Join-Path $folder 'none/x.html') } | Should -Throw -ErrorId 'CadenzaNotConnected,*'
    }
}
