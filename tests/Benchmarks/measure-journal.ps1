<#
.SYNOPSIS
    Measures revokes after a warm-up, in turns without a journal and with one.
#>
param(
    [Parameter(Mandatory)][string] $Server,
    [Parameter(Mandatory)][string] $Token,
    [Parameter(Mandatory)][string] $Module,
    [int] $Count = 5000,
    [int] $ThrottleLimit = 16,
    [int] $Repeat = 3
)
. "$PSScriptRoot/Support.ps1"

Connect-Bench $Module "$Server/$Count/0" $Token
$credentials = Get-CadenzaCredential
$folder = Join-Path ([IO.Path]::GetTempPath()) "cadenza-bench-$([guid]::NewGuid().ToString('N'))"
$null = New-Item -ItemType Directory $folder
$revoke = @{ Confirm = $false; ThrottleLimit = $ThrottleLimit }
try {
    Invoke-WarmUp 15 {
        $credentials[0..999] | Revoke-CadenzaCredential @revoke | Out-Null
        $credentials[0..999] | Revoke-CadenzaCredential @revoke -JournalPath "$folder/$([guid]::NewGuid())" | Out-Null
    }
    foreach ($i in 1..$Repeat) {
        Measure-Run without { $credentials | Revoke-CadenzaCredential @revoke | Out-Null }
        Measure-Run with { $credentials | Revoke-CadenzaCredential @revoke -JournalPath "$folder/$i.jsonl" | Out-Null }
    }
}
finally { Remove-Item -LiteralPath $folder -Recurse -Force }
