<#
.SYNOPSIS
    Checks that every row was rotated exactly once, by its own shard.
.DESCRIPTION
    Reads the rows and the journals of all shards, and sends nothing. Writes CSV with one line for each row that has a finding:

    Open      no journal contains a result, or the result is unknown
    Rejected  the server rejected the rotation
    Twice     the credential was rotated more than once
    Foreign   the journal of another shard contains the credential

    Exit code 0: every row was rotated once, by its own shard. 1: there are findings; see the output. 2: the check failed.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File check-journals.ps1 keys.csv -JournalFolder /journal/2026-11 -Count 4
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    # The CSV file that the machines used.
    [Parameter(Mandatory, Position = 0)] [string] $Path,

    # The folder that contains the journals of all shards.
    [Parameter(Mandatory)] [string] $JournalFolder,

    # The number of shards.
    [Parameter(Mandatory)] [int] $Count,

    # The path of the module, if it is not installed.
    [string] $Module
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Import-CadenzaModule {
    $built = [IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
    Import-Module $(if ($Module) { $Module } elseif (Get-Module CadenzaPS -ListAvailable) { 'CadenzaPS' } else { $built })
}

try {
    Import-CadenzaModule
    # Read only the ids. The keys are not needed.
    $ids = @(Import-Csv -LiteralPath $Path | Select-Object CredentialId)
    $byShard = @(foreach ($index in 0..($Count - 1)) { , @($ids | Select-CadenzaShard -Index $index -Count $Count | ForEach-Object CredentialId) })
    $entries = @(foreach ($index in 0..($Count - 1)) {
        $journal = Join-Path $JournalFolder "shard-$index-of-$Count.jsonl"
        # An empty shard has no journal.
        if (Test-Path -LiteralPath $journal) {
            Get-CadenzaJournal $journal | Where-Object Action -EQ rotate | Select-Object CredentialId, Event, ErrorId, @{ n = 'Shard'; e = { $index } }
        }
    })
}
catch {
    Write-Error "The journals were not checked. $_" -ErrorId CadenzaShardsNotChecked -ErrorAction Continue
    exit 2
}

$lines = @{}
foreach ($group in $entries | Group-Object CredentialId) { $lines[$group.Name] = $group.Group }
$findings = @(foreach ($index in 0..($Count - 1)) {
    foreach ($id in $byShard[$index]) {
        $own = @(if ($lines[$id]) { $lines[$id] })
        $applied = @($own | Where-Object Event -EQ Applied)
        $finding = if (@($own | Where-Object Shard -NE $index)) { 'Foreign' }
                   elseif ($applied.Count -gt 1) { 'Twice' }
                   elseif ($own -and "$($own[-1].Event)" -eq 'Applied') { continue }
                   elseif ($own -and "$($own[-1].Event)" -eq 'Rejected') { 'Rejected' }
                   else { 'Open' }
        [pscustomobject]@{ Finding = $finding; Shard = $index; CredentialId = $id; ErrorId = if ($own) { $own[-1].ErrorId } }
    }
})
# Convert to text first, because exit would discard output that is not yet formatted.
$findings | ConvertTo-Csv -UseQuotes AsNeeded
exit [int]($findings.Count -gt 0)
