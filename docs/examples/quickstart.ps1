# A sample session against the in-memory sandbox. It sends nothing over the network.
# Run ./build.sh demo, or build the module and run this script in any PowerShell.
#Requires -Version 5.1
[CmdletBinding()]
param(
    # The path of the module.
    [string] $Module = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
)

$ErrorActionPreference = 'Continue'
Set-StrictMode -Version Latest
if ($PSVersionTable.PSVersion.Major -ge 7) { $PSStyle.OutputRendering = 'PlainText' }

# Shows a command, runs it, and shows its output: objects as a table, each error as one line.
function Show-Step([string] $Text, [scriptblock] $Command) {
    "`n# $Text"
    "PS> $($Command.ToString().Trim())"
    $out = . $Command 2>&1
    $env:COLUMNS = 110   # the table width if there is no console window
    $text = $out | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] } | Out-String -Width 110
    if ($text.Trim()) { $text.TrimEnd() }
    $out | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } |
        ForEach-Object { "Error $($_.FullyQualifiedErrorId.Split(',')[0]): $_" }
}

Import-Module $Module

Show-Step 'Connect to the sandbox: an in-memory API with sample credentials.' { Connect-Cadenza -Sandbox }
Show-Step 'List all credentials.' { Get-CadenzaCredential }
Show-Step 'List the failed credentials of two venues.' { Get-CadenzaCredential -Status FAILED -Venue OKX, BINANCE }

Show-Step 'Show what would be revoked. This sends no change.' {
    Get-CadenzaCredential | Where-Object Status -eq FAILED | Revoke-CadenzaCredential -WhatIf
}
Show-Step 'Revoke the failed credentials. One is in use and causes an error; the others are revoked.' {
    Get-CadenzaCredential | Where-Object Status -eq FAILED | Revoke-CadenzaCredential -Confirm:$false
}
Show-Step 'Revoke a credential that is already revoked. This causes an error.' {
    Get-CadenzaCredential -Status REVOKED -First 1 | Revoke-CadenzaCredential -Force
}

# In production, the keys come from a vault or from Get-Credential: the user name is the API key, the password is the API secret.
$desk = Get-CadenzaCredential -Nickname 'Delta-one desk 7'
$new = [pscredential]::new('made-up-key', (ConvertTo-SecureString 'made-up-secret' -AsPlainText -Force))
Show-Step 'Rotate the keys of one credential.' { Update-CadenzaCredential -CredentialId $desk.CredentialId -ApiCredential $new }

$csv = Join-Path ([System.IO.Path]::GetTempPath()) "cadenza-demo-$PID.csv"
try {
    Get-CadenzaCredential -Venue BYBIT, COINBASE |
        Select-Object CredentialId, @{ n = 'ApiKey'; e = { 'made-up-key' } }, @{ n = 'ApiSecret'; e = { if ($_.Nickname -ne 'Custody sweep') { 'made-up-secret' } } } |
        Export-Csv $csv -NoTypeInformation
    Show-Step 'Rotate keys from a CSV file. A row without a secret and a credential of another user cause one error each.' {
        Import-Csv $csv | Update-CadenzaCredential
    }
}
finally {
    Remove-Item $csv -ErrorAction SilentlyContinue
}

Show-Step 'Show the connection.' { Get-CadenzaConnection }
Show-Step 'Close the connection.' { Disconnect-Cadenza }
