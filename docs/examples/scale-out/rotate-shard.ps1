<#
.SYNOPSIS
    What each of several machines runs on rotation day: takes its shard of the rows, rotates, and accounts for every row of it.
.DESCRIPTION
    All machines get the same file. Columns: CredentialId, and either ApiKey, ApiSecret and where the venue has one ApiPassphrase, or none
    of these, with -GetKey. Which rows are this machine's is told by -Index and -Count, else by the environment (CADENZA_SHARD_INDEX or
    JOB_COMPLETION_INDEX, and CADENZA_SHARD_COUNT). Where to, and as whom, is told by the session's connection, else by
    CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL).

    Each change goes through the journal shard-<index>-of-<count>.jsonl. Started again with the same folder, the script sends only what is
    left. So take a new folder for each rotation day.

    Exit code 0: every row of the shard is done. 1: some row is open; run again with the same folder. 2: refused, nothing was sent.
    3: every row was answered, but some were rejected; running again does not help.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File rotate-shard.ps1 keys.csv -JournalFolder /journal/2026-11 -Index 0 -Count 4
.EXAMPLE
    pwsh -NoProfile -NonInteractive -Command "& ./rotate-shard.ps1 ids.csv -JournalFolder /journal/2026-11 -GetKey { Get-Secret `$_.CredentialId }"

    With keys from a vault, as PSCredential: the key as the user name, the secret as the password. The shard comes from the environment.
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    # The CSV file, the same one on every machine.
    [Parameter(Mandatory, Position = 0)] [string] $Path,

    # A folder that outlives this machine. It is made if it does not exist.
    [Parameter(Mandatory)] [string] $JournalFolder,

    # Which shard, from 0, and of how many. Without both, the environment tells.
    [object] $Index,
    [object] $Count,

    # Called with the row as $_: gives a PSCredential, or a hashtable with ApiKey, ApiSecret and perhaps ApiPassphrase as SecureString.
    [scriptblock] $GetKey,

    # How many changes are in flight. The server's limit holds for all machines together, so that many machines need less each.
    [ValidateRange(1, 256)] [int] $ThrottleLimit = 4,

    # The module, where it is not installed.
    [string] $Module
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$InformationPreference = 'Continue'

