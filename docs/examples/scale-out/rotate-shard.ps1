<#
.SYNOPSIS
    Rotates one shard of the rows of a CSV file and reports the result. Run the script once on each machine.
.DESCRIPTION
    All machines use the same file. It has the column CredentialId. It also has the columns ApiKey, ApiSecret, and, if the venue requires
    one, ApiPassphrase, unless you use -GetKey. -Index and -Count specify the shard of this machine. Without them, the environment variables
    CADENZA_SHARD_INDEX or JOB_COMPLETION_INDEX, and CADENZA_SHARD_COUNT, specify it. The script uses the connection of the session. If there
    is none, it uses CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL).

    Each change is recorded in the journal shard-<index>-of-<count>.jsonl. When you start the script again with the same folder, it sends only
    the rows that are not done. Use a new folder for each rotation.

    Exit code 0: every row of the shard is done. 1: at least one row is open; run the script again with the same folder. 2: refused, no change
    was sent. 3: every row has a result, and at least one row was rejected; running the script again does not help.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File rotate-shard.ps1 keys.csv -JournalFolder /journal/2026-11 -Index 0 -Count 4
.EXAMPLE
    pwsh -NoProfile -NonInteractive -Command "& ./rotate-shard.ps1 ids.csv -JournalFolder /journal/2026-11 -GetKey { Get-Secret `$_.CredentialId }"

    Gets the keys from a vault, as PSCredential objects: the user name is the key, the password is the secret. Environment variables specify
    the shard.
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    # The CSV file, the same file on every machine.
    [Parameter(Mandatory, Position = 0)] [string] $Path,

    # A folder on a persistent disk. It is created if it does not exist.
    [Parameter(Mandatory)] [string] $JournalFolder,

    # The index of the shard, starting at 0, and the number of shards. Without both, environment variables specify them.
    [object] $Index,
    [object] $Count,

    # Receives the row as $_. Returns a PSCredential, or a hashtable with ApiKey, ApiSecret, and optionally ApiPassphrase as SecureString.
    [scriptblock] $GetKey,

    # The number of changes in flight. The rate limit of the server applies to all machines together: lower this value if you add machines.
    [ValidateRange(1, 256)] [int] $ThrottleLimit = 4,

    # The path of the module, if it is not installed.
    [string] $Module
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$InformationPreference = 'Continue'

function Import-CadenzaModule {
    $built = [IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
    Import-Module $(if ($Module) { $Module } elseif (Get-Module CadenzaPS -ListAvailable) { 'CadenzaPS' } else { $built })
}

# Returns the rows, or throws an error that contains no value. All machines read the same file, so all of them reject it.
function Read-Row([string] $File) {
    $rows = @(Import-Csv -LiteralPath $File)
    if (-not $rows) { throw 'The file has no rows.' }
    $columns = @($rows[0].PSObject.Properties.Name)
    foreach ($name in @('CredentialId'; if (-not $GetKey) { 'ApiKey', 'ApiSecret' })) {
        if ($name -notin $columns) { throw "The file has no column $name." }
    }
    # Import-Csv truncates a row with too many fields (an unquoted comma in a secret). An additional column reveals it.
    $wide = @(Import-Csv -LiteralPath $File -Header ((0..$columns.Count) -replace '^', 'c') | Select-Object -Skip 1)
    $ids = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
    for ($i = 0; $i -lt $rows.Count; $i++) {
        if ($null -ne $wide[$i]."c$($columns.Count)") { throw "Row $($i + 1) has more fields than the header." }
        if (-not $ids.Add("$($rows[$i].CredentialId)")) { throw "Row $($i + 1) has the same CredentialId as an earlier row." }
    }
    $rows
}

# Adds the keys to the row. A row without keys continues and causes one error.
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
    # --- checks; no change is sent before all of them succeed ---
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
    if ($other) { throw "$($other.Name) in $JournalFolder has another number of shards. Use the same -Count, or a new folder." }
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
    # The error would affect every further row.
    Write-Error "The rotation was aborted. $_" -ErrorId CadenzaShardBrokenOff -ErrorAction Continue
}

# The journal contains the results of this run and of earlier runs.
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
        # Missing or incomplete keys are not retried.
        default { if ($errorIds[$row.CredentialId] -eq 'CadenzaInvalidKeys') { 'Rejected' } else { 'Open' } }
    }
    $tally[$word]++
}
Write-Information ("Shard $([int]$Index) of $([int]$Count): $($mine.Count) of $($rows.Count) rows; " +
    "$($tally.Done) done, $($tally.Rejected) rejected, $($tally.Open) open. Journal: $journal")
exit $(if ($tally.Open) { 1 } elseif ($tally.Rejected) { 3 } else { 0 })
