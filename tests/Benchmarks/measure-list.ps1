<#
.SYNOPSIS
    Measures a list after a warm-up: with CadenzaPS, the time to the last object, to the first object, and with a filter without
    matches; or with Invoke-RestMethod.
#>
param(
    [Parameter(Mandatory)][string] $Server,
    [Parameter(Mandatory)][string] $Token,
    [string] $Module,
    [ValidateSet('CadenzaPS', 'Invoke-RestMethod')][string] $Who = 'CadenzaPS',
    [int] $Count = 100000,
    [int] $Repeat = 3,

    # Measures only the time to the last object.
    [switch] $Plain
)
. "$PSScriptRoot/Support.ps1"

$address = "$Server/$Count"
$warm = "$Server/10000", "$Server/100000"
if ($Who -eq 'Invoke-RestMethod') {
    Invoke-WarmUp 3 { Invoke-PlainList $warm[0] $Token | Out-Null }
    Invoke-WarmUp 1 { Invoke-PlainList $warm[1] $Token | Out-Null }
    foreach ($i in 1..$Repeat) { Measure-Run list { Invoke-PlainList $address $Token | Out-Null } }
    exit
}

foreach ($base in $warm) {
    Connect-Bench $Module $base $Token
    Invoke-WarmUp 3 { Get-CadenzaCredential | Out-Null; if (-not $Plain) { Get-CadenzaCredential -Status EXPIRED | Out-Null } }
}
Connect-Bench $Module $address $Token
foreach ($i in 1..$Repeat) {
    Measure-Run list { Get-CadenzaCredential | Out-Null }
    if ($Plain) { continue }
    # The server ignores filters, and none of its credentials is EXPIRED.
    Measure-Run filtered { Get-CadenzaCredential -Status EXPIRED | Out-Null }
    # Script in the pipeline slows down the rest of the list, so this run does not measure the time to the last object.
    $first = $null
    $watch = [Diagnostics.Stopwatch]::StartNew()
    Get-CadenzaCredential | & { process { if ($null -eq $first) { $first = $watch.Elapsed.TotalMilliseconds; Write-Result @{ work = 'first'; ms = $first } } } }
}

# At the end, because keeping all objects increases the heap.
$listed = @(Get-CadenzaCredential).Count
if ($listed -ne $Count) { throw "The list contains $listed credentials instead of $Count." }
