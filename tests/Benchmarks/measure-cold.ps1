<#
.SYNOPSIS
    Measures the first list of a process, as a script that lists once has it: with CadenzaPS or with Invoke-RestMethod.
#>
param(
    [Parameter(Mandatory)][string] $Server,
    [Parameter(Mandatory)][string] $Token,
    [string] $Module,
    [ValidateSet('CadenzaPS', 'Invoke-RestMethod')][string] $Who = 'CadenzaPS',
    [int] $Count = 100000
)
. "$PSScriptRoot/Support.ps1"

$address = "$Server/$Count"
if ($Who -eq 'CadenzaPS') { Connect-Bench $Module $address $Token }
$process = [Diagnostics.Process]::GetCurrentProcess()
$before = $process.TotalProcessorTime
$watch = [Diagnostics.Stopwatch]::StartNew()
$listed = if ($Who -eq 'CadenzaPS') { Get-CadenzaCredential } else { Invoke-PlainList $address $Token }
$watch.Stop()
$process.Refresh()
Write-Result @{ work = 'cold'; ms = $watch.Elapsed.TotalMilliseconds; cpu = ($process.TotalProcessorTime - $before).TotalMilliseconds }
if ($listed.Count -ne $Count) { throw "The list contains $($listed.Count) credentials instead of $Count." }
