<#
.SYNOPSIS
    Rotation day: rotates the keys of the credentials in a CSV file and reports the result of every row.
.DESCRIPTION
    Columns: CredentialId, ApiKey, ApiSecret, and, if the venue requires one, ApiPassphrase. The columns Venue and Nickname are optional. If
    they are present, they must match the credential. The script checks the complete file before it sends a change.

    The result file contains one row for each row of the input, without keys: Done, Rejected (not changed: the server rejected it), NotSent
    (not changed), or Unknown (sent, but the response was lost). The script writes it before each request, so it is correct even after a power
    failure: the row in progress is then Unknown.

    Exit code 0: every row is Done, or -WhatIf was specified. 1: at least one row is not Done; see the result file. 2: refused, no change was
    sent.
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

    # The column separator.
    [char] $Delimiter = ',',

    # After this many consecutive Unknown rows, no further rows are sent.
    [ValidateRange(1, 1000)] [int] $StopAfterUnknown = 3,

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

$required = 'CredentialId', 'ApiKey', 'ApiSecret'
$allowed = $required + 'ApiPassphrase', 'Venue', 'Nickname'
$columns = @(
    'Row', 'CredentialId', 'Venue', 'Nickname', 'Result', 'ErrorId', 'Message', 'RequestId', 'SentAt', 'UpdatedBefore', 'UpdatedAfter'
)

function Import-CadenzaModule {
    $built = [IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
    Import-Module $(if ($Module) { $Module } elseif (Get-Module CadenzaPS -ListAvailable) { 'CadenzaPS' } else { $built })
}

function ConvertTo-UtcText($Time) {
    if ($null -ne $Time) { $Time.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture) }
}

# Returns a number with its noun: 1 credential, 2 credentials.
function Format-Count([int] $Count, [string] $Noun) { "$Count $Noun$(if ($Count -ne 1) { 's' })" }

# Uses generated column names. With a header, Import-Csv would truncate a row with too many fields.
function Read-KeyFile([string] $File) {
    $names = 0..31 | ForEach-Object { "c$_" }
    $records = @(Import-Csv -LiteralPath $File -Delimiter $Delimiter -Header $names)
    if ($records.Count -lt 2) { throw "$Path has no rows." }
    $heading = @($names | ForEach-Object { $records[0].$_ } | Where-Object { $null -ne $_ } | ForEach-Object { $_.Trim() })
    foreach ($name in $required) {
        if ($name -notin $heading) { throw "$Path has no column $name. Its columns must be separated by '$Delimiter' (-Delimiter)." }
    }
    # Do not show the name of an unexpected column. In a file without a header, it would be a secret.
    if (@($heading | Where-Object { $_ -notin $allowed }).Count) { throw "$Path has an unexpected column. The allowed columns are $($allowed -join ', ')." }
    if (@($heading | Sort-Object -Unique).Count -lt $heading.Count) { throw "$Path contains a column more than once." }

    for ($i = 1; $i -lt $records.Count; $i++) {
        $fields = @($names | ForEach-Object { $records[$i].$_ } | Where-Object { $null -ne $_ })
        if ($fields.Count -ne $heading.Count) {
            throw "$Path, row ${i}: $(Format-Count $fields.Count field) instead of $($heading.Count). Enclose values that contain '$Delimiter' in quotes."
        }
        $row = @{ Row = $i }
        for ($column = 0; $column -lt $fields.Count; $column++) { $row[$heading[$column]] = $fields[$column] }
        $row
    }
}

