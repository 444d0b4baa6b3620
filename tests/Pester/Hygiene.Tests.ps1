# The module in scripts: in strict mode, in non-interactive sessions, in other runspaces and on a console without colour. Also, every
# script of the repository under PSScriptAnalyzer, and build.ps1 in the syntax of Windows PowerShell 5.1.

BeforeDiscovery {
    $cultures = 'de-DE', 'tr-TR', 'ar-SA', 'th-TH'
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Runs a script in a new, non-interactive process with redirected output.
    function Invoke-Pwsh([string] $Script, [hashtable] $Variables = @{}, [string] $Before) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).ps1"
        Set-Content $file "$Before`nImport-Module '$($ModulePath.Replace("'", "''"))'`n$Script"
        Invoke-PowerShell '-File', $file $Variables
    }

    function Get-ServerVariable($Server) {
        @{ CADENZA_BASE_URL = $Server.Address; CADENZA_ACCESS_TOKEN = [Net.NetworkCredential]::new('', $Server.Token).Password }
    }
}
AfterAll { Restore-TestSession }

Describe 'Under Set-StrictMode -Version Latest and $ErrorActionPreference = Stop' -Tag Slow {
    It 'the whole session works, and its views do' {
        $result = Invoke-Pwsh @'
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Connect-Cadenza -Sandbox
$all = Get-CadenzaCredential
$all.Count
foreach ($format in 'Format-Table', 'Format-List', 'Format-Wide') { $null = $all | & $format | Out-String }
$null = $all | Format-Table -GroupBy Venue | Out-String
$null = $all | ConvertTo-Json -Depth 3
$null = $all | ConvertTo-Csv
$null = Get-CadenzaConnection | Out-String
(Update-CadenzaCredential $all[0].CredentialId -ApiKey made-up-key -ApiSecret made-up-secret).Status
($all[1] | Revoke-CadenzaCredential -Force).Status
$null = Get-CadenzaCredential -Status NOT_THERE -WarningAction SilentlyContinue
$null = @() | Revoke-CadenzaCredential -Force
Get-CadenzaCredential -Nickname 'Options vol book' | Revoke-CadenzaCredential -Force -ErrorAction SilentlyContinue -ErrorVariable failed
$failed[0].FullyQualifiedErrorId
$failed[0].Exception.Outcome
Disconnect-Cadenza
'end'
'@
        $result.Err | Should -BeNullOrEmpty
        $result.Out.Trim() -split '\r?\n' | Should -Be '24', 'VERIFIED', 'REVOKED', 'CadenzaCredentialInUse,CadenzaPS.Cmdlets.RevokeCadenzaCredential', 'Rejected', 'end'
        $result.Code | Should -Be 0
    }

    It 'an error of one credential ends the script, with exit code 1' {
        $result = Invoke-Pwsh @'
$ErrorActionPreference = 'Stop'
Connect-Cadenza -Sandbox
Get-CadenzaCredential -CredentialId 00000000-dead-4bad-8bad-000000000001
'not reached'
'@
        $result.Code | Should -Be 1
        $result.Out | Should -Not -Match 'not reached'
        $result.Err | Should -Match '(?s)does.+exist'
    }

    It 'what docs/runbooks.md says of assignment under Stop is true: the variable gets nothing, -OutVariable gets what was done' {
        $result = Invoke-Pwsh @'
$ErrorActionPreference = 'Stop'
Connect-Cadenza -Sandbox
$failed = Get-CadenzaCredential -Nickname 'Treasury hedge', 'Options vol book'
$done = $null
try { $done = $failed | Revoke-CadenzaCredential -Force -OutVariable kept } catch { "$($_.FullyQualifiedErrorId.Split(',')[0])" }
@($done).Where{ $_ }.Count
@($kept).Count
$kept[0].Nickname
'@
        $result.Out.Trim() -split '\r?\n' | Should -Be 'CadenzaCredentialInUse', '0', '1', 'Treasury hedge'
    }

    It 'what docs/runbooks.md says of exit codes is true: errors that do not terminate leave it at 0' {
        $result = Invoke-Pwsh @'
Connect-Cadenza -Sandbox
Get-CadenzaCredential -CredentialId 00000000-dead-4bad-8bad-000000000001
'@
        $result.Code | Should -Be 0
        $result.Err | Should -Match '(?s)does.+exist'
    }
}

Describe 'Under the preferences of a caller' -Tag Slow {
    It 'the module is imported in full and in silence under $<Name> = <Value>' -ForEach @(
        @{ Name = 'WhatIfPreference'; Value = '$true' }
        @{ Name = 'ConfirmPreference'; Value = '''Low''' }
        @{ Name = 'ErrorActionPreference'; Value = '''Stop''' }
    ) {
        $result = Invoke-Pwsh '(Get-Command Revoke-CadenzaCredential).CommandType' -Before "`$$Name = $Value"
        $result.Err | Should -BeNullOrEmpty
        $result.Out.Trim() | Should -Be Cmdlet
    }
}

