<#
.SYNOPSIS
    Incident: revokes every credential of a venue that is compromised, and accounts for each.
.DESCRIPTION
    First it shows what it would revoke. Then it asks, once for all (with -Confirm: for each). Where nobody can be asked, it refuses unless
    -Confirm:$false says that nobody needs to be. -WhatIf only shows.

    At the end it reads the venue again: only what the server shows as REVOKED counts as Done. It lists the keys that must be deleted on the
    exchange itself: revoking on Cadenza does not do that, and whoever has the keys can still trade with them there.

    Exit code 0: everything of the venue is revoked on Cadenza (or it was -WhatIf). 1: something is not, or it is unknown; the result file
    says what. 2: refused, nothing was sent.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File RevokeVenue.ps1 -Venue OKX -Sandbox -WhatIf
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File RevokeVenue.ps1 -Venue OKX -Confirm:$false
#>
#Requires -Version 7.4
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High', DefaultParameterSetName = 'Server')]
param(
    # The venue, in full: OKX does not mean OKX_UAT. No wildcards.
    [Parameter(Mandatory, Position = 0)] [ValidatePattern('^[A-Za-z0-9_.-]+$')] [string] $Venue,

    # Where the account goes. It must not exist yet.
    [string] $ResultPath = "cadenza-revoked-$Venue-$([datetime]::UtcNow.ToString('yyyyMMdd-HHmmss', [cultureinfo]::InvariantCulture))Z.csv",

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

$columns = @(
    'CredentialId', 'Venue', 'Nickname', 'StatusBefore', 'Result', 'StatusAfter', 'ErrorId', 'Message', 'RequestId', 'SentAt', 'OnTheExchange'
)
$isForEach = $PSBoundParameters.ContainsKey('Confirm') -and $PSBoundParameters['Confirm']

function Import-CadenzaModule {
    $built = [IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
    Import-Module $(if ($Module) { $Module } elseif (Get-Module CadenzaPS -ListAvailable) { 'CadenzaPS' } else { $built })
}

function ConvertTo-Entry($Item) {
    $key = if ($Item.MaskedApiKey) { "the key $($Item.MaskedApiKey)" } else { 'its key' }
    [pscustomobject]@{
        CredentialId = $Item.CredentialId; Venue = $Item.Venue; Nickname = $Item.Nickname; StatusBefore = $Item.Status
        Result = 'NotSent'; StatusAfter = $null; ErrorId = $null; Message = $null; RequestId = $null; SentAt = $null
        OnTheExchange = "Delete $key and close its open orders."
    }
}

# One credential, once. What has no outcome was not understood, so is Unknown.
function Send-Revoke($Item, $Entry) {
    $failures = @()
    $isOver = $false
    $revoked = $null
    try {
        $revoked = $Item |
            Revoke-CadenzaCredential -Confirm:$isForEach -Connection $connection -ErrorVariable failures -ErrorAction SilentlyContinue
    }
    catch {
        # What would fail every further one as well.
        $failures = @($_)
        $isOver = $true
    }

    $failure = $failures | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Select-Object -First 1
    if ($revoked) { $Entry.Result, $Entry.Message = 'Done', $null }
    elseif ($failure) {
        $outcome = $failure.Exception.PSObject.Properties['Outcome']
        $Entry.Result = switch ("$($outcome ? $outcome.Value : '')") {
            'Applied' { 'Done' }
            { $_ -in 'Rejected', 'NotSent' } { $_ }
            default { 'Unknown' }
        }
        $Entry.ErrorId = $failure.FullyQualifiedErrorId.Split(',')[0]
        $Entry.Message = "$failure"
        if ($outcome) { $Entry.RequestId = $failure.Exception.RequestId }
    }
    else { $Entry.Result, $Entry.Message = 'NotSent', 'Not confirmed.' }
    $isOver
}

function Save-Account { [IO.File]::WriteAllLines($file, [string[]]@($entries | Select-Object $columns | ConvertTo-Csv)) }

$connection = $file = $null
$entries = [Collections.Generic.List[object]]::new()
try {
    Import-CadenzaModule
    $connection = if ($Sandbox) { Connect-Cadenza -Sandbox -Dialect $Dialect -Fault $Fault -PassThru } else { Get-CadenzaConnection }
    if (-not $connection) { throw 'Not connected: set CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL).' }
    $all = @(Get-CadenzaCredential -Connection $connection)
    $atVenue = @($all | Where-Object Venue -EQ $Venue)
    if (-not $atVenue) { throw "There is no credential of $Venue. There are: $(($all.Venue | Sort-Object -Unique) -join ', ')." }
    $targets = @($atVenue | Where-Object Status -NE 'REVOKED')
    $place = "$($connection.Host) ($($connection.Environment))"

    Write-Information "$($targets.Count) of $($atVenue.Count) credentials of $Venue at $place are not revoked:"
    foreach ($target in $targets) { Write-Information "  $($target.Status) $target" }
    if ($WhatIfPreference) {
        $targets | Revoke-CadenzaCredential -WhatIf -Connection $connection
        if ($Sandbox) { Disconnect-Cadenza $connection }
        exit 0
    }
    if ($targets -and -not $isForEach) {
        $isAgreed = try { $PSCmdlet.ShouldProcess("$($targets.Count) credentials of $Venue at $place", 'Revoke for good') }
        catch { throw "Nobody is there to be asked: look at the list above, then run it again with -Confirm:`$false. ($_)" }
        if (-not $isAgreed) { throw 'It was not confirmed.' }
    }

    # CreateNew: an older account is never lost, and a folder where nothing can be written is found out now.
    $file = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ResultPath)
    foreach ($target in $targets) { $entries.Add((ConvertTo-Entry $target)) }
    [IO.File]::Open($file, 'CreateNew').Dispose()
    Save-Account
}
catch {
    Write-Error "Nothing was sent. $_" -ErrorId CadenzaRevokeRefused -ErrorAction Continue
    if ($Sandbox -and $connection) { Disconnect-Cadenza $connection }
    exit 2
}

$code = 1
$isEnded = $false
try {
    for ($i = 0; $i -lt $targets.Count; $i++) {
        $entries[$i].Result, $entries[$i].Message = 'Unknown', 'The runbook was ended while it was under way.'
        $entries[$i].SentAt = [datetime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture)
        Save-Account
        $isOver = Send-Revoke $targets[$i] $entries[$i]
        if ($entries[$i].Result -eq 'NotSent') { $entries[$i].SentAt = $null }
        # An incident does not stop for the unknown: only for what would fail all the others, too.
        if ($isOver) { Write-Warning "Stopped. $($entries[$i].Message)"; break }
    }
    Save-Account

    # What the server shows now has the last word. Revoked stays revoked, so this settles the unknown ones that were carried out.
    foreach ($credential in Get-CadenzaCredential -Connection $connection | Where-Object Venue -EQ $Venue) {
        $entry = $entries | Where-Object CredentialId -EQ $credential.CredentialId
        if (-not $entry) {
            if ($credential.Status -eq 'REVOKED') { continue }
            $entry = ConvertTo-Entry $credential
            $entry.Message = 'It appeared while the runbook was running. Run it again.'
            $entries.Add($entry)
        }
        $entry.StatusAfter = $credential.Status
        if ($credential.Status -eq 'REVOKED') { $entry.Result = 'Done' }
        elseif ($entry.Result -eq 'Done') {
            $entry.Result, $entry.Message = 'Unknown', 'It was reported as revoked, but the list does not show it so.'
        }
    }
    $code = if (@($entries | Where-Object { $_.Result -ne 'Done' -or $_.StatusAfter -ne 'REVOKED' }).Count) { 1 } else { 0 }
}
catch {
    Write-Error "The venue could not be read again. $_" -ErrorId CadenzaRevokeNotChecked -ErrorAction Continue
}
finally {
    # Also after Ctrl+C, where pwsh -File would end with 0.
    if (-not $isEnded -and [Environment]::GetCommandLineArgs() -match '^-fi?l?e?$') { $Host.SetShouldExit(1) }
    Save-Account
    if ($Sandbox) { Disconnect-Cadenza $connection }
}

foreach ($entry in $entries | Where-Object Result -NE 'Done') { Write-Information "$($entry.Result) $($entry.ErrorId) $($entry.Message)" }
$counts = foreach ($result in 'Done', 'Rejected', 'NotSent', 'Unknown') { "$result $(@($entries | Where-Object Result -EQ $result).Count)" }
Write-Information "$($counts -join ', '); account in $file"
if ($entries.Count) {
    Write-Information "Still to do on $Venue itself, for all $($entries.Count), also for those that are not revoked here:"
    foreach ($entry in $entries) { Write-Information "  '$($entry.Nickname)' ($($entry.CredentialId)): $($entry.OnTheExchange)" }
}
$before = $atVenue.Count - $targets.Count
if ($before) { Write-Information "$before were revoked before: make sure that their keys are gone from $Venue, too." }
exit $code
