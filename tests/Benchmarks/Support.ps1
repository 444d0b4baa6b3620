# Functions for the measure-*.ps1 scripts, which dot-source this file. build/bench.ps1 runs each script in a separate process.
# docs/performance.md describes how to run one manually.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# The address contains the number of credentials and the delay of changes in milliseconds.
function Connect-Bench([string] $Module, [string] $Address, [string] $Token) {
    Import-Module $Module
    Connect-Cadenza -BaseUri $Address -AccessToken (ConvertTo-SecureString $Token -AsPlainText -Force) -SkipCheck
}

function Invoke-PlainList([string] $Address, [string] $Token) {
    (Invoke-RestMethod "$Address/api/v3/credential/list" -Headers @{ Authorization = "Bearer $Token" }).data
}

# Pauses between the runs, so that the runtime can recompile hot methods in the background.
function Invoke-WarmUp([int] $Times, [scriptblock] $Do) {
    foreach ($i in 1..$Times) {
        & $Do
        Start-Sleep -Milliseconds 200
    }
}

# Writes the elapsed milliseconds, those of the processors, and the allocated bytes as one line of JSON.
function Measure-Run([string] $Work, [scriptblock] $Do) {
    [GC]::Collect()
    $allocated = [GC]::GetTotalAllocatedBytes($true)
    $cpu = [Environment]::CpuUsage.TotalTime
    $watch = [Diagnostics.Stopwatch]::StartNew()
    & $Do
    $ms = $watch.Elapsed.TotalMilliseconds
    $cpu = [Environment]::CpuUsage.TotalTime - $cpu
    Write-Result @{ work = $Work; ms = $ms; cpu = $cpu.TotalMilliseconds; allocated = [GC]::GetTotalAllocatedBytes($true) - $allocated }
}

function Write-Result([hashtable] $Result) { ConvertTo-Json $Result -Compress }

# On Linux, .NET does not report the current peak of its own process. The file does.
function Get-PeakMemory {
    if (Test-Path /proc/self/status) { 1KB * [long]((Get-Content /proc/self/status) -match '^VmHWM' -replace '\D')[0] }
    else { [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 }
}