Describe 'In a session that cannot prompt (-NonInteractive)' -Tag Slow {
    BeforeEach { $server = Start-SandboxServer }
    AfterEach { Stop-AllServers }

    It '<Title> ends in an error that says why, and nothing is sent' -ForEach @(
        @{ Title = 'Revoke-CadenzaCredential'; Command = 'Get-CadenzaCredential -Nickname ''Treasury hedge'' | Revoke-CadenzaCredential' }
        @{ Title = 'Revoke-CadenzaCredential of many'; Command = 'Get-CadenzaCredential | Revoke-CadenzaCredential' }
        @{ Title = 'Revoke-CadenzaCredential -Force -Confirm'; Command = 'Get-CadenzaCredential -Nickname ''Treasury hedge'' | Revoke-CadenzaCredential -Force -Confirm' }
        @{ Title = 'Update-CadenzaCredential -Confirm'; Command = 'Get-CadenzaCredential -Nickname ''Treasury hedge'' | Update-CadenzaCredential -ApiKey "k-$env:CANARY" -ApiSecret $env:CANARY -ApiPassphrase $env:CANARY -Confirm' }
    ) {
        $result = Invoke-Pwsh "`$ErrorActionPreference = 'Stop'`n$Command`n'not reached'" ((Get-ServerVariable $server) + @{ CANARY = 'CANARY7f3a' })
        $result.Code | Should -Be 1
        $result.Out | Should -Not -Match 'not reached'
        $words = $result.Err -replace '\s*\r?\n\s*\|?\s*', ' '
        $words | Should -Match '-Confirm:\$false'
        $words | Should -Match 'othing was changed'
        $words | Should -Not -Match 'CANARY7f3a'
        Get-ChangeCount $server | Should -Be 0
    }

    It '<Title> does not ask, and is done' -ForEach @(
        @{ Title = 'Revoke-CadenzaCredential -Confirm:$false'; Command = 'Revoke-CadenzaCredential -Confirm:$false' }
        @{ Title = 'Revoke-CadenzaCredential -Force'; Command = 'Revoke-CadenzaCredential -Force' }
        @{ Title = 'Revoke-CadenzaCredential under $ConfirmPreference = None'; Command = '& { begin { $ConfirmPreference = ''None'' } process { $_ | Revoke-CadenzaCredential } }' }
        @{ Title = 'Revoke-CadenzaCredential -Force -Debug'; Command = 'Revoke-CadenzaCredential -Force -Debug' }
        @{ Title = 'Revoke-CadenzaCredential -Confirm:$false -Verbose -Debug'; Command = 'Revoke-CadenzaCredential -Confirm:$false -Debug'; Debug = $true }
        @{ Title = 'Update-CadenzaCredential'; Command = 'Update-CadenzaCredential -ApiKey k -ApiSecret s -ApiPassphrase p' }
    ) {
        $result = Invoke-Pwsh "Get-CadenzaCredential -Nickname 'Treasury hedge' | $Command" (Get-ServerVariable $server)
        $result.Err | Should -BeNullOrEmpty
        Get-ChangeCount $server | Should -Be 1
    }

    It 'a mandatory parameter that is missing is an error, and does not hang' {
        $result = Invoke-Pwsh "`$ErrorActionPreference = 'Stop'`nConnect-Cadenza -Dialect Guide"
        $result.Code | Should -Be 1
        $result.Err | Should -Match 'Sandbox'
    }
}

