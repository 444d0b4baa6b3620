<#
.SYNOPSIS
    Measures the first list of trading accounts of a process: the impact of one credential that was just listed.
#>
param(
    [Parameter(Mandatory)][string] $Server,
    [Parameter(Mandatory)][string] $Token,
    [Parameter(Mandatory)][string] $Module,
    [int] $Count = 100000
)
. "$PSScriptRoot/Support.ps1"

Connect-Bench $Module "$Server/$Count" $Token
$credential = Get-CadenzaCredential -First 1
$process = [Diagnostics.Process]::GetCurrentProcess()
$before = $process.TotalProcessorTime
$watch = [Diagnostics.Stopwatch]::StartNew()
$impact = $credential | Get-CadenzaCredentialImpact
$watch.Stop()
$process.Refresh()
Write-Result @{ work = 'accounts'; ms = $watch.Elapsed.TotalMilliseconds; cpu = ($process.TotalProcessorTime - $before).TotalMilliseconds }
if ($impact.TradingAccountCount -ne 1) { throw "The credential has $($impact.TradingAccountCount) trading accounts instead of 1." }
