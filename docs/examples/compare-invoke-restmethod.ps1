# Compares the result of one request under a fault: Invoke-RestMethod with retries, and CadenzaPS with the same limits. Each case uses its
# own sandbox server on this machine. The output is a Markdown table, as in docs/reliability.md.
# Build first, once:
#   dotnet build tests/Cadenza.SandboxServer -c Release; dotnet build tests/CadenzaPS.TestSupport -c Release
#   dotnet build src/CadenzaPS -c Release; dotnet msbuild build/Module.csproj -t:Assemble -v:q
# Run: pwsh -NoProfile -NonInteractive -File docs/examples/compare-invoke-restmethod.ps1
#Requires -Version 7.4
[CmdletBinding()]
param(
    # The operations to compare.
    [ValidateSet('revoke', 'rotate', 'list')]
    [string[]] $Operation = @('revoke', 'list'),

    # The faults, as rules of the sandbox without the endpoint. Each is tested once and always.
    [string[]] $Fault = @(
        'RateLimited', 'RateLimited:retryafter=1', 'LockNotAcquired',
        'ServerErrorJson', 'ServerErrorJson:after', 'BadGatewayHtml', 'BadGatewayHtml:after', 'ServiceUnavailableJson', 'ServiceUnavailableJson:after',
        'GatewayTimeoutHtml', 'GatewayTimeoutHtml:after', 'EmptyOk', 'EmptyOk:after', 'NoContent', 'NoContent:after', 'Garbage', 'Garbage:after',
        'HtmlOk', 'HtmlOk:after', 'Redirect', 'Redirect:after', 'ResetBefore', 'ResetAfter', 'NeverAnswer', 'NeverAnswer:after',
        'TruncatedBody', 'DropMidway', 'WrongContentType'),

    # The path of the module.
    [string] $Module = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1'),

    # The path of the sandbox server.
    [string] $Server = [IO.Path]::Combine(
        $PSScriptRoot, '..', '..', 'tests', 'Cadenza.SandboxServer', 'bin', 'Release', 'net10.0', 'Cadenza.SandboxServer.dll')
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[CultureInfo]::CurrentCulture = [CultureInfo]::InvariantCulture
Import-Module $Module

$retries = 2
$timeoutSec = 2
$serverWaitMs = 20000
$errnoAlreadyRevoked = -130001

# Starts a server with one fault and passes it to the script block with the credential to change. Ends it by closing its standard input.
function Use-Server([string] $Rule, [scriptblock] $Do) {
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    @($Server, '--port', '0', '--stdin', '--fault', $Rule).ForEach{ $start.ArgumentList.Add($_) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    try {
        $lines = foreach ($label in 'address', 'token') {
            $reading = $process.StandardOutput.ReadLineAsync()
            if (-not $reading.Wait($serverWaitMs) -or -not $reading.Result) { throw 'The sandbox server did not start.' }
            $reading.Result.Substring($label.Length + 1)
        }
        $before = Invoke-RestMethod "$($lines[0])/_sandbox/state" -TimeoutSec 20
        $target = $before.Where({ $_.status -eq 'VERIFIED' -and -not $_.isBlocked -and -not $_.isColleagues }, 'First')[0]
        & $Do $lines[0] $lines[1] $target $before.Count
    }
    finally {
        $process.StandardInput.Close()
        if (-not $process.WaitForExit($serverWaitMs)) { $process.Kill() }
        $process.Dispose()
    }
}

# Returns whether the server made the change.
function Get-Truth([string] $Address, $Target) {
    $now = (Invoke-RestMethod "$Address/_sandbox/state" -TimeoutSec 20).Where{ $_.credentialId -eq $Target.credentialId }[0]
    $now.changes -gt $Target.changes
}

# Returns what a script reports that treats a response as success and an exception as failure, compared with the true state.
function Test-RestMethod([string] $Name, [string] $Address, [string] $Token, $Target, [int] $Count) {
    $call = @{
        Uri = "$Address/api/v3/credential/$Name"; Headers = @{ Authorization = "Bearer $Token" }
        MaximumRetryCount = $retries; RetryIntervalSec = 1; TimeoutSec = $timeoutSec; OperationTimeoutSeconds = $timeoutSec
    }
    if ($Name -ne 'list') {
        $body = @{ credentialId = $Target.credentialId }
        if ($Name -eq 'rotate') { $body += @{ apiKey = 'made-up-key'; apiSecret = 'made-up-secret'; apiPassphrase = 'made-up-words' } }
        $call += @{ Method = 'Post'; ContentType = 'application/json'; Body = ConvertTo-Json $body }
    }
    $answer = $null
    $failure = $null
    try { $answer = Invoke-RestMethod @call } catch { $failure = $_ }

    $isRead = $answer -is [pscustomobject] -and $answer.PSObject.Properties['data']
    if ($Name -eq 'list') {
        $read = if ($isRead) { @($answer.data).Count } else { 0 }
        if ($failure) { return 'error: ' + (Get-Words $failure) }
        if ($read -eq $Count) { return "all $Count" }
        return "**success with $read of $Count**"
    }

    $isDone = Get-Truth $Address $Target
    if ($failure) {
        $words = Get-Words $failure
        if (-not $isDone) { return "error: $words" }
        if ($failure.ErrorDetails -and "$($failure.ErrorDetails)" -match $errnoAlreadyRevoked) { return "**error, but it is done:** already revoked (by its own retry)" }
        return "**error, but it is done:** $words"
    }
    if (-not $isDone) { return '**success, but it is not done**' }
    if ($isRead) { 'success' } else { 'success, without a result' }
}

function Get-Words($Failure) {
    $response = $Failure.Exception.PSObject.Properties['Response']
    if ($response -and $response.Value) { return "HTTP $([int]$response.Value.StatusCode)" }
    $words = ($Failure.Exception.Message -split "[\r\n]")[0] -replace '\|', '/'
    if ($words.Length -gt 60) { $words.Substring(0, 60) + '...' } else { $words }
}

# Returns what CadenzaPS reports.
function Test-Module([string] $Name, [string] $Address, [string] $Token, $Target, [int] $Count) {
    $connection = Connect-Cadenza -BaseUri $Address -AccessToken $Token -SkipCheck -TimeoutSec $timeoutSec -MaximumRetryCount $retries -PassThru
    $on = @{ Connection = $connection; ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failures'; WarningAction = 'SilentlyContinue' }
    $failures = @()
    $out = try {
        switch ($Name) {
            'revoke' { Revoke-CadenzaCredential -CredentialId $Target.credentialId -Force @on }
            'rotate' {
                $keys = @{ ApiKey = 'made-up-key'; ApiSecret = 'made-up-secret'; ApiPassphrase = 'made-up-words' }
                Update-CadenzaCredential -CredentialId $Target.credentialId @keys -Confirm:$false @on
            }
            'list' { Get-CadenzaCredential @on }
        }
    }
    catch {
        # An error that would affect every item is terminating.
        $failures = @($_)
    }

    $failure = $failures | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Select-Object -First 1
    if ($Name -eq 'list') {
        $read = @($out).Count
        if (-not $failure) { if ($read -eq $Count) { return "all $Count" } else { return "**success with $read of $Count**" } }
        $what = $failure.FullyQualifiedErrorId.Split(',')[0]
        if ($read) { return "$read of $Count, then error $what" } else { return "error $what" }
    }

    $isDone = Get-Truth $Address $Target
    if (-not $failure) { if ($isDone) { return 'Done' } else { return '**Done, but it is not done**' } }
    $outcome = "$($failure.Exception.Outcome)"
    if ($isDone -and $outcome -ne 'Unknown') { return "**$outcome, but it is done**" }
    "$outcome ($($failure.FullyQualifiedErrorId.Split(',')[0]))"
}

foreach ($name in $Operation) {
    "### $name"
    ''
    if ($name -eq 'list') { '| fault | how often | Invoke-RestMethod | CadenzaPS |', '|---|---|---|---|' }
    else {
        '| fault | how often | true state | Invoke-RestMethod said | true state | CadenzaPS said |'
        '|---|---|---|---|---|---|'
    }

    foreach ($kind in $Fault) {
        # A list makes no change, so `:after` does not apply.
        if ($name -eq 'list' -and $kind -match 'after(?!=)') { continue }
        foreach ($often in 'once', 'always') {
            $rule = "credential/${name}:$kind"
            if ($often -eq 'once') { $rule += ($kind.Contains(':') ? ',' : ':') + 'times=1' }
            $cells = foreach ($test in 'Test-RestMethod', 'Test-Module') {
                Use-Server $rule {
                    param($Address, $Token, $Target, $Count)
                    $said = & $test $name $Address $Token $Target $Count
                    if ($name -ne 'list') { if (Get-Truth $Address $Target) { 'done' } else { 'not done' } }
                    $said
                }
            }
            "| ``$kind`` | $often | $($cells -join ' | ') |"
        }
    }
    ''
}
