# Measurements for docs/comparison.md: Invoke-RestMethod and CadenzaPS against the same servers on this machine.
# Build first, once:
#   dotnet build tests/Cadenza.SandboxServer -c Release; dotnet build tests/CadenzaPS.TestSupport -c Release
#   dotnet build src/CadenzaPS -c Release; dotnet msbuild build/Module.csproj -t:Assemble -v:q
# Run: pwsh -NoProfile -NonInteractive -File docs/examples/compare-measure.ps1
#Requires -Version 7.4
[CmdletBinding()]
param(
    # The number of credentials in the long list, and how often each command reads it. Each run is a new process.
    [int] $Count = 10000,
    [int] $Repeat = 5,

    # How long to wait for Invoke-RestMethod with a server that never responds.
    [int] $PatienceSec = 150
)

# Use the servers of the tests.
. ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'tests', 'Pester', 'Support.ps1'))
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[CultureInfo]::CurrentCulture = [CultureInfo]::InvariantCulture

function Get-PlainText([securestring] $Secret) { [Net.NetworkCredential]::new('', $Secret).Password }

# Returns what a simple script observes: an object or an exception.
function Get-Said([scriptblock] $Do) {
    try {
        $failures = @()
        $out = & $Do
        if ($failures) { throw $failures[0] }
        "success: $(ConvertTo-Json $out -Compress -Depth 4)"
    }
    catch { "error: $(("$_" -split "[\r\n]")[0])" }
}

function Measure-UnknownStatus {
    $body = ConvertTo-ListBody @(@{ credentialId = 'a'; venue = 'OKX'; status = 'VERIFIED' }, @{ credentialId = 'b'; venue = 'OKX'; status = 'FROZEN' })
    $server = Connect-ScriptedServer @{ Body = $body }
    "unknown status, Invoke-RestMethod: $(@((Invoke-RestMethod "$($server.Address)/api/v3/credential/list").data).status -join ', ')"
    "unknown status, CadenzaPS: $(@(Get-CadenzaCredential).Status -join ', ')"
}

function Measure-ErrnoInSuccess {
    $answer = '{"data":null,"success":false,"errno":-130001,"error":"Credential is already revoked"}'
    $server = Connect-ScriptedServer @{ Body = $answer }
    $said = Get-Said { Invoke-RestMethod "$($server.Address)/api/v3/credential/revoke" -Method Post -ContentType application/json -Body '{"credentialId":"a"}' }
    "200 with errno -130001, Invoke-RestMethod: $said"
    $said = Get-Said { Revoke-CadenzaCredential a -Force -ErrorAction Stop }
    "200 with errno -130001, CadenzaPS: $said"
}

function Measure-Redirect {
    foreach ($status in '301 Moved Permanently', '302 Found', '307 Temporary Redirect', '308 Permanent Redirect') {
        $stranger = Start-ScriptedServer @{ Body = '{"authorization":"{authorization}","body":"{body}","success":true,"errno":0,"data":{"credentialId":"a","status":"VERIFIED"}}' }
        $server = Connect-ScriptedServer @{ Status = $status; Headers = @{ Location = "$($stranger.Address)/api/v3/elsewhere" } }
        $call = @{
            Uri = "$($server.Address)/api/v3/credential/rotate"; Method = 'Post'; ContentType = 'application/json'; Headers = @{ Authorization = 'Bearer made-up-token' }
            Body = '{"credentialId":"a","apiKey":"made-up-key","apiSecret":"made-up-secret"}'
        }
        $said = Get-Said { Invoke-RestMethod @call | Select-Object authorization, body }
        $before = @($stranger.Scripted.Requests)
        "$status, Invoke-RestMethod: $said; the other host got: $($before -join ' + ')"
        $said = Get-Said { Update-CadenzaCredential a -ApiKey made-up-key -ApiSecret made-up-secret -Connection $server.Connection -ErrorAction Stop }
        "$status, CadenzaPS: $said; the other host got: $(@($stranger.Scripted.Requests | Select-Object -Skip $before.Count) -join ' + ')"
    }
}

function Measure-LostAnswer {
    foreach ($retries in 0, 2) {
        $server = Start-SandboxServer guide '--fault', 'credential/revoke:ResetAfter:times=1'
        $id = (@(Invoke-RestMethod "$($server.Address)/_sandbox/state" | ForEach-Object { $_ }) | Where-Object nickname -EQ 'Treasury hedge').credentialId
        $call = @{
            Uri = "$($server.Address)/api/v3/credential/revoke"; Method = 'Post'; ContentType = 'application/json'; Body = "{`"credentialId`":`"$id`"}"
            Headers = @{ Authorization = "Bearer $(Get-PlainText $server.Token)" }; MaximumRetryCount = $retries; RetryIntervalSec = 1
        }
        $said = Get-Said { Invoke-RestMethod @call }
        "lost answer to a revoke, $retries retries, Invoke-RestMethod: $said; true state: $((Get-ServerCredential $server $id).status)"
    }
    $server = Connect-SandboxServer guide '--fault', 'credential/revoke:ResetAfter:times=1'
    $said = Get-Said { (Revoke-CadenzaCredential $id -Force -ErrorAction Stop).Status }
    "lost answer to a revoke, CadenzaPS: $said; true state: $((Get-ServerCredential $server $id).status)"
}