# Returns all errors of the rows. The texts contain no value except the ids.
function Find-RowError([hashtable[]] $Rows, [hashtable] $Known) {
    $ids = @{}
    $keys = [Collections.Generic.Dictionary[string, int]]::new([StringComparer]::Ordinal)
    foreach ($row in $Rows) {
        $where = "row $($row.Row)"
        foreach ($name in $required) { if ([string]::IsNullOrWhiteSpace($row[$name])) { "${where}: $name is blank" } }
        foreach ($name in $row.Keys -ne 'Row') {
            if ($row[$name] -cne $row[$name].Trim()) { "${where}: $name starts or ends with white space" }
        }
        $id, $key = $row.CredentialId, $row.ApiKey
        if ($key) { if ($keys.ContainsKey($key)) { "${where}: ApiKey is the same as in row $($keys[$key])" } else { $keys[$key] = $row.Row } }
        if ([string]::IsNullOrWhiteSpace($id)) { continue }
        if ($ids.ContainsKey($id)) { "${where}: CredentialId is the same as in row $($ids[$id])" } else { $ids[$id] = $row.Row }
        $credential = $Known[$id]
        if (-not $credential) { "${where}: credential $id does not exist"; continue }
        if ($credential.Status -eq 'REVOKED') { "${where}: $credential is revoked" }
        foreach ($name in 'Venue', 'Nickname') {
            if ($row.ContainsKey($name) -and $row[$name] -ne "$($credential.$name)") { "${where}: $name does not match $credential" }
        }
    }
}

# Rotates one row. An error without an outcome counts as Unknown.
function Send-Row($Row, $Entry, [switch] $Again) {
    $new = @{ ApiKey = $Row.ApiKey; ApiSecret = $Row.ApiSecret }
    if ($Row['ApiPassphrase']) { $new.ApiPassphrase = $Row.ApiPassphrase }
    $failures = @()
    $isOver = $false
    $changed = $null
    try {
        # The first attempt may have changed the credential, so do not compare it with the list again.
        $changed = $(if ($Again) { $Row.CredentialId } else { $known[$Row.CredentialId] }) |
            Update-CadenzaCredential @new -Connection $connection -ErrorVariable failures -ErrorAction SilentlyContinue
    }
    catch {
        # The error would affect every further row.
        $failures = @($_)
        $isOver = $true
    }

    $failure = $failures | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Select-Object -First 1
    if ($changed) {
        $Entry.Result, $Entry.ErrorId, $Entry.Message = 'Done', $null, $null
        $Entry.UpdatedAfter = ConvertTo-UtcText $changed.UpdatedAt
    }
    elseif ($failure) {
        $outcome = $failure.Exception.PSObject.Properties['Outcome']
        # If the second attempt is rejected, the result of the first one is still unknown.
        $result = switch ("$($outcome ? $outcome.Value : '')") {
            'Applied' { 'Done' }
            { $_ -in 'Rejected', 'NotSent' } { $_ }
            default { 'Unknown' }
        }
        if (-not $Again) { $Entry.Result = $result }
        $Entry.ErrorId = $failure.FullyQualifiedErrorId.Split(',')[0]
        $Entry.Message = "$failure"
        if ($outcome) { $Entry.RequestId = $failure.Exception.RequestId }
    }
    elseif (-not $Again) { $Entry.Result, $Entry.Message = 'NotSent', 'Not confirmed.' }
    $isOver
}

function Save-Result { [IO.File]::WriteAllLines($file, [string[]]@($entries | Select-Object $columns | ConvertTo-Csv)) }

$connection = $file = $null
$entries = @()
try {
    # --- checks; no change is sent before all of them succeed ---
    Import-CadenzaModule
    $rows = @(Read-KeyFile $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path))
    $connection = if ($Sandbox) { Connect-Cadenza -Sandbox -Dialect $Dialect -Fault $Fault -PassThru } else { Get-CadenzaConnection }
    if (-not $connection) { throw 'Not connected: set CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL).' }
    $known = @{}
    Get-CadenzaCredential -Connection $connection | ForEach-Object { $known[$_.CredentialId] = $_ }
    $rowErrors = @(Find-RowError $rows $known)
    if ($rowErrors) { throw "$Path has $(Format-Count $rowErrors.Count error):$([Environment]::NewLine)  $($rowErrors -join "$([Environment]::NewLine)  ")" }

    $entries = @(foreach ($row in $rows) {
        $credential = $known[$row.CredentialId]
        [pscustomobject]@{
            Row = $row.Row; CredentialId = $credential.CredentialId; Venue = $credential.Venue; Nickname = $credential.Nickname
            Result = 'NotSent'; ErrorId = $null; Message = $null; RequestId = $null; SentAt = $null
            UpdatedBefore = ConvertTo-UtcText $credential.UpdatedAt; UpdatedAfter = $null
        }
    })
    if (-not $WhatIfPreference) {
        $file = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ResultPath)
        # CreateNew keeps an existing file, and fails now if the folder cannot be written to.
        [IO.File]::Open($file, 'CreateNew').Dispose()
        Save-Result
    }
}
catch {
    Write-Error "Nothing was sent. $_" -ErrorId CadenzaRotationRefused -ErrorAction Continue
    if ($Sandbox -and $connection) { Disconnect-Cadenza $connection }
    exit 2
}