Describe 'In other runspaces' -Tag Slow {
    BeforeAll { $server = Connect-SandboxServer; $connection = Get-CadenzaConnection; $path = $ModulePath }
    AfterAll { Disconnect-Cadenza; Stop-AllServers }

    It 'Start-ThreadJob works with a connection of $using:' {
        $found = Start-ThreadJob { Import-Module $using:path; Get-CadenzaCredential -Nickname 'Treasury hedge' -Connection $using:connection } | Receive-Job -Wait -AutoRemoveJob
        $found.Venue | Should -Be OKX
    }

    It 'Start-ThreadJob does not see the connection of the runspace that started it' {
        $job = Start-ThreadJob { Import-Module $using:path; Get-CadenzaCredential }
        { $job | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop } | Should -Throw -ErrorId 'CadenzaNotConnected,*'
    }

    It 'ForEach-Object -Parallel works with a connection of $using:, on all at once' {
        $ids = (Get-CadenzaCredential).CredentialId
        $found = $ids | ForEach-Object -ThrottleLimit 8 -Parallel { Import-Module $using:path; Get-CadenzaCredential $_ -Connection $using:connection }
        $found.CredentialId | Sort-Object | Should -Be ($ids | Sort-Object)
        (Get-CadenzaConnection) | Should -Be $connection -Because 'runspaces that end close their own connections only'
        (Get-CadenzaCredential -First 1) | Should -Not -BeNullOrEmpty
    }

    It 'ForEach-Object -Parallel changes each once, and each comes out once' {
        $doomed = Get-CadenzaCredential -Venue BYBIT
        $before = Get-ChangeCount $server
        $revoked = $doomed | ForEach-Object -ThrottleLimit 4 -Parallel { Import-Module $using:path; $_ | Revoke-CadenzaCredential -Force -Connection $using:connection }
        $revoked.CredentialId | Sort-Object | Should -Be ($doomed.CredentialId | Sort-Object)
        (Get-ChangeCount $server) - $before | Should -Be @($doomed).Count
    }

    It 'Invoke-Command runs a script block in this runspace, with its connection' {
        Invoke-Command { (Get-CadenzaCredential -Nickname 'Treasury hedge').Venue } | Should -Be OKX
        Invoke-Command -ScriptBlock { param($Name) (Get-CadenzaCredential -Nickname $Name).Venue } -ArgumentList 'Funding arb' | Should -Be OKX
    }

    It 'a background job, in another process, connects by itself and hands back objects that still have their properties' {
        $found = Start-Job { Import-Module $using:path; Connect-Cadenza -Sandbox; Get-CadenzaCredential -Nickname 'Treasury hedge' } | Receive-Job -Wait -AutoRemoveJob
        $found.Venue | Should -Be OKX
        $found.PSObject.TypeNames[0] | Should -Match '^(Deserialized\.)?Cadenza\.Client\.Models\.CadenzaCredential$'
        # What came back from another process can be piped on, but its sandbox is another server.
        $found | Get-CadenzaCredential -Connection $connection -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'CadenzaWrongServer,*'
        $failed.TargetObject | Should -Be $found.CredentialId
        ($found | Select-Object -ExcludeProperty Server | Get-CadenzaCredential -Connection $connection).CredentialId | Should -Be $found.CredentialId
    }
}

