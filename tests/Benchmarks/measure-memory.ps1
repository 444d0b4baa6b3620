<#
.SYNOPSIS
    Measures the peak memory of this process after one list, or without a list.
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
# On Linux, .NET does not report the current peak of its own process. The file does.
$bytes = if (Test-Path /proc/self/status) { 1KB * [long]((Get-Content /proc/self/status) -match '^VmHWM' -replace '\D')[0] }
         else { [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 }
Write-Result @{ work = 'peak'; bytes = $bytes }
