<#
.SYNOPSIS
    Nightly audit: gets the findings of all credentials and writes them to a CSV file. It changes nothing.
.DESCRIPTION
    The findings are those of Get-CadenzaCredentialFinding and of the report (Export-CadenzaCredentialReport).

    Exit code 0: no findings. 4: findings. 2: the audit failed or is incomplete. If it is incomplete, the file contains the findings of what
    was read. 1: PowerShell rejected the command line.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File Audit.ps1 -Sandbox
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File Audit.ps1 -Path /var/lib/cadenza/audit.csv -StaleAfterDays 180 -MinimumSeverity Medium

    On a server. CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL) specify the connection.
#>
#Requires -Version 7.4
[CmdletBinding(DefaultParameterSetName = 'Server')]
param(
    # The file for the findings. An existing file is replaced.
    [string] $Path = "cadenza-audit-$([datetime]::UtcNow.ToString('yyyyMMdd-HHmmss', [cultureinfo]::InvariantCulture))Z.csv",

    # Only findings of this severity and of higher ones count.
    [ValidateSet('High', 'Medium', 'Low')] [string] $MinimumSeverity = 'Low',

    # These parameters are described in Get-Help Get-CadenzaCredentialFinding.
    [ValidateRange(1, 36500)] [int] $StaleAfterDays = 90,
    [ValidateRange(1, 36500)] [int] $KeyLifetimeDays,
    [string] $JournalPath,

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

$columns = 'Severity', 'Rule', 'CredentialId', 'Venue', 'Nickname', 'Status', 'Health', 'AgeDays', 'AgeSource', 'UpdatedAt', 'Server', 'Message'
$updatedAt = @{ n = 'UpdatedAt'; e = { if ($_.UpdatedAt) { $_.UpdatedAt.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture) } } }

function Import-CadenzaModule {
    $built = [IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
    Import-Module $(if ($Module) { $Module } elseif (Get-Module CadenzaPS -ListAvailable) { 'CadenzaPS' } else { $built })
}

# Returns a number with its noun: 1 finding, 2 findings.
function Format-Count([int] $Count, [string] $Noun) { "$Count $Noun$(if ($Count -ne 1) { 's' })" }

$connection = $code = $null
try {
    $file = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path)
    Import-CadenzaModule
    $connection = if ($Sandbox) { Connect-Cadenza -Sandbox -Dialect $Dialect -Fault $Fault -PassThru } else { Get-CadenzaConnection }
    if (-not $connection) { throw 'Not connected: set CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL).' }
    $audit = @{ Connection = $connection; StaleAfterDays = $StaleAfterDays; MinimumSeverity = $MinimumSeverity }
    foreach ($name in 'KeyLifetimeDays', 'JournalPath') { if ($PSBoundParameters.ContainsKey($name)) { $audit[$name] = $PSBoundParameters[$name] } }

    # A list can end early. -OutVariable contains the credentials that were read, even if the command ends with an exception.
    $credentials = $failures = $unread = $warnings = @()
    try { $null = Get-CadenzaCredential -Connection $connection -OutVariable credentials -ErrorVariable failures -ErrorAction SilentlyContinue }
    catch { $failures = @($_) }
    if ($failures -and -not $credentials) { throw $failures[0] }
    $findings = @(
        $credentials | Get-CadenzaCredentialFinding @audit -ErrorVariable unread -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
    )

    $rows = $findings | Select-Object ($columns.ForEach({ if ($_ -eq 'UpdatedAt') { $updatedAt } else { $_ } })) | ConvertTo-Csv
    [IO.File]::WriteAllLines($file, [string[]]@(if ($rows) { $rows } else { ($columns | ForEach-Object { "`"$_`"" }) -join ',' }))

    Write-Information ("$(Format-Count $credentials.Count credential) at $($connection.Host) ($($connection.Environment)), " +
        "$(Format-Count $findings.Count finding) in $file")
    foreach ($severity in 'High', 'Medium', 'Low') {
        $findings | Where-Object Severity -EQ $severity | Group-Object Rule -NoElement |
            ForEach-Object { Write-Information ('{0,6} {1} ({2})' -f $_.Count, $_.Name, $severity) }
    }
    $gaps = @($failures) + @($unread) + @($warnings)
    foreach ($gap in $gaps) { Write-Error "The audit is incomplete. $gap" -ErrorId CadenzaAuditIncomplete -ErrorAction Continue }
    $code = if ($gaps) { 2 } elseif ($findings) { 4 } else { 0 }
}
catch {
    Write-Error "The audit failed. $_" -ErrorId CadenzaNoAudit -ErrorAction Continue
    $code = 2
}
finally {
    # After Ctrl+C, pwsh -File would end with exit code 0.
    if ($null -eq $code -and [Environment]::GetCommandLineArgs() -match '^-fi?l?e?$') { $Host.SetShouldExit(2) }
    if ($Sandbox -and $connection) { Disconnect-Cadenza $connection }
}
exit $code
