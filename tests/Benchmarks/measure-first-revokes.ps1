<#
.SYNOPSIS
    Measures the CPU time of the first revokes of a process, one at a time, and of later ones.
#>
param(
    [Parameter(Mandatory)][string] $Server,
    [Parameter(Mandatory)][string] $Token,
    [Parameter(Mandatory)][string] $Module,
    [int] $Count = 200,
    [int] $DelayMs = 20,
    [int] $Later = 4
)
. "$PSScriptRoot/Support.ps1"

Connect-Bench $Module "$Server/$Count/$DelayMs" $Token
$credentials = Get-CadenzaCredential
$process = [Diagnostics.Process]::GetCurrentProcess()
foreach ($i in 0..$Later) {
    $process.Refresh()
    $before = $process.TotalProcessorTime
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $done = $credentials | Revoke-CadenzaCredential -Confirm:$false -ThrottleLimit 1
    $ms = $watch.Elapsed.TotalMilliseconds
    $process.Refresh()
    if (@($done | Where-Object Status -EQ REVOKED).Count -ne $Count) { throw 'Not every credential was revoked.' }
    Write-Result @{
        work = $i -eq 0 ? 'firstRevokes' : $i -eq $Later ? 'laterRevokes' : 'warmUp'; ms = $ms
        cpu = ($process.TotalProcessorTime - $before).TotalMilliseconds
    }
}
