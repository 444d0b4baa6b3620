<#
.SYNOPSIS
    Measures the first Get-CadenzaCredential of a process, and the following ones.
#>
param(
    [Parameter(Mandatory)][string] $Server,
    [Parameter(Mandatory)][string] $Token,
    [Parameter(Mandatory)][string] $Module,
    [int] $Count = 100,
    [int] $Later = 5
)
. "$PSScriptRoot/Support.ps1"

Connect-Bench $Module "$Server/$Count" $Token
foreach ($i in 0..$Later) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    Get-CadenzaCredential | Out-Null
    $ms = $watch.Elapsed.TotalMilliseconds
    Write-Result @{ work = $i -eq 0 ? 'firstGet' : 'laterGet'; ms = $ms }
}