function Import-CadenzaModule {
    $built = [IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
    Import-Module $(if ($Module) { $Module } elseif (Get-Module CadenzaPS -ListAvailable) { 'CadenzaPS' } else { $built })
}

# The rows, or what is wrong with them, which never quotes a value. All machines read the same file, so all of them refuse it.
function Read-Row([string] $File) {
    $rows = @(Import-Csv -LiteralPath $File)
    if (-not $rows) { throw 'it has no rows.' }
    $columns = @($rows[0].PSObject.Properties.Name)
    foreach ($name in @('CredentialId'; if (-not $GetKey) { 'ApiKey', 'ApiSecret' })) {
        if ($name -notin $columns) { throw "it has no column $name." }
    }
    # Import-Csv cuts a row with too many fields, as after an unquoted comma in a secret. With one more column they show.
    $wide = @(Import-Csv -LiteralPath $File -Header ((0..$columns.Count) -replace '^', 'c') | Select-Object -Skip 1)
    $ids = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
    for ($i = 0; $i -lt $rows.Count; $i++) {
        if ($null -ne $wide[$i]."c$($columns.Count)") { throw "row $($i + 1) has more fields than the heading." }
        if (-not $ids.Add("$($rows[$i].CredentialId)")) { throw "row $($i + 1) has the CredentialId of a row before." }
    }
    $rows
}

# A row with the keys that it shall get. Where none are found it goes on without: that is one error, about this row only.
function Add-Key([Parameter(ValueFromPipeline)] $Row) {
    process {
        if (-not $GetKey) { return $Row }
        $new = @{ CredentialId = $Row.CredentialId }
        try {
            $found = ForEach-Object -InputObject $Row -Process $GetKey
            if ($found -is [pscredential]) { $new.ApiCredential = $found }
            elseif ($found -is [Collections.IDictionary]) { foreach ($name in 'ApiKey', 'ApiSecret', 'ApiPassphrase') { if ($found[$name]) { $new[$name] = $found[$name] } } }
        }
        catch { Write-Warning "The keys of $($Row.CredentialId) were not found ($($_.Exception.GetType().Name))." }
        [pscustomobject]$new
    }
}

try {
    # --- nothing is sent before all of this is right ---
    Import-CadenzaModule
    $isGiven = $PSBoundParameters.ContainsKey('Index') -or $PSBoundParameters.ContainsKey('Count')
    $shard = if ($isGiven) { @{ Index = $Index; Count = $Count } } else { @{ FromEnvironment = $true } }
    $file = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path)
    $rows = try { @(Read-Row $file) } catch { throw "${Path}: $_" }
    $mine = @($rows | Select-CadenzaShard @shard)
    if (-not $isGiven) { $Index, $Count = ($env:CADENZA_SHARD_INDEX ?? $env:JOB_COMPLETION_INDEX), $env:CADENZA_SHARD_COUNT }
    $connection = Get-CadenzaConnection
    if (-not $connection) { throw 'Not connected: set CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL).' }

    $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($JournalFolder)
    $null = [IO.Directory]::CreateDirectory($folder)
    $other = Get-ChildItem -LiteralPath $folder -Filter 'shard-*.jsonl' | Where-Object Name -NotLike "shard-*-of-$([int]$Count).jsonl" | Select-Object -First 1
    if ($other) { throw "$($other.Name) in $JournalFolder is of another number of shards: rows would be another machine's now." }
    $journal = Join-Path $folder "shard-$([int]$Index)-of-$([int]$Count).jsonl"
}
catch {
    Write-Error "Nothing was sent. $_" -ErrorId CadenzaShardRefused -ErrorAction Continue
    exit 2
}

$failures = @()
try {
    $mine | Add-Key | Update-CadenzaCredential -Force -JournalPath $journal -ThrottleLimit $ThrottleLimit -Connection $connection `
        -ErrorVariable failures -ErrorAction SilentlyContinue | Out-Null
}
catch {
    # What would fail every further row as well.
    Write-Error "Broken off. $_" -ErrorId CadenzaShardBrokenOff -ErrorAction Continue
}

# The journal knows of what this run did and of what earlier ones did.
$standing = @{}
if (Test-Path -LiteralPath $journal) {
    Get-CadenzaJournal $journal -Latest | Where-Object { $_.Action -eq 'rotate' -and $_.Server -eq $connection.Host } |
        ForEach-Object { $standing[$_.CredentialId] = "$($_.Event)" }
}
$errorIds = @{}
foreach ($failure in @($failures) | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.TargetObject -is [string] }) {
    $errorIds[$failure.TargetObject] = $failure.FullyQualifiedErrorId.Split(',')[0]
    Write-Information "$($errorIds[$failure.TargetObject]): $failure"
}
$tally = @{ Done = 0; Rejected = 0; Open = 0 }
foreach ($row in $mine) {
    $word = switch ($standing[$row.CredentialId]) {
        'Applied' { 'Done' }
        'Rejected' { 'Rejected' }
        # Keys that are missing or incomplete will be so the next time, too.
        default { if ($errorIds[$row.CredentialId] -eq 'CadenzaInvalidKeys') { 'Rejected' } else { 'Open' } }
    }
    $tally[$word]++
}
Write-Information ("Shard $([int]$Index) of $([int]$Count): $($mine.Count) of $($rows.Count) rows; " +
    "$($tally.Done) done, $($tally.Rejected) rejected, $($tally.Open) open. Journal: $journal")
exit $(if ($tally.Open) { 1 } elseif ($tally.Rejected) { 3 } else { 0 })
