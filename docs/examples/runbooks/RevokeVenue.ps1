<#
.SYNOPSIS
    Incident: revokes every credential of a compromised venue and reports the result of each.
.DESCRIPTION
    The script lists what it would revoke. Then it asks for confirmation, once for all credentials or, with -Confirm, for each. If PowerShell
    cannot prompt, the script refuses unless you specify -Confirm:$false. With -WhatIf, it only lists.

    At the end, the script reads the credentials of the venue again. Only a credential with the status REVOKED counts as Done. The script also
    lists the keys that you must delete on the exchange. A revoke on Cadenza does not delete them there. A journal records each change before
    it is sent.

    Exit code 0: every credential of the venue is revoked on Cadenza, or -WhatIf was specified. 3: at least one credential is not revoked, or
    its state is unknown; see the result file. 2: refused, no change was sent. 1: PowerShell rejected the command line.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File RevokeVenue.ps1 -Venue OKX -Sandbox -WhatIf
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File RevokeVenue.ps1 -Venue OKX -Confirm:$false
#>
#Requires -Version 7.4
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High', DefaultParameterSetName = 'Server')]
param(
    # The complete name of the venue, without wildcards. OKX does not include OKX_UAT.
    [Parameter(Mandatory, Position = 0)] [ValidatePattern('^[A-Za-z0-9_.-]+$')] [string] $Venue,

    # The result file. It must not exist.
    [string] $ResultPath = "cadenza-revoked-$Venue-$([datetime]::UtcNow.ToString('yyyyMMdd-HHmmss', [cultureinfo]::InvariantCulture))Z.csv",

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

$columns = @(
    'CredentialId', 'Venue', 'Nickname', 'StatusBefore', 'Result', 'StatusAfter', 'ErrorId', 'Message', 'RequestId', 'SentAt', 'OnTheExchange'
)
$results = @{ Applied = 'Done'; Rejected = 'Rejected'; NotSent = 'NotSent'; Unknown = 'Unknown'; Accepted = 'Unknown'; Intent = 'Unknown' }
$isForEach = $PSBoundParameters.ContainsKey('Confirm') -and $PSBoundParameters['Confirm']

function Import-CadenzaModule {
    $built = [IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1')
    Import-Module $(if ($Module) { $Module } elseif (Get-Module CadenzaPS -ListAvailable) { 'CadenzaPS' } else { $built })
}

# Returns a number with its noun: 1 credential, 2 credentials.
function Format-Count([int] $Count, [string] $Noun) { "$Count $Noun$(if ($Count -ne 1) { 's' })" }

function ConvertTo-Entry($Item) {
    $key = if ($Item.MaskedApiKey) { "the key $($Item.MaskedApiKey)" } else { 'its key' }
    [pscustomobject]@{
        CredentialId = $Item.CredentialId; Venue = $Item.Venue; Nickname = $Item.Nickname; StatusBefore = $Item.Status
        Result = 'NotSent'; StatusAfter = $null; ErrorId = $null; Message = 'Not confirmed, or the command ended before.'; RequestId = $null; SentAt = $null
        OnTheExchange = "Delete $key and close its open orders."
    }
}

# Writes what the journal records to the entries.
function Read-Journal {
    if (-not (Test-Path -LiteralPath $journal)) { return }
    foreach ($line in Get-CadenzaJournal $journal -WarningAction SilentlyContinue) {
        $entry = $entries | Where-Object CredentialId -EQ $line.CredentialId
        if ($line.Event -eq 'Intent') { $entry.SentAt = $line.Time.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture) }
        if ($line.Event -eq 'NotSent') { $entry.SentAt = $null }
        $entry.Result = $results[$line.Event]
        $entry.ErrorId, $entry.Message, $entry.RequestId = $line.ErrorId, $line.Message, $line.RequestId
    }
}

function Save-Result { [IO.File]::WriteAllLines($file, [string[]]@($entries | Select-Object $columns | ConvertTo-Csv)) }

$connection = $file = $journal = $null
$entries = [Collections.Generic.List[object]]::new()
try {
    Import-CadenzaModule
    $connection = if ($Sandbox) { Connect-Cadenza -Sandbox -Dialect $Dialect -Fault $Fault -PassThru } else { Get-CadenzaConnection }
    if (-not $connection) { throw 'Not connected: set CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL).' }
    $all = @(Get-CadenzaCredential -Connection $connection)
    $atVenue = @($all | Where-Object Venue -EQ $Venue)
    if (-not $atVenue) { throw "No credential has the venue $Venue. The venues are: $(($all.Venue | Sort-Object -Unique) -join ', ')." }
    $targets = @($atVenue | Where-Object Status -NE 'REVOKED')
    $place = "$($connection.Host) ($($connection.Environment))"

    Write-Information "Not revoked at ${place}: $($targets.Count) of $(Format-Count $atVenue.Count "$Venue credential")"
    foreach ($target in $targets) { Write-Information "  $($target.Status) $target" }
    if ($WhatIfPreference) {
        $targets | Revoke-CadenzaCredential -WhatIf -Connection $connection
        if ($Sandbox) { Disconnect-Cadenza $connection }
        exit 0
    }
    if ($targets -and -not $isForEach) {
        $isAgreed = try { $PSCmdlet.ShouldProcess("$(Format-Count $targets.Count "$Venue credential") at $place", 'Revoke permanently') }
        catch { throw "PowerShell cannot prompt for confirmation. Review the list above, and then run the script with -Confirm:`$false. ($_)" }
        if (-not $isAgreed) { throw 'The revoke was not confirmed.' }
    }

    # CreateNew keeps an existing file, and fails now if the folder cannot be written to.
    $file = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ResultPath)
    $journal = [IO.Path]::ChangeExtension($file, '.jsonl')
    if (Test-Path -LiteralPath $journal) { throw "The journal $journal exists. Specify another -ResultPath." }
    foreach ($target in $targets) { $entries.Add((ConvertTo-Entry $target)) }
    [IO.File]::Open($file, 'CreateNew').Dispose()
    Save-Result
}
catch {
    Write-Error "Nothing was sent. $_" -ErrorId CadenzaRevokeRefused -ErrorAction Continue
    if ($Sandbox -and $connection) { Disconnect-Cadenza $connection }
    exit 2
}

