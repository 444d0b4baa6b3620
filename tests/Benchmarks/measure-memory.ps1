<#
.SYNOPSIS
    The most memory that this process ever had in use, after one list, or after nothing.
#>
param(
    [string] $Server,
    [string] $Token,
    [string] $Module,
    [ValidateSet('CadenzaPS', 'Invoke-RestMethod', 'idle')][string] $Who = 'CadenzaPS',
    [int] $Count = 100000
)
. "$PSScriptRoot/Support.ps1"

switch ($Who) {
    'CadenzaPS' { Connect-Bench $Module "$Server/$Count" $Token; Get-CadenzaCredential | Out-Null }
    'Invoke-RestMethod' { Invoke-PlainList "$Server/$Count" $Token | Out-Null }
}
# Linux tells .NET no peak of its own process before it is asked anew; the file always does.
$bytes = if (Test-Path /proc/self/status) { 1KB * [long]((Get-Content /proc/self/status) -match '^VmHWM' -replace '\D')[0] }
         else { [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 }
Write-Result @{ work = 'peak'; bytes = $bytes }
