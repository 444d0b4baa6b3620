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
Write-Result @{ work = 'peak'; bytes = Get-PeakMemory }
