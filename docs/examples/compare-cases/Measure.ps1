# Runs one side of a case and observes what the server received and what changed.

# The sandbox servers, by name. A server is started when a case first uses it. The ones in $perSide have a fault that occurs only once, or a
# list that the case empties: each side gets its own.
$serverFaults = @{
    normal     = @()
    offset     = @('credential/list:OffsetPages:size=5')
    transient  = 'credential/rotate:LockConflict:times=1', 'credential/revoke:RateConflict:times=1,retryafter=1',
                 'auth/login:LoginRateLimited:times=1,retryafter=1'
    accepted   = 'credential/revoke:Accepted', 'credential/verify:OtherStatus:status=PENDING', 'credential/create:OtherObject', 'auth/*:ClockBehind'
    unfinished = 'credential/revoke:Unfinished', 'credential/rotate:OtherStatus:status=FAILED', 'credential/verify:OtherObject', 'auth/login:OtherUser'
    revoking   = 'credential/revoke:Unfinished:status=REVOKING', 'credential/rotate:OtherObject'
    null       = 'credential/revoke:CreatedNull', 'credential/list:EmptyPages:size=5',
                 'credential/rotate:EchoSecret', 'credential/create:EchoSecret:form=UrlEncoded'
    note       = 'credential/revoke:QueuedNote', 'credential/list:UnfilteredPages:size=3',
                 'credential/rotate:EchoSecret:form=Base64', 'credential/create:EchoSecret:form=FirstHalf'
    conflict   = @('credential/revoke:InUseConflict')
    firewall   = 'credential/revoke:ForbiddenHtml', 'credential/rotate:UnauthorizedHtml', 'credential/create:LegalReasonsHtml',
                 'credential/verify:ProxyAuthenticationHtml'
    wait       = @('credential/revoke:RateLimited:retryafter=600')
    errno      = 'credential/revoke:FractionalErrno', 'credential/rotate:HugeErrno'
    strict     = @()
}
$serverOptions = @{ strict = '--dialect', 'openapi', '--strict-members', '--strict-types' }
$perSide = 'offset', 'transient'
$running = @{}
$usedTargets = [Collections.Generic.HashSet[string]]::new()
$deadlineSec = 8

function Get-CaseServer([string] $Name, [string] $Side) {
    $key = if ($Name -in $perSide) { "$Name/$Side" } else { $Name }
    if (-not $running[$key]) {
        $faults = $serverFaults[$Name] | ForEach-Object { '--fault', $_ }
        # Most cases use the server without faults. The other server needs the same ids, and the list by offset several pages.
        $count = if ($Name -in 'normal', 'offset', 'conflict') { '200' } else { '60' }
        # A server lives for a few requests: profiling its code costs more than it saves.
        $profiling, $env:DOTNET_TieredPGO = $env:DOTNET_TieredPGO, '0'
        $running[$key] = Start-SandboxServer guide (@('--count', $count) + @($serverOptions[$Name]).Where{ $_ } + $faults)
        $env:DOTNET_TieredPGO = $profiling
    }
    $running[$key]
}

function Get-CaseState($Server) { @(Invoke-RestMethod "$($Server.Address)/_sandbox/state" -TimeoutSec 30 -NoProxy | ForEach-Object { $_ }) }

# Credentials that no other case has changed, so that both sides can use the same server.
function Select-Target($State, [string] $Server, $Case) {
    $free = $State.Where{
        -not $_.isBlocked -and -not $_.isColleagues -and $_.nickname -and $_.status -like $Case.Status -and $_.venue -like $Case.Venue -and
        -not $usedTargets.Contains("$Server $($_.credentialId)")
    }
    $targets = @($free | Select-Object -First $Case.Targets)
    if ($targets.Count -lt $Case.Targets) { throw "The server has too few credentials for the case '$($Case.Name)'." }
    foreach ($one in $targets) { $null = $usedTargets.Add("$Server $($one.credentialId)") }
    $targets
}

