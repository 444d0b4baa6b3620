<#
.SYNOPSIS
    Measures the report of a new process, and the peak memory of the process.
#>
param(
    [Parameter(Mandatory)][string] $Server,
    [Parameter(Mandatory)][string] $Token,
    [Parameter(Mandatory)][string] $Module,
    [int] $Count = 50000
)
. "$PSScriptRoot/Support.ps1"

Connect-Bench $Module "$Server/$Count" $Token
$path = Join-Path ([IO.Path]::GetTempPath()) "cadenza-bench-$([guid]::NewGuid().ToString('N')).html"
try {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    Export-CadenzaCredentialReport $path
    $ms = $watch.Elapsed.TotalMilliseconds
    if ((Get-Item -LiteralPath $path).Length -lt 100 * $Count) { throw 'The report is too short.' }
}
finally { Remove-Item -LiteralPath $path -ErrorAction Ignore }
Write-Result @{ work = 'report'; ms = $ms; bytes = Get-PeakMemory }
