<#
.SYNOPSIS
    Writes the rows of a rotation: made-up keys for every credential of the sandbox that can be rotated.
#>
#Requires -Version 7.4
param(
    # What the server's page /_sandbox/state answered.
    [Parameter(Mandatory)] [string] $State,

    # The CSV file to write.
    [Parameter(Mandatory)] [string] $Path
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$credentials = @(Get-Content -LiteralPath $State -Raw | ConvertFrom-Json)
$usable = @($credentials | Where-Object { -not $_.isColleagues -and -not $_.isBlocked -and $_.status -eq 'VERIFIED' })
if ($usable.Count -lt 100) { throw "Only $($usable.Count) of $($credentials.Count) credentials can be rotated: too few for a test." }
$number = 0
$usable | ForEach-Object {
    $number++
    [pscustomobject]@{
        CredentialId  = $_.credentialId
        ApiKey        = "made-up-key-$number"
        ApiSecret     = "made-up-secret-$number"
        ApiPassphrase = if ($_.venue -like 'OKX*') { "made-up-words-$number" }
    }
} | Export-Csv -LiteralPath $Path
"$number rows"