# Runs the script block of one side. It can use $server, $target, $targets, $other, $proxy, $keys, $original, $csv, $row, and $connection.
function Measure-Side($Case, [string] $Side) {
    $server = Get-CaseServer $Case.Server $Side
    $before = Get-CaseState $server
    $seen = @(Get-ServerRequest $server).Count
    $targets = @(Select-Target $before $server.Address $Case)
    $target = $targets[0]
    $unique = foreach ($i in 1..3) { [guid]::NewGuid().ToString('N') }
    $keys = @{ ApiKey = "key$($unique[0])"; ApiSecret = "+&'$($unique[1])/="; ApiPassphrase = "words$($unique[2])" }
    $original = $keys.ApiSecret
    if ($Case.Parts) { foreach ($part in @($keys.Keys)) { if ($part -notin $Case.Parts) { $keys.Remove($part) } } }
    $csv = if ($Case.Csv) { & $Case.Csv }
    $row = if ($Case.Row) { [pscustomobject](& $Case.Row) }
    $proxy = if ($Case.Tunnel) { Start-ScriptedServer @{ Status = $Case.Tunnel; Type = 'text/html'; Body = '<p>no tunnel</p>' } }
    $connection = $null
    if ($Side -eq 'CadenzaPS') { $connection = New-CaseConnection $server $Case.RetryTimeoutSec }
    $other = if ($Case.Other) { Get-CaseServer $Case.Other $Side }
    $culture = [CultureInfo]::CurrentCulture
    $all = [Collections.Generic.List[object]]::new()
    try { & $Case[$Side] *>&1 | ForEach-Object { $all.Add($_) } } catch { $all.Add($_) }
    finally { [CultureInfo]::CurrentCulture = $culture }

    $state = Get-CaseState $server
    $old = @{}
    $before.ForEach{ $old[$_.credentialId] = $_.changes }
    [pscustomobject]@{
        Side     = $Side
        Targets  = $targets
        Keys     = $keys
        Output   = @($all | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] -and $_ -isnot [Management.Automation.InformationalRecord] -and $_ -isnot [Management.Automation.InformationRecord] })
        Errors   = @($all.Where{ $_ -is [Management.Automation.ErrorRecord] })
        Warnings = @($all.Where{ $_ -is [Management.Automation.WarningRecord] })
        Records  = $all
        Requests = @(Get-ServerRequest $server | Select-Object -Skip $seen)
        Changed  = @($state.Where{ $old[$_.credentialId] -ne $_.changes })
        State    = $state
        Tunnels  = if ($proxy) { $proxy.Scripted.Requests.Count }
    }
}

function New-CaseConnection($Server, [double] $RetryTimeoutSec = 60) {
    $limits = @{ TimeoutSec = [Math]::Min($RetryTimeoutSec, 20); RetryTimeoutSec = $RetryTimeoutSec; MaximumRetryCount = 2 }
    Connect-Cadenza -BaseUri $Server.Address -AccessToken $Server.Token -SkipCheck @limits -PassThru
}

# --- the script of a careful administrator ---

# Sends one request with retries and a timeout, checks the envelope, and writes an error that does not end the loop around it.
function Invoke-Plain([string] $Path, $Body, $On = $server, [hashtable] $Options = @{}) {
    $call = @{
        Uri = "$($On.Address)/api/v3/$Path"; Headers = @{ Authorization = "Bearer $([Net.NetworkCredential]::new('', $On.Token).Password)" }
        TimeoutSec = 20; OperationTimeoutSeconds = 20; MaximumRetryCount = 2; RetryIntervalSec = 1
    } + $Options
    if ($Body) { $call += @{ Method = 'Post'; ContentType = 'application/json; charset=utf-8'; Body = ConvertTo-Json $Body } }
    try {
        $answer = Invoke-RestMethod @call
        if (-not $answer.success -or $answer.errno) { throw "The API reports errno $($answer.errno): $($answer.error)" }
        $answer.data ?? 'success without data'
    }
    catch { Write-Error -ErrorRecord $_ }
}

# The API expects text, so every value becomes text.
function Set-PlainKey($Id, $Keys) {
    $body = @{ credentialId = "$Id"; apiKey = "$($Keys.ApiKey)"; apiSecret = "$($Keys.ApiSecret)" }
    if ($Keys.ApiPassphrase) { $body.apiPassphrase = "$($Keys.ApiPassphrase)" }
    Invoke-Plain credential/rotate $body
}

function Remove-Plain($Id) { Invoke-Plain credential/revoke @{ credentialId = "$Id" } }

# Reads a list page by page, by cursor or by offset.
function Get-PlainList([string] $Query = '') {
    $next = @()
    for ($page = 0; $page -lt 100; $page++) {
        $answer = Invoke-RestMethod ("$($server.Address)/api/v3/credential/list?" + ((@($Query) + $next).Where{ $_ } -join '&')) -TimeoutSec 20 -Headers @{
            Authorization = "Bearer $([Net.NetworkCredential]::new('', $server.Token).Password)"
        }
        $answer.data
        $paging = $answer.pagination
        if (-not $paging.hasNext) { return }
        $next = if ($paging.cursor) { "cursor=$([uri]::EscapeDataString($paging.cursor))" } else { "offset=$($paging.offset + @($answer.data).Count)" }
    }
}

# --- cases ---

# Adds a case. Both script blocks write what they report as objects and errors. Find turns the measurement into words. Parts are the keys that
# $keys has; without it, all. Slow is true if the retries of Invoke-RestMethod take seconds.
# Values of a later hashtable replace those of an earlier one.
function Add-Case([string] $Name, [string] $Rule, [Parameter(ValueFromRemainingArguments)] [hashtable[]] $Values) {
    $case = @{ Name = $Name; Rule = $Rule; Group = $group; Server = 'normal'; Status = 'VERIFIED'; Venue = '*'; Targets = 1; RetryTimeoutSec = 60 }
    foreach ($part in $Values) { foreach ($key in $part.Keys) { $case[$key] = $part[$key] } }
    $cases.Add($case)
}
