<#
.SYNOPSIS
    Nightly audit: checks every credential and writes the findings to a CSV file. It changes nothing.
.DESCRIPTION
    Exit code 0: no findings. 1: findings. 2: the audit failed or is incomplete. If it is incomplete, the file contains what was read.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File Audit.ps1 -Sandbox
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File Audit.ps1 -Path /var/lib/cadenza/audit.csv -MaxAgeDays 180

    On a server. CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL) specify the connection.
#>
#Requires -Version 7.4
[CmdletBinding(DefaultParameterSetName = 'Server')]
param(
    # The file for the findings. An existing file is replaced.
    [string] $Path = "cadenza-audit-$([datetime]::UtcNow.ToString('yyyyMMdd-HHmmss', [cultureinfo]::InvariantCulture))Z.csv",

    # A credential that was not changed for more days than this is a finding.
    [ValidateRange(1, 36500)] [int] $MaxAgeDays = 90,

    # A credential that is still pending this many days after its creation is a finding.
    [ValidateRange(0, 36500)] [int] $PendingDays = 1,

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

# The statuses of the three dialects of the API. Any other status is a finding.
$broken = 'FAILED', 'EXPIRED', 'ERROR', 'INACTIVE'
$waiting = 'PENDING', 'CREATED'
$healthy = 'VERIFIED', 'ACTIVE', 'VALIDATED'
$ended = @('REVOKED')
$columns = 'Finding', 'CredentialId', 'Venue', 'Nickname', 'Status', 'CreatedAt', 'UpdatedAt', 'Days', 'Meaning'

function Import-CadenzaModule {
    $built = [IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
    Import-Module $(if ($Module) { $Module } elseif (Get-Module CadenzaPS -ListAvailable) { 'CadenzaPS' } else { $built })
}

# Returns a number with its noun: 1 finding, 2 findings.
function Format-Count([int] $Count, [string] $Noun) { "$Count $Noun$(if ($Count -ne 1) { 's' })" }

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
        if ($Item.Status -in $broken) { , ('Broken', $idle, 'Cadenza cannot use these keys. Rotate or revoke the credential.') }
        elseif ($Item.Status -in $waiting) {
            if ($null -eq $age -or $age -ge $PendingDays) { , ('Pending', $age, 'Created but not verified. Verify or revoke the credential.') }
        }
        elseif ($Item.Status -notin $healthy) { , ('UnknownStatus', $idle, 'The runbook does not recognize this status.') }
        if ($null -eq $idle) { , ('NoTime', $null, 'The server does not report when the credential was changed.') }
        elseif ($idle -gt $MaxAgeDays) { , ('NotRotated', $idle, "Not changed, and therefore not rotated, for more than $(Format-Count $MaxAgeDays day).") }
        if ([string]::IsNullOrWhiteSpace($Item.Nickname)) { , ('NoNickname', $idle, 'The credential has no nickname.') }
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

    # A list can end early. -OutVariable contains the credentials that were read, even if the command ends with an exception.
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
    Write-Information "$(Format-Count $credentials.Count credential) at $place, $(Format-Count $findings.Count finding) in $file"
    $findings | Group-Object Finding -NoElement | ForEach-Object { Write-Information ('{0,6} {1}' -f $_.Count, $_.Name) }
    foreach ($failure in $failures) {
        Write-Error "The audit is incomplete. $failure" -ErrorId CadenzaAuditIncomplete -ErrorAction Continue
    }
    $code = if (@($failures).Count) { 2 } elseif ($findings) { 1 } else { 0 }
}
catch {
    Write-Error "The audit failed. $_" -ErrorId CadenzaNoAudit -ErrorAction Continue
    $code = 2
}
finally {
    if ($Sandbox -and $connection) { Disconnect-Cadenza $connection }
}
exit $code
