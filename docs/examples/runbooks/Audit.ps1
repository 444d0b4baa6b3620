<#
.SYNOPSIS
    Nightly audit: looks at every credential, changes nothing, and writes what somebody should look at to a CSV file.
.DESCRIPTION
    Exit code 0: nothing found. 1: findings. 2: no audit, or an incomplete one; what was read is in the file all the same.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File Audit.ps1 -Sandbox
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File Audit.ps1 -Path /var/lib/cadenza/audit.csv -MaxAgeDays 180

    In production, connected by CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL).
#>
#Requires -Version 7.4
[CmdletBinding(DefaultParameterSetName = 'Server')]
param(
    # Where the findings go. An existing file is replaced.
    [string] $Path = "cadenza-audit-$([datetime]::UtcNow.ToString('yyyyMMdd-HHmmss', [cultureinfo]::InvariantCulture))Z.csv",

    # A credential that has not changed for longer than this was not rotated for that long, either.
    [ValidateRange(1, 36500)] [int] $MaxAgeDays = 90,

    # A credential that still waits this long after it was created is forgotten or wrong.
    [ValidateRange(0, 36500)] [int] $PendingDays = 1,

    # On a sandbox in this process instead of the server of the environment variables.
    [Parameter(ParameterSetName = 'Sandbox', Mandatory)] [switch] $Sandbox,
    [Parameter(ParameterSetName = 'Sandbox')] [ValidateSet('Guide', 'EndpointPage', 'OpenApi')] [string] $Dialect = 'Guide',
    [Parameter(ParameterSetName = 'Sandbox')] [string[]] $Fault = @(),

    # The module, where it is not installed.
    [string] $Module
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$InformationPreference = 'Continue'

# The words of the API's three dialects. A status that is in none of these is a finding, too: somebody should learn what it means.
$broken = 'FAILED', 'EXPIRED', 'ERROR', 'INACTIVE'
$waiting = 'PENDING', 'CREATED'
$healthy = 'VERIFIED', 'ACTIVE', 'VALIDATED'
$ended = @('REVOKED')
$columns = 'Finding', 'CredentialId', 'Venue', 'Nickname', 'Status', 'CreatedAt', 'UpdatedAt', 'Days', 'Meaning'

function Import-CadenzaModule {
    $built = [IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
    Import-Module $(if ($Module) { $Module } elseif (Get-Module CadenzaPS -ListAvailable) { 'CadenzaPS' } else { $built })
}

function ConvertTo-UtcText($Time) {
    if ($null -ne $Time) { $Time.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture) }
}

function Get-Finding($Item, [datetimeoffset] $Now) {
    $changed = $Item.UpdatedAt ?? $Item.CreatedAt
    $created = $Item.CreatedAt ?? $Item.UpdatedAt
    $idle = if ($null -ne $changed) { [int][Math]::Floor(($Now - $changed).TotalDays) }
    $age = if ($null -ne $created) { [int][Math]::Floor(($Now - $created).TotalDays) }
    $found = @(
        if ($Item.Status -in $ended) { return }
        if ($Item.Status -in $broken) { , ('Broken', $idle, 'Cadenza cannot use these keys: rotate or revoke.') }
        elseif ($Item.Status -in $waiting) {
            if ($null -eq $age -or $age -ge $PendingDays) { , ('Pending', $age, 'Created and never verified: verify or revoke.') }
        }
        elseif ($Item.Status -notin $healthy) { , ('UnknownStatus', $idle, 'A status that this runbook does not know.') }
        if ($null -eq $idle) { , ('NoTime', $null, 'The server does not say when it was changed.') }
        elseif ($idle -gt $MaxAgeDays) { , ('NotRotated', $idle, "Not changed, so not rotated, for more than $MaxAgeDays days.") }
        if ([string]::IsNullOrWhiteSpace($Item.Nickname)) { , ('NoNickname', $idle, 'Nobody can tell whose it is.') }
    )
    foreach ($entry in $found) {
        [pscustomobject]@{
            Finding = $entry[0]; CredentialId = $Item.CredentialId; Venue = $Item.Venue; Nickname = $Item.Nickname
            Status = $Item.Status; CreatedAt = ConvertTo-UtcText $Item.CreatedAt; UpdatedAt = ConvertTo-UtcText $Item.UpdatedAt
            Days = $entry[1]; Meaning = $entry[2]
        }
    }
}

$connection = $null
try {
    $file = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path)
    Import-CadenzaModule
    $connection = if ($Sandbox) { Connect-Cadenza -Sandbox -Dialect $Dialect -Fault $Fault -PassThru } else { Get-CadenzaConnection }
    if (-not $connection) { throw 'Not connected: set CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL).' }

    # A list can break off after some credentials. These are kept: -OutVariable has them even where the command ends in an exception.
    $credentials = $failures = @()
    try {
        $null = Get-CadenzaCredential -Connection $connection -OutVariable credentials -ErrorVariable failures -ErrorAction SilentlyContinue
    }
    catch { $failures = @($_) }
    if ($failures -and -not $credentials) { throw $failures[0] }

    $now = [datetimeoffset]::UtcNow
    $findings = @($credentials | ForEach-Object { Get-Finding $_ $now } | Sort-Object Finding, Venue, Nickname)
    $header = ($columns | ForEach-Object { "`"$_`"" }) -join ','
    [IO.File]::WriteAllLines($file, [string[]]@(if ($findings) { $findings | Select-Object $columns | ConvertTo-Csv } else { $header }))

    $place = "$($connection.Host) ($($connection.Environment))"
    Write-Information "$($credentials.Count) credentials at $place, $($findings.Count) findings in $file"
    $findings | Group-Object Finding -NoElement | ForEach-Object { Write-Information ('{0,6} {1}' -f $_.Count, $_.Name) }
    foreach ($failure in $failures) {
        Write-Error "The audit is incomplete. $failure" -ErrorId CadenzaAuditIncomplete -ErrorAction Continue
    }
    $code = if (@($failures).Count) { 2 } elseif ($findings) { 1 } else { 0 }
}
catch {
    Write-Error "No audit. $_" -ErrorId CadenzaNoAudit -ErrorAction Continue
    $code = 2
}
finally {
    if ($Sandbox -and $connection) { Disconnect-Cadenza $connection }
}
exit $code