Describe 'On a console without colour' -Tag Slow {
    It 'redirected output has no escape characters (<Title>)' -ForEach @(
        @{ Title = 'NO_COLOR'; Variables = @{ NO_COLOR = '1' } }
        @{ Title = 'a dumb terminal'; Variables = @{ TERM = 'dumb'; NO_COLOR = '1' } }
        @{ Title = 'no TERM at all'; Variables = @{ TERM = ''; NO_COLOR = '1' } }
        @{ Title = 'OutputRendering PlainText'; Variables = @{}; First = '$PSStyle.OutputRendering = ''PlainText''' }
    ) {
        $result = Invoke-Pwsh "$First`n`$ErrorView = 'NormalView'; Connect-Cadenza -Sandbox; Get-CadenzaCredential; Get-CadenzaCredential | Format-List; Get-CadenzaConnection; Get-CadenzaCredential not-there" $Variables
        $result.Out | Should -Match 'Treasury hedge'
        $result.Out.Contains([char]27) | Should -BeFalse
        if ($Variables.Count) { $result.Err.Contains([char]27) | Should -BeFalse }
        $result.Err | Should -Match '(?s)does.+exist'
    }

    It 'a view captured in a string, a file or a pipeline keeps its words (<_>)' -ForEach 'Out-String', 'Out-File' {
        Connect-Cadenza -Sandbox
        $file = Join-Path $TestDrive view.txt
        if ($_ -eq 'Out-String') { $text = Get-CadenzaCredential | Out-String -Width 120 } else { Get-CadenzaCredential | Out-File $file -Width 120; $text = Get-Content -Raw $file }
        foreach ($word in 'OKX', 'FAILED', '0b331645-445b-4d27-bf6c-67e81909778a') { $text | Should -Match $word }
        $text.Contains([char]27) | Should -BeFalse
        Disconnect-Cadenza
    }
}

