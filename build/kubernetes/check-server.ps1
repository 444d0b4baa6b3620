<#
.SYNOPSIS
    Compares the sandbox server's state before and after a rotation with its rows: each row's credential was changed exactly once and
    holds the row's keys, and no other credential was changed.
.DESCRIPTION
    Exit code 0: this is so. 1: it is not; each line of the output is a credential where something differs.
#>
#Requires -Version 7.4
param(
    # The CSV file of the rotation.
    [Parameter(Mandatory)] [string] $Path,

    # What the server's page /_sandbox/state answered before the rotation, and after it.
    [Parameter(Mandatory)] [string] $Before,
    [Parameter(Mandatory)] [string] $After
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-Fingerprint($Row) {
    $bytes = [Text.Encoding]::UTF8.GetBytes("$($Row.ApiKey)|$($Row.ApiSecret)|$($Row.ApiPassphrase)")
    [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes)).ToLowerInvariant()
}

$rows = @{}
Import-Csv -LiteralPath $Path | ForEach-Object { $rows[$_.CredentialId] = $_ }
$old = @{}
Get-Content -LiteralPath $Before -Raw | ConvertFrom-Json | ForEach-Object { $old[$_.credentialId] = $_ }
$new = @(Get-Content -LiteralPath $After -Raw | ConvertFrom-Json)

$faults = @(
    if ($rows.Count -eq 0) { 'there are no rows' }
    if ($new.Count -ne $old.Count) { "$($old.Count) credentials before, $($new.Count) after" }
    foreach ($credential in $new) {
        $id = $credential.credentialId
        $changes = $credential.changes - $old[$id].changes
        $expected = [int]$rows.ContainsKey($id)
        if ($changes -ne $expected) { "$id was changed $changes times, expected $expected" }
        if ($expected -and $credential.fingerprint -ne (Get-Fingerprint $rows[$id])) { "$id does not hold the row's keys" }
    }
)
if ($faults) { $faults; exit 1 }
"The server confirms: $($rows.Count) credentials changed once each, $($new.Count - $rows.Count) unchanged."
exit 0
