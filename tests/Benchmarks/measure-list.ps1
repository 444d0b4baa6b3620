<#
.SYNOPSIS
    Times a list, warmed up: CadenzaPS to the last object, to the first, and with a filter that drops all; or Invoke-RestMethod.
#>
param(
    [Parameter(Mandatory)][string] $Server,
    [Parameter(Mandatory)][string] $Token,
    [string] $Module,
    [ValidateSet('CadenzaPS', 'Invoke-RestMethod')][string] $Who = 'CadenzaPS',
    [int] $Count = 100000,
    [int] $Repeat = 3,

    # Only to the last object.
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
    # The server knows no filters, and none of its credentials is EXPIRED.
    Measure-Run filtered { Get-CadenzaCredential -Status EXPIRED | Out-Null }
    # Script in the pipeline slows the rest of the list down, so the time to the last is taken from the other runs.
    $first = $null
    $watch = [Diagnostics.Stopwatch]::StartNew()
    Get-CadenzaCredential | & { process { if ($null -eq $first) { $first = $watch.Elapsed.TotalMilliseconds; Write-Result @{ work = 'first'; ms = $first } } } }
}

# Last, since so many objects at once make the heap grow.
$listed = @(Get-CadenzaCredential).Count
if ($listed -ne $Count) { throw "The list has $listed." }
