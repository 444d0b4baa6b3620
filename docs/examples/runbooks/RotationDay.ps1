<#
.SYNOPSIS
    Rotation day: rotates the keys of the credentials in a CSV file and reports the result of every row.
.DESCRIPTION
    Columns: CredentialId, ApiKey, ApiSecret, and, if the venue requires one, ApiPassphrase. The columns Venue and Nickname are optional. If
    they are present, they must match the credential. The complete file is validated before a change is sent.

    The result file contains one row for each row of the input, without keys: Done, Rejected (not changed: the server rejected it), NotSent
    (not changed), or Unknown (sent, but the response was lost). A journal records each change before it is sent, so it is correct even after
    a power failure. To continue, run the script again with the same file and -JournalPath: rows that are Done are skipped.

    Exit code 0: every row is Done, or -WhatIf was specified. 3: at least one row is not Done; see the result file. 2: refused, no change was
    sent. 1: PowerShell rejected the command line.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File RotationDay.ps1 keys.sandbox.csv -Sandbox
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File RotationDay.ps1 keys.csv -WhatIf
#>
#Requires -Version 7.4
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Server')]
param(
    # The CSV file with the new keys.
    [Parameter(Mandatory, Position = 0)] [string] $Path,

    # The result file. It must not exist.
    [string] $ResultPath = "cadenza-rotation-$([datetime]::UtcNow.ToString('yyyyMMdd-HHmmss', [cultureinfo]::InvariantCulture))Z.csv",

    # The journal. Specify the journal of an earlier run to continue it.
    [string] $JournalPath = [IO.Path]::ChangeExtension($ResultPath, '.jsonl'),

    # The column separator.
    [char] $Delimiter = ',',

    # If more rows than this fail, no further rows are sent.
    [ValidateRange(0, 100000)] [int] $MaximumFailure = 2,

    # The delay in seconds before Unknown rows are sent once more.
    [ValidateRange(0, 3600)] [int] $RecheckAfterSec = 5,

    # Uses a sandbox in this process instead of a server.
    [Parameter(ParameterSetName = 'Sandbox', Mandatory)] [switch] $Sandbox,
    [Parameter(ParameterSetName = 'Sandbox')] [ValidateSet('Guide', 'EndpointPage', 'OpenApi')] [string] $Dialect = 'Guide',
    [Parameter(ParameterSetName = 'Sandbox')] [string[]] $Fault = @(),

    # The path of the module, if it is not installed.
    [string] $Module
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$InformationPreference = 'Continue'

$allowed = 'CredentialId', 'ApiKey', 'ApiSecret', 'ApiPassphrase', 'Venue', 'Nickname'
$results = @{ Applied = 'Done'; Rejected = 'Rejected'; NotSent = 'NotSent'; Unknown = 'Unknown'; Accepted = 'Unknown'; Intent = 'Unknown' }

function Import-CadenzaModule {
    $built = [IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
    Import-Module $(if ($Module) { $Module } elseif (Get-Module CadenzaPS -ListAvailable) { 'CadenzaPS' } else { $built })
}

function ConvertTo-UtcText($Time) {
    if ($null -ne $Time) { $Time.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture) }
}

# Returns a number with its noun: 1 credential, 2 credentials.
function Format-Count([int] $Count, [string] $Noun) { "$Count $Noun$(if ($Count -ne 1) { 's' })" }

# Checks what Import-Csv cannot report: with a header, it truncates a row with too many fields, such as an unquoted comma in a secret.
function Read-KeyFile([string] $File) {
    $names = 0..31 | ForEach-Object { "c$_" }
    $records = @(Import-Csv -LiteralPath $File -Delimiter $Delimiter -Header $names)
    if ($records.Count -lt 2) { throw "$Path has no rows." }
    $heading = @($names | ForEach-Object { $records[0].$_ } | Where-Object { $null -ne $_ } | ForEach-Object { $_.Trim() })
    foreach ($name in $allowed[0..2]) {
        if ($name -notin $heading) { throw "$Path has no column $name. Its columns must be separated by '$Delimiter' (-Delimiter)." }
    }
    # Do not show the name of an unexpected column. In a file without a header, it would be a secret.
    if (@($heading | Where-Object { $_ -notin $allowed }).Count) { throw "$Path has an unexpected column. The allowed columns are $($allowed -join ', ')." }
    if (@($heading | Sort-Object -Unique).Count -lt $heading.Count) { throw "$Path contains a column more than once." }
    for ($i = 1; $i -lt $records.Count; $i++) {
        $count = @($names | Where-Object { $null -ne $records[$i].$_ }).Count
        if ($count -ne $heading.Count) {
            throw "$Path, row ${i}: $(Format-Count $count field) instead of $($heading.Count). Enclose values that contain '$Delimiter' in quotes."
        }
    }
    Import-Csv -LiteralPath $File -Delimiter $Delimiter
}

# Sends rows, except those that are Done according to the journal. Returns the errors.
function Send-Row([object[]] $Rows, [switch] $Preview) {
    $failures = @()
    try {
        $null = $Rows | Update-CadenzaCredential -ValidateFirst -MaximumFailure $MaximumFailure -ThrottleLimit 1 -JournalPath $journal `
            -Connection $connection -WhatIf:$Preview -ErrorVariable failures -ErrorAction SilentlyContinue
    }
    catch { $failures += $_ }
    $failures | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Select-Object -Unique
}

function Get-Entry {
    if (Test-Path -LiteralPath $journal) { Get-CadenzaJournal $journal -WarningAction SilentlyContinue | Where-Object Server -EQ $connection.Host }
}

# The journal decides what happened to each row.
function Get-Result {
    $last, $isOpen, $sentAt = @{}, @{}, @{}
    foreach ($entry in Get-Entry) {
        $id = $entry.CredentialId
        # If a second attempt is rejected, the result of the first one is still unknown.
        if ($entry.Event -in 'Unknown', 'Accepted' -or ($entry.Event -eq 'Intent' -and ${last}[$id]?.Event -eq 'Intent')) { $isOpen[$id] = $true }
        elseif ($entry.Event -eq 'Applied') { $isOpen.Remove($id) }
        if ($entry.Event -eq 'Intent') { $sentAt[$id] = $entry.Time }
        $last[$id] = $entry
    }
    $number = 0
    foreach ($row in $rows) {
        $number++
        $credential, $entry = $known[$row.CredentialId], $last[$row.CredentialId]
        $result = if (-not $entry) { 'NotSent' } elseif ($isOpen[$row.CredentialId]) { 'Unknown' } else { $results[$entry.Event] }
        [pscustomobject]@{
            Row = $number; CredentialId = $row.CredentialId; Venue = ${credential}?.Venue; Nickname = ${credential}?.Nickname; Result = $result
            ErrorId = ${entry}?.ErrorId; Message = ${entry}?.Message; RequestId = ${entry}?.RequestId
            SentAt = if ($result -ne 'NotSent') { ConvertTo-UtcText $sentAt[$row.CredentialId] }
            UpdatedBefore = ConvertTo-UtcText (${credential}?.UpdatedAt); UpdatedAfter = ConvertTo-UtcText $after[$row.CredentialId]
        }
    }
}

function Save-Result { [IO.File]::WriteAllLines($file, [string[]]@(Get-Result | ConvertTo-Csv)) }

$connection = $file = $code = $null
$known, $after, $problems, $begun = @{}, @{}, @(), 0
try {
    Import-CadenzaModule
    $rows = @(Read-KeyFile $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path))
    $connection = if ($Sandbox) { Connect-Cadenza -Sandbox -Dialect $Dialect -Fault $Fault -PassThru } else { Get-CadenzaConnection }
    if (-not $connection) { throw 'Not connected: set CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL).' }
    $journal = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($JournalPath)
    $begun = @(Get-Entry).Count
    Write-Information "$(Format-Count $rows.Count credential) at $($connection.Host) ($($connection.Environment))"
    Get-CadenzaCredential -Connection $connection | ForEach-Object { $known[$_.CredentialId] = $_ }
    if ($WhatIfPreference) { $problems = @(Send-Row $rows -Preview) }
    else {
        $target = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ResultPath)
        # CreateNew keeps an existing file, and fails now if the folder cannot be written to.
        [IO.File]::Open($target, 'CreateNew').Dispose()
        $file = $target
        $problems = @(Send-Row $rows)
        $unknown = @(Get-Result | Where-Object Result -EQ 'Unknown')
        if ($unknown) {
            Write-Information "Unknown: $(Format-Count $unknown.Count row). Sending again in $RecheckAfterSec s."
            Start-Sleep -Seconds $RecheckAfterSec
            # Setting the same keys twice has the same result, so a response now confirms the rotation.
            $null = Send-Row $rows[($unknown.Row | ForEach-Object { $_ - 1 })]
        }
        if (@(Get-Entry).Count -gt $begun) {
            Get-CadenzaCredential -Connection $connection -ErrorAction SilentlyContinue | ForEach-Object { $after[$_.CredentialId] = $_.UpdatedAt }
        }
    }
    $code ??= if ($WhatIfPreference) { 0 } else { (@(Get-Result | Where-Object Result -NE 'Done').Count) ? 3 : 0 }
}
catch {
    $problems += $_
    $code = 3
}
finally {
    # After Ctrl+C, pwsh -File would end with exit code 0.
    if ($null -eq $code -and [Environment]::GetCommandLineArgs() -match '^-fi?l?e?$') { $Host.SetShouldExit(3) }
    if ($problems -and (-not $connection -or -not $file -or @(Get-Entry).Count -eq $begun)) {
        if ($file) { Remove-Item -LiteralPath $file }
        $file, $code = $null, 2
    }
    if ($file) { Save-Result }
}

if ($code -eq 2) {
    $lines = @($problems | Where-Object { $_ -is [string] -or $_.FullyQualifiedErrorId -notlike 'CadenzaValidationFailed*' })
    if ($lines.Count -gt 1) { $lines = @("$Path has $(Format-Count $lines.Count error):") + $lines }
    Write-Error "Nothing was sent. $($lines -join "$([Environment]::NewLine)  ")" -ErrorId CadenzaRotationRefused -ErrorAction Continue
}
elseif ($file) {
    $rowsOut = @(Get-Result)
    foreach ($row in $rowsOut | Where-Object Result -NE 'Done') { Write-Information "Row $($row.Row): $($row.Result) $($row.ErrorId) $($row.Message)" }
    foreach ($problem in $problems | Where-Object { $_.FullyQualifiedErrorId -like 'CadenzaTooManyFailures*' }) { Write-Warning "$problem" }
    $counts = foreach ($word in 'Done', 'Rejected', 'NotSent', 'Unknown') { "$word $(@($rowsOut | Where-Object Result -EQ $word).Count)" }
    Write-Information "$($counts -join ', '). Results: $file. Journal: $journal"
}
if ($Sandbox -and $connection) { Disconnect-Cadenza $connection }
exit $code