$code = 3
$isEnded = $false
try {
    # In an incident, continue after errors. Only an error that would affect all credentials ends the command.
    $failures = @()
    try {
        $null = $targets | Revoke-CadenzaCredential -Confirm:$isForEach -JournalPath $journal -Connection $connection `
            -ErrorVariable failures -ErrorAction SilentlyContinue
    }
    catch { Write-Warning "Stopped. $_" }
    foreach ($failure in $failures | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) {
        $entry = $entries | Where-Object CredentialId -EQ "$($failure.TargetObject)"
        if ($entry) { $entry.ErrorId, $entry.Message = $failure.FullyQualifiedErrorId.Split(',')[0], "$failure" }
    }
    Read-Journal
    Save-Result

    # The state on the server decides. It also resolves unknown results, because a revoke is permanent.
    foreach ($credential in Get-CadenzaCredential -Connection $connection | Where-Object Venue -EQ $Venue) {
        $entry = $entries | Where-Object CredentialId -EQ $credential.CredentialId
        if (-not $entry) {
            if ($credential.Status -eq 'REVOKED') { continue }
            $entry = ConvertTo-Entry $credential
            $entry.Message = 'The credential was created while the runbook was running. Run the script again.'
            $entries.Add($entry)
        }
        $entry.StatusAfter = $credential.Status
        if ($credential.Status -eq 'REVOKED') { $entry.Result = 'Done' }
        elseif ($entry.Result -eq 'Done') {
            $entry.Result, $entry.Message = 'Unknown', 'The revoke was reported as successful, but the list shows another status.'
        }
    }
    $code = if (@($entries | Where-Object { $_.Result -ne 'Done' -or $_.StatusAfter -ne 'REVOKED' }).Count) { 3 } else { 0 }
    $isEnded = $true
}
catch {
    $isEnded = $true
    Write-Error "The credentials of the venue could not be read again. $_" -ErrorId CadenzaRevokeNotChecked -ErrorAction Continue
}
finally {
    # After Ctrl+C, pwsh -File would end with exit code 0.
    if (-not $isEnded) {
        if ([Environment]::GetCommandLineArgs() -match '^-fi?l?e?$') { $Host.SetShouldExit(3) }
        Read-Journal
    }
    Save-Result
    if ($Sandbox) { Disconnect-Cadenza $connection }
}

foreach ($entry in $entries | Where-Object Result -NE 'Done') { Write-Information "$($entry.Result) '$($entry.Nickname)' ($($entry.CredentialId)) $($entry.ErrorId) $($entry.Message)" }
$counts = foreach ($result in 'Done', 'Rejected', 'NotSent', 'Unknown') { "$result $(@($entries | Where-Object Result -EQ $result).Count)" }
Write-Information "$($counts -join ', '). Results: $file. Journal: $journal"
if ($entries.Count) {
    Write-Information "Do the following on $Venue for $(Format-Count $entries.Count credential), including those that are not revoked on Cadenza:"
    foreach ($entry in $entries) { Write-Information "  '$($entry.Nickname)' ($($entry.CredentialId)): $($entry.OnTheExchange)" }
}
$before = $atVenue.Count - $targets.Count
if ($before) { Write-Information "Revoked before: $(Format-Count $before credential). Make sure that their keys are also deleted on $Venue." }
exit $code