Describe 'In the culture <_>' -Tag Slow -ForEach $cultures {
    It 'finds, filters and rotates as elsewhere' {
        $result = Invoke-Pwsh @"
[cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = '$_'
Connect-Cadenza -Sandbox -TimeoutSec 60.5
@(Get-CadenzaCredential -Status failed -Venue okx, binance).Count
@(Get-CadenzaCredential -UpdatedBefore ([datetimeoffset]::UtcNow.AddDays(-300))).Count -gt 0
(Get-CadenzaCredential -Venue bitfinex -Nickname 'lending LADDER' | Revoke-CadenzaCredential -Force).Status
Get-CadenzaCredential | Out-String | ForEach-Object { `$_ -match '0b331645-445b-4d27-bf6c-67e81909778a' }
"@
        $result.Err | Should -BeNullOrEmpty
        $result.Out.Trim() -split '\r?\n' | Should -Be '2', 'True', 'REVOKED', 'True'
    }
}

Describe 'PSScriptAnalyzer' -Tag Slow {
    BeforeAll {
        # The rules run in parallel, and sometimes one of them throws. That says nothing about the script, so it is tried again.
        function Find-Violation([string] $Path, [hashtable] $With = @{}) {
            for ($try = 1; ; $try++) {
                try {
                    return Invoke-ScriptAnalyzer $Path @With -ErrorAction Stop | ForEach-Object { "$($_.RuleName) $($_.ScriptName) line $($_.Line): $($_.Message)" }
                }
                catch { if ($try -eq 5) { throw } }
            }
        }
        $analyzer = if ($env:CADENZA_TEST_ANALYZER) { $env:CADENZA_TEST_ANALYZER } else { (Get-Module PSScriptAnalyzer -ListAvailable | Select-Object -First 1).Path }
        if ($analyzer) { Import-Module $analyzer }

        # Without built and restored files, and without the manifest, which names files that exist only beside the built one.
        $scripts = Get-ChildItem $Root -Recurse -File -Include *.ps1, *.psm1, *.psd1 |
            ForEach-Object { @{ Name = [IO.Path]::GetRelativePath($Root, $_.FullName).Replace('\', '/'); Path = $_.FullName } } |
            Where-Object { $_.Name -notmatch '^(out|\.git)/|(^|/)(bin|obj|TestResults)/|^CadenzaPS\.psd1$' }
    }
    BeforeEach {
        if (-not $analyzer) { Set-ItResult -Skipped -Because 'Requires PSScriptAnalyzer. To install it: Install-PSResource PSScriptAnalyzer' }
    }

    It 'reports nothing for the scripts of the repository' {
        foreach ($script in $scripts) { Find-Violation $script.Path @{ Settings = Join-Path $Root PSScriptAnalyzerSettings.psd1 } | Should -BeNullOrEmpty -Because $script.Name }
    }

    It 'reports nothing for the runbooks, without the exceptions for tests' {
        foreach ($script in $scripts | Where-Object { $_.Name -like 'docs/examples/runbooks/*' }) { Find-Violation $script.Path @{ ExcludeRule = 'PSReviewUnusedParameter' } | Should -BeNullOrEmpty -Because $script.Name }
    }

    It 'reports nothing for the built module' {
        Get-ChildItem (Split-Path $ModulePath) -Recurse -File | Where-Object Extension -In .psd1, .psm1 | ForEach-Object { Find-Violation $_.FullName } | Should -BeNullOrEmpty
    }
}

Describe 'build.ps1' -Tag Slow {
    BeforeAll {
        # What PowerShell 7 parses and Windows PowerShell 5.1 does not.
        function Find-NewSyntax([string] $Text) {
            $errors = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($Text, [ref]$null, [ref]$errors)
            $errors | ForEach-Object { throw $_ }
            $tree.FindAll({
                    param($node)
                    $node -is [Management.Automation.Language.TernaryExpressionAst] -or
                    $node -is [Management.Automation.Language.PipelineChainAst] -or
                    ($node -is [Management.Automation.Language.PipelineAst] -and $node.Background) -or
                    ($node -is [Management.Automation.Language.BinaryExpressionAst] -and $node.Operator -eq 'QuestionQuestion') -or
                    ($node -is [Management.Automation.Language.AssignmentStatementAst] -and $node.Operator -eq 'QuestionQuestionEquals') -or
                    ($node -is [Management.Automation.Language.MemberExpressionAst] -and $node.NullConditional) -or
                    ($node -is [Management.Automation.Language.IndexExpressionAst] -and $node.NullConditional)
                }, $true) | ForEach-Object { "line $($_.Extent.StartLineNumber): $($_.Extent.Text)" }
        }
    }

    It 'has only syntax that Windows PowerShell 5.1 parses' { Find-NewSyntax (Get-Content -Raw (Join-Path $Root build.ps1)) | Should -BeNullOrEmpty }

    It 'has only characters that Windows PowerShell 5.1 reads without a byte order mark' { Get-Content -Raw (Join-Path $Root build.ps1) | Should -Not -Match '[^\x00-\x7f]' }

    It 'would be refused with <_>' -ForEach '$a ? 1 : 2', 'a && b', '$a ?? 1', '$a ??= 1', '${a}?.b', '${a}?[0]', 'a &' { Find-NewSyntax $_ | Should -Not -BeNullOrEmpty }
}

Describe 'PSScriptAnalyzerSettings.psd1' {
    It 'its settings leave out no rule without a reason above it' {
        $lines = Get-Content (Join-Path $Root PSScriptAnalyzerSettings.psd1)
        $excluded = @((Import-PowerShellDataFile (Join-Path $Root PSScriptAnalyzerSettings.psd1)).ExcludeRules)
        $excluded.Count | Should -BeGreaterThan 0
        for ($i = 0; $i -lt $lines.Count; $i++) {
            if ($lines[$i] -notmatch "^\s+'PS") { continue }
            $j = $i - 1
            while ($lines[$j] -match "^\s+'PS") { $j-- }
            $lines[$j] | Should -Match '^\s+# \S' -Because $lines[$i]
        }
    }
}

Describe 'docs/images/table.svg' {
    It 'is well-formed text, and shows the table as it is now' {
        $text = Get-Content -Raw (Join-Path $Root docs/images/table.svg)
        ([xml]$text).svg.title | Should -Not -BeNullOrEmpty
        Connect-Cadenza -Sandbox
        $heading = (Get-CadenzaCredential | Out-String -Width 120).Trim() -split '\r?\n' | Select-Object -First 1
        foreach ($word in -split $heading) { $text | Should -Match ">$word</tspan>" }
        foreach ($id in (Get-CadenzaCredential -First 9).CredentialId) { $text | Should -Match $id }
        Disconnect-Cadenza
    }
}
