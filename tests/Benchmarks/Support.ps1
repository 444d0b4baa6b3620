# What the measuring scripts share: dot-source it. They are run by build/bench.ps1, each in a pwsh of its own; docs/performance.md says how
# to run one by hand.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# The address says how many the list has and after how many milliseconds a change is answered.
function Connect-Bench([string] $Module, [string] $Address, [string] $Token) {
    Import-Module $Module
    Connect-Cadenza -BaseUri $Address -AccessToken (ConvertTo-SecureString $Token -AsPlainText -Force) -SkipCheck
}

function Invoke-PlainList([string] $Address, [string] $Token) {
    (Invoke-RestMethod "$Address/api/v3/credential/list" -Headers @{ Authorization = "Bearer $Token" }).data
}

# Several times, with pauses, in which the runtime compiles in the background what was called often.
function Invoke-WarmUp([int] $Times, [scriptblock] $Do) {
    foreach ($i in 1..$Times) {
        & $Do
        Start-Sleep -Milliseconds 200
    }
}

# Milliseconds and bytes allocated, as one line of JSON.
function Measure-Run([string] $Work, [scriptblock] $Do) {
    [GC]::Collect()
    $allocated = [GC]::GetTotalAllocatedBytes($true)
    $watch = [Diagnostics.Stopwatch]::StartNew()
    & $Do
    $ms = $watch.Elapsed.TotalMilliseconds
    Write-Result @{ work = $Work; ms = $ms; allocated = [GC]::GetTotalAllocatedBytes($true) - $allocated }
}

function Write-Result([hashtable] $Result) { ConvertTo-Json $Result -Compress }
