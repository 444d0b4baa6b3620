<#
.SYNOPSIS
    Measures revokes after a warm-up: with Revoke-CadenzaCredential in a pipeline, or with Invoke-RestMethod in a loop.
#>
param(
    [Parameter(Mandatory)][string] $Server,
    [Parameter(Mandatory)][string] $Token,
    [string] $Module,
    [ValidateSet('CadenzaPS', 'Invoke-RestMethod')][string] $Who = 'CadenzaPS',
    [int] $Count = 2000,
    [int] $DelayMs = 0,
    [int] $ThrottleLimit = 16,
    [int] $Repeat = 3,

    # Uses a web session, so that Invoke-RestMethod keeps its connection.
    [switch] $WebSession
)
. "$PSScriptRoot/Support.ps1"

$address = "$Server/$Count/$DelayMs"
if ($Who -eq 'Invoke-RestMethod') {
    $ids = (Invoke-PlainList $address $Token).credentialId
    $call = @{
        Uri = "$address/api/v3/credential/revoke"; Method = 'Post'; ContentType = 'application/json'; Headers = @{ Authorization = "Bearer $Token" }
    }
    if ($WebSession) { $call.WebSession = [Microsoft.PowerShell.Commands.WebRequestSession]::new() }
    $revoke = {
        foreach ($id in $args[0]) { Invoke-RestMethod @call -Body (ConvertTo-Json @{ credentialId = $id }) | Out-Null }
    }
    Invoke-WarmUp 3 { & $revoke $ids[0..[Math]::Min($Count - 1, 300)] }
    foreach ($i in 1..$Repeat) { Measure-Run revoke { & $revoke $ids } }
    exit
}

Connect-Bench $Module "$Server/2000/0" $Token
$revoke = @{ Confirm = $false }
if ((Get-Command Revoke-CadenzaCredential).Parameters.ContainsKey('ThrottleLimit')) { $revoke.ThrottleLimit = $ThrottleLimit }
else { [Console]::Error.WriteLine('Revoke-CadenzaCredential has no -ThrottleLimit in this version. It is measured without the parameter.') }
$credentials = Get-CadenzaCredential
Invoke-WarmUp 20 {
    $done = $credentials | Revoke-CadenzaCredential @revoke
    if (@($done | Where-Object Status -EQ REVOKED).Count -ne 2000) { throw 'Not every credential was revoked.' }
}
Connect-Bench $Module $address $Token
$credentials = Get-CadenzaCredential
if ($credentials.Count -ne $Count) { throw "The list contains $($credentials.Count) credentials instead of $Count." }
# Opens all connections before the measurement, as the warm-up does for Invoke-RestMethod.
$credentials[0..(2 * $ThrottleLimit - 1)] | Revoke-CadenzaCredential @revoke | Out-Null
foreach ($i in 1..$Repeat) { Measure-Run revoke { $credentials | Revoke-CadenzaCredential @revoke | Out-Null } }