function Measure-Stream {
    $server = Connect-SandboxServer
    $token = Get-PlainText $server.Token
    $id = (Get-CadenzaCredential -Nickname 'Treasury hedge').CredentialId
    $call = @{
        Uri = "$($server.Address)/api/v3/credential/rotate"; Method = 'Post'; ContentType = 'application/json'; Headers = @{ Authorization = "Bearer $token" }
        Body = "{`"credentialId`":`"$id`",`"apiKey`":`"canary-key`",`"apiSecret`":`"canary-secret`",`"apiPassphrase`":`"canary-words`"}"
    }
    $keys = @{ ApiKey = 'canary-key'; ApiSecret = 'canary-secret'; ApiPassphrase = 'canary-words' }
    foreach ($stream in 'Verbose', 'Debug') {
        # Use the preference variable: with -Debug, Invoke-RestMethod asks at each line and fails in a non-interactive session.
        $VerbosePreference = $DebugPreference = 'SilentlyContinue'
        Set-Variable "${stream}Preference" 'Continue'
        foreach ($who in 'Invoke-RestMethod', 'CadenzaPS') {
            $text = & { if ($who -eq 'CadenzaPS') { Update-CadenzaCredential $id @keys } else { Invoke-RestMethod @call } } 4>&1 5>&1 |
                Where-Object { $_ -is [Management.Automation.InformationalRecord] } | Out-String
            $found = @(
                if ($text.Contains($token)) { 'access token' }
                foreach ($word in 'canary-key', 'canary-secret', 'canary-words') { if ($text.Contains($word)) { $word } }
            )
            "-$stream, ${who}: $($text.Length) characters, in the clear: $($found ? $found -join ', ' : 'nothing')"
        }
    }
}

function Measure-Timeout {
    $server = Start-ScriptedServer @{ Mode = 'hang' }
    $address = $server.Address
    $job = Start-ThreadJob { Invoke-RestMethod "$using:address/api/v3/credential/list" }
    $null = $job | Wait-Job -Timeout $PatienceSec
    "no answer at all, Invoke-RestMethod: after $PatienceSec s $($job.State)"
    $job | Stop-Job -PassThru | Remove-Job -Force
    $server = Start-ScriptedServer @{ Mode = 'hang' }
    $null = Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -SkipCheck
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $said = Get-Said { Get-CadenzaCredential -ErrorAction Stop }
    'no answer at all, CadenzaPS: after {0:0} s {1}' -f $watch.Elapsed.TotalSeconds, $said
}

# Runs in a new process that has made one small request before, so that only the list is measured.
$LongList = {
    param($Who, $Address, $Token, $ModulePath)
    $ProgressPreference = 'SilentlyContinue'
    if ($Who -eq 'CadenzaPS') {
        Import-Module $ModulePath
        Connect-Cadenza -BaseUri $Address -AccessToken $Token
        $null = Get-CadenzaConnection
    }
    else { $null = Invoke-RestMethod "$Address/api/v3/auth/user" -Headers @{ Authorization = "Bearer $Token" } }
    [GC]::Collect()
    $allocated = [GC]::GetTotalAllocatedBytes($true)
    $before = [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $first = $null
    $list = if ($Who -eq 'CadenzaPS') { Get-CadenzaCredential | ForEach-Object { $first ??= $watch.ElapsedMilliseconds; $_ } }
            else { (Invoke-RestMethod "$Address/api/v3/credential/list" -Headers @{ Authorization = "Bearer $Token" }).data | ForEach-Object { $first ??= $watch.ElapsedMilliseconds; $_ } }
    $ms = $watch.ElapsedMilliseconds
    $allocated = [GC]::GetTotalAllocatedBytes($true) - $allocated
    $peak = [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 - $before
    '{0} {1} {2} {3} {4}' -f @($list).Count, $ms, $first, [int]($allocated / 1MB), [int]($peak / 1MB)
}

function Get-Median([double[]] $Values) { ($Values | Sort-Object)[[Math]::Floor($Values.Count / 2)] }

function Measure-LongList {
    $server = Start-SandboxServer guide '--count', "$Count"
    $token = Get-PlainText $server.Token
    $pwsh, [string[]]$leading = & "$PSScriptRoot/../../build/Get-PowerShellCommand.ps1"
    $runs = @{ 'Invoke-RestMethod' = @(); CadenzaPS = @() }
    # Alternate, so that other load on the machine affects both.
    for ($i = 0; $i -lt $Repeat; $i++) {
        foreach ($who in 'Invoke-RestMethod', 'CadenzaPS') {
            $values = foreach ($value in $who, $server.Address, $token, $ModulePath) { "'$($value.Replace("'", "''"))'" }
            $line = & $pwsh @leading -NoProfile -NonInteractive -Command "& { $LongList } $($values -join ' ')"
            $runs[$who] += , [double[]]("$line" -split ' ')
        }
    }
    $names = 'credentials', 'ms', 'ms to the first', 'MiB allocated', 'MiB more at the peak'
    for ($i = 0; $i -lt $names.Count; $i++) {
        $plain, $ours = foreach ($who in 'Invoke-RestMethod', 'CadenzaPS') { Get-Median ($runs[$who] | ForEach-Object { $_[$i] }) }
        'list, {0}: Invoke-RestMethod {1}, CadenzaPS {2}, ratio {3:0.00}' -f $names[$i], $plain, $ours, ($plain ? $ours / $plain : 0)
    }
}

try {
    "PowerShell $($PSVersionTable.PSVersion), $([Runtime.InteropServices.RuntimeInformation]::FrameworkDescription), $([Environment]::ProcessorCount) processors"
    foreach ($measure in 'UnknownStatus', 'ErrnoInSuccess', 'Redirect', 'LostAnswer', 'Stream', 'LongList', 'Timeout') {
        & "Measure-$measure"
        Stop-AllServers
    }
}
finally { Restore-TestSession }
