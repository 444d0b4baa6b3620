<#
.SYNOPSIS
    Measures what a new user does first, in a new process: import, connect to a sandbox, list, -WhatIf, revoke four, report.
#>
param(
    [string] $Server,
    [string] $Token,
    [Parameter(Mandatory)][string] $Module
)
. "$PSScriptRoot/Support.ps1"

$path = Join-Path ([IO.Path]::GetTempPath()) "cadenza-bench-$([guid]::NewGuid().ToString('N')).html"
try {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    Import-Module $Module
    Connect-Cadenza -Sandbox -InformationAction Ignore
    Get-CadenzaCredential | Out-String | Out-Null
    $failed = Get-CadenzaCredential -Status FAILED
    $failed | Revoke-CadenzaCredential -WhatIf *> $null
    $unused = Get-CadenzaCredential | Get-CadenzaCredentialImpact | Where-Object Effect -EQ None | Select-Object -First 4
    $revoked = $unused | Revoke-CadenzaCredential -Force
    Export-CadenzaCredentialReport $path
    $ms = $watch.Elapsed.TotalMilliseconds
    if (@($revoked).Count -ne 4) { throw "$(@($revoked).Count) credentials were revoked instead of 4." }
}
finally {
    Disconnect-Cadenza
    Remove-Item -LiteralPath $path -ErrorAction Ignore
}
Write-Result @{ work = 'firstMinute'; ms = $ms }
