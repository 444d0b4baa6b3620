# The whole session on the sandbox: nothing leaves this machine. Run it with ./build.sh demo,
# or from any PowerShell once the module is built.
#Requires -Version 5.1
[CmdletBinding()]
param(
    # The module to use.
    [string] $Module = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
)

$ErrorActionPreference = 'Continue'
Set-StrictMode -Version Latest
if ($PSVersionTable.PSVersion.Major -ge 7) { $PSStyle.OutputRendering = 'PlainText' }

# Shows a command, runs it, and shows what comes out: objects as their table, errors as one line each.
function Show-Step([string] $Text, [scriptblock] $Command) {
    "`n# $Text"
    "PS> $($Command.ToString().Trim())"
    $out = . $Command 2>&1
    $env:COLUMNS = 110   # how wide the table may be where there is no window to ask
    $text = $out | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] } | Out-String -Width 110
    if ($text.Trim()) { $text.TrimEnd() }
    $out | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } |
        ForEach-Object { "Error $($_.FullyQualifiedErrorId.Split(',')[0]): $_" }
}

Import-Module $Module

Show-Step 'A sandbox to rehearse on: the API in memory, with a made-up trading firm.' { Connect-Cadenza -Sandbox }
Show-Step 'What is there?' { Get-CadenzaCredential }
Show-Step 'What failed, on two venues?' { Get-CadenzaCredential -Status FAILED -Venue OKX, BINANCE }

Show-Step 'What would be revoked? Nothing is sent.' {
    Get-CadenzaCredential | Where-Object Status -eq FAILED | Revoke-CadenzaCredential -WhatIf
}
Show-Step 'Revoke them. One is in use and stays: it is one error, and the others go on.' {
    Get-CadenzaCredential | Where-Object Status -eq FAILED | Revoke-CadenzaCredential -Confirm:$false
}
Show-Step 'A revoke cannot be undone, and a second one says so.' {
    Get-CadenzaCredential -Status REVOKED -First 1 | Revoke-CadenzaCredential -Force
}

# The keys would come from a vault or from Get-Credential: the user name is the API key, the password the API secret.
$desk = Get-CadenzaCredential -Nickname 'Delta-one desk 7'
$new = [pscredential]::new('made-up-key', (ConvertTo-SecureString 'made-up-secret' -AsPlainText -Force))
Show-Step 'Rotate the keys of one.' { Update-CadenzaCredential -CredentialId $desk.CredentialId -ApiCredential $new }

$csv = Join-Path ([System.IO.Path]::GetTempPath()) "cadenza-demo-$PID.csv"
try {
    Get-CadenzaCredential -Venue BYBIT, COINBASE |
        Select-Object CredentialId, @{ n = 'ApiKey'; e = { 'made-up-key' } }, @{ n = 'ApiSecret'; e = { if ($_.Nickname -ne 'Custody sweep') { 'made-up-secret' } } } |
        Export-Csv $csv -NoTypeInformation
    Show-Step 'Rotation day, from a CSV. A row without a secret and a colleague''s credential are one error each.' {
        Import-Csv $csv | Update-CadenzaCredential
    }
}
finally {
    Remove-Item $csv -ErrorAction SilentlyContinue
}

Show-Step 'Where am I connected?' { Get-CadenzaConnection }
Show-Step 'Done.' { Disconnect-Cadenza }
