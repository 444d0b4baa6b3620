# The module where PowerShell is in ConstrainedLanguage mode.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/ModuleCopy.ps1"

    # Runs a script in a new process that is in ConstrainedLanguage mode before or after the import, or never.
    function Invoke-Constrained([string] $Mode, [string] $Script) {
        $constrain = '$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"'
        $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).ps1"
        Set-Content $file @"
`$PSStyle.OutputRendering = 'PlainText'
$(if ($Mode -eq 'before') { $constrain })
Import-Module '$ModulePath'
$(if ($Mode -eq 'after') { $constrain })
$Script
`$Error | ForEach-Object { "ERROR `$_" }
"@
        $run = Invoke-PowerShell '-File', $file @{ COLUMNS = 120 }
        $run.Err | Should -BeNullOrEmpty
        $run.Out -replace '\d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ', 'TIME' -replace '\d+ s ', '0 s ' -replace 'sandbox-[0-9a-f]{8}', 'sandbox-ID'
    }
}
AfterAll { Restore-TestSession }

Describe 'ConstrainedLanguage mode' -Tag Slow {
    BeforeAll {
        $script = @'
Connect-Cadenza -Sandbox
$some = @(Get-CadenzaCredential -First 2) + @(Get-CadenzaCredential -Status REVOKED -First 1)
$results = $some | Test-CadenzaCredential -ThrottleLimit 1
$objects = @{
    credential = $some
    connection = Get-CadenzaConnection
    verification = $results
    impact = $some | Get-CadenzaCredentialImpact
    account = ($some | Get-CadenzaCredentialImpact).TradingAccounts
    finding = Get-CadenzaCredentialFinding -MinimumSeverity Medium | Select-Object -First 3
}
# PowerShell computes the width of columns from the objects of the first 300 ms. The first table of a process can take longer than that.
$null = $objects.Values | ForEach-Object { $_ | Format-Table | Out-String -Width 120 }
foreach ($name in 'credential', 'connection', 'verification', 'impact', 'account', 'finding') {
    "== $name"
    $objects[$name] | Format-Table | Out-String -Width 120
    $objects[$name] | Format-List | Out-String -Width 120
}
$some | Format-Wide | Out-String -Width 120
$state = 'STATE_PATH'
if (Test-Path $state) { Remove-Item $state }
Watch-CadenzaCredential -Once -StatePath $state -WarningAction Ignore
$some[0] | Update-CadenzaCredential -ApiKey 'made-up-key' -ApiSecret 'made-up-secret' | Out-String -Width 120
$changes = Watch-CadenzaCredential -StatePath $state -TimeoutSec 60 -Until { $_.Event -eq 'KeysRotated' }
$changes | Format-Table | Out-String -Width 120
$changes | Format-List | Out-String -Width 120
$keys = New-Object pscredential 'made-up-key-2', (ConvertTo-SecureString 'made-up-secret-2' -AsPlainText -Force)
$some[0] | Update-CadenzaCredential -ApiCredential { $keys } | Out-String -Width 120
(Get-CadenzaRequest -Last 1 | Format-Table | Out-String -Width 120) -replace '(?<=200) +\d+', ' MS'
Connect-Cadenza -Sandbox -Name two -AccessTokenSource { 'made-up-token' } -Fault 'credential/list:Unauthorized:times=1'
"after a new token: $(@(Get-CadenzaCredential).Count)"
'@.Replace('STATE_PATH', (Join-Path $TestDrive state.json))
        $expected = Invoke-Constrained 'never' $script
    }

    It 'every view shows what it shows in FullLanguage mode: <Mode> the import' -ForEach @{ Mode = 'before' }, @{ Mode = 'after' } {
        $expected | Should -Match 'Delta-one desk 7 +BINANCE +EXCHANGE +VERIFIED +\d'
        $expected | Should -Match 'TIME KeysRotated +VERIFIED +BINANCE +Delta-one desk 7'
        $expected | Should -Match '/api/v3/credential/rotate'
        $expected | Should -Match 'after a new token: 24'
        $expected | Should -Not -MatchExactly 'ERROR '
        Invoke-Constrained $Mode $script | Should -Be $expected
    }

    It 'another copy of the module ends in the one error, and the module can be removed and imported again' {
        $other = New-ModuleCopy (Join-Path $TestDrive other) 9.8.7
        $output = Invoke-Constrained 'before' @"
try { Import-Module '$other' -ErrorAction Stop } catch { "`$(`$_.FullyQualifiedErrorId): `$_" }
Remove-Module CadenzaPS
"left: `$(@(Get-Command *-Cadenza*).Count)"
Import-Module '$ModulePath'
Import-Module '$ModulePath' -Force
"again: `$(@(Get-Command -Module CadenzaPS).Count)"
"@
        $output | Should -Match "CadenzaAlreadyLoaded,.*: CadenzaPS cannot be imported from '$([regex]::Escape((Split-Path $other)))': this process has already loaded"
        $output | Should -Match 'left: 0'
        $output | Should -Match "again: $((Import-PowerShellDataFile $ModulePath).CmdletsToExport.Count)\b"
        [regex]::Matches($output, '(?m)^ERROR .*$').Value | Should -BeLike 'ERROR CadenzaPS cannot be imported from *'
    }
}