Write-Information "$(Format-Count $rows.Count credential) at $($connection.Host) ($($connection.Environment))"
$code = 1
$isEnded = $false
try {
    $unknownInARow = 0
    for ($i = 0; $i -lt $rows.Count; $i++) {
        if ($WhatIfPreference) { $null = Send-Row $rows[$i] $entries[$i]; continue }
        $entries[$i].Result, $entries[$i].Message = 'Unknown', 'The runbook ended during the request.'
        $entries[$i].SentAt = ConvertTo-UtcText ([datetimeoffset]::UtcNow)
        Save-Result
        $isOver = Send-Row $rows[$i] $entries[$i]
        if ($entries[$i].Result -eq 'NotSent') { $entries[$i].SentAt = $null }
        $unknownInARow = if ($entries[$i].Result -eq 'Unknown') { $unknownInARow + 1 } else { 0 }
        if ($isOver -or $unknownInARow -ge $StopAfterUnknown) {
            Write-Warning "Stopped after row $($rows[$i].Row): $($entries[$i].Message)"
            break
        }
    }

    # Setting the same keys twice has the same result, so a response now confirms the rotation. Otherwise, compare the times of the last change.
    $unknown = @($entries | Where-Object Result -EQ 'Unknown')
    if ($unknown) {
        Save-Result
        Write-Information "Unknown: $(Format-Count $unknown.Count row). Sending again in $RecheckAfterSec s."
        Start-Sleep -Seconds $RecheckAfterSec
        foreach ($entry in $unknown) {
            if (Send-Row $rows[$entry.Row - 1] $entry -Again) { break }
        }
        $still = @($entries | Where-Object Result -EQ 'Unknown')
        if ($still) {
            Get-CadenzaCredential -CredentialId $still.CredentialId -Connection $connection -ErrorAction Continue | ForEach-Object {
                $entry = $still | Where-Object CredentialId -EQ $_.CredentialId
                if ($entry) { $entry.UpdatedAfter = ConvertTo-UtcText $_.UpdatedAt }
            }
        }
    }
    $code = if ($WhatIfPreference -or @($entries | Where-Object Result -NE 'Done').Count -eq 0) { 0 } else { 1 }
    $isEnded = $true
}
catch {
    $isEnded = $true
    Write-Error "The rotation was aborted. $_" -ErrorId CadenzaRotationBrokenOff -ErrorAction Continue
}
finally {
    # After Ctrl+C, pwsh -File would end with exit code 0.
    if (-not $isEnded -and [Environment]::GetCommandLineArgs() -match '^-fi?l?e?$') { $Host.SetShouldExit(1) }
    if ($file) { Save-Result }
    if ($Sandbox) { Disconnect-Cadenza $connection }
}

if (-not $WhatIfPreference) {
    foreach ($entry in $entries | Where-Object Result -NE 'Done') {
        Write-Information "Row $($entry.Row): $($entry.Result) $($entry.ErrorId) $($entry.Message)"
    }
    $counts = foreach ($word in 'Done', 'Rejected', 'NotSent', 'Unknown') { "$word $(@($entries | Where-Object Result -EQ $word).Count)" }
    Write-Information "$($counts -join ', '). Results: $file"
}
exit $code
