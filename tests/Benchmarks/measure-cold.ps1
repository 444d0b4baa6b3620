<#
.SYNOPSIS
    Measures the first list of a process, as a script that lists once has it: with CadenzaPS or with Invoke-RestMethod.
#>
param(
    [Parameter(Mandatory)][string] $Server,
    [Parameter(Mandatory)][string] $Token,
    [string] $Module,
    [ValidateSet('CadenzaPS', 'Invoke-RestMethod')][string] $Who = 'CadenzaPS',
    # What happens to the list: assigned to a variable, redirected to $null, or sent to Out-Null.
    [ValidateSet('Variable', 'Redirected', 'Out-Null')][string] $Target = 'Variable',
    [int] $Count = 100000
)
. "$PSScriptRoot/Support.ps1"

$address = "$Server/$Count"
if ($Who -eq 'CadenzaPS') { Connect-Bench $Module $address $Token }
$process = [Diagnostics.Process]::GetCurrentProcess()
$before = $process.TotalProcessorTime
$watch = [Diagnostics.Stopwatch]::StartNew()
if ($Who -ne 'CadenzaPS') { $listed = Invoke-PlainList $address $Token }
elseif ($Target -eq 'Variable') { $listed = Get-CadenzaCredential }
elseif ($Target -eq 'Redirected') { Get-CadenzaCredential > $null }
else { Get-CadenzaCredential | Out-Null }
$watch.Stop()
$process.Refresh()
Write-Result @{ work = 'cold'; ms = $watch.Elapsed.TotalMilliseconds; cpu = ($process.TotalProcessorTime - $before).TotalMilliseconds }
if ($Target -eq 'Variable' -and $listed.Count -ne $Count) { throw "The list contains $($listed.Count) credentials instead of $Count." }
