# What the test files share: dot-source it in BeforeAll, and call Restore-TestSession in AfterAll.
# The module and the server come from CADENZA_TEST_MODULE and CADENZA_TEST_SERVER, else from where the build puts them.

$ErrorActionPreference = 'Continue'
$WhatIfPreference = $false
$ConfirmPreference = 'High'
$VerbosePreference = $DebugPreference = $InformationPreference = 'SilentlyContinue'
$WarningPreference = 'Continue'
$PSNativeCommandUseErrorActionPreference = $false

$Root = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../..'))
$ModulePath = if ($env:CADENZA_TEST_MODULE) { $env:CADENZA_TEST_MODULE } else { Join-Path $Root 'out/CadenzaPS/CadenzaPS.psd1' }
$ServerPath = if ($env:CADENZA_TEST_SERVER) { $env:CADENZA_TEST_SERVER }
              else { Join-Path $Root 'tests/Cadenza.SandboxServer/bin/Release/net10.0/Cadenza.SandboxServer.dll' }

# Your own connection is not the tests' business: it comes back in Restore-TestSession.
$ConnectionVariables = 'CADENZA_ACCESS_TOKEN', 'CADENZA_ENVIRONMENT', 'CADENZA_BASE_URL'
$SessionBefore = @{ Rendering = $PSStyle.OutputRendering; Variables = @{} }
foreach ($name in $ConnectionVariables) {
    $SessionBefore.Variables[$name] = [Environment]::GetEnvironmentVariable($name)
    [Environment]::SetEnvironmentVariable($name, $null)
}
$PSStyle.OutputRendering = 'PlainText'
$Started = [Collections.Generic.List[object]]::new()

Import-Module $ModulePath
Add-Type -Path (Join-Path $Root 'tests/CadenzaPS.TestSupport/bin/Release/net8.0/CadenzaPS.TestSupport.dll')

function Restore-TestSession {
    Disconnect-Cadenza
    Stop-AllServers
    Stop-ServerPool
    foreach ($name in $ConnectionVariables) { [Environment]::SetEnvironmentVariable($name, $SessionBefore.Variables[$name]) }
    $PSStyle.OutputRendering = $SessionBefore.Rendering
}

function ConvertTo-Secret([string] $Text) {
    $secret = [securestring]::new()
    foreach ($c in $Text.ToCharArray()) { $secret.AppendChar($c) }
    $secret
}

function New-Login([string] $User, [string] $Password) { [pscredential]::new($User, (ConvertTo-Secret $Password)) }

# --- other PowerShell processes ---

# The PowerShell of the tests as a command line, and what to start it with. Its standard streams are redirected.
$PowerShellCommand = @(& (Join-Path $Root 'build/Get-PowerShellCommand.ps1'))

# How to start a PowerShell process with these arguments. With -Server, its environment variables connect it to that server.
function New-PowerShellStart([string[]] $Arguments, [hashtable] $Variables = @{}, [string] $Folder = $PWD.ProviderPath, $Server) {
    $program, $all = $PowerShellCommand + '-NoProfile', '-NonInteractive' + $Arguments
    $start = [Diagnostics.ProcessStartInfo]::new($program, [string[]]$all)
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.WorkingDirectory = $Folder
    if ($Server) {
        $start.Environment['CADENZA_BASE_URL'] = $Server.Address
        $start.Environment['CADENZA_ACCESS_TOKEN'] = [Net.NetworkCredential]::new('', $Server.Token).Password
    }
    foreach ($name in $Variables.Keys) {
        if ($null -eq $Variables[$name]) { $null = $start.Environment.Remove($name) } else { $start.Environment[$name] = $Variables[$name] }
    }
    $start
}

# Starts a PowerShell process without input and begins to read its output.
function Start-PowerShell([string[]] $Arguments, [hashtable] $Variables = @{}, [string] $Folder = $PWD.ProviderPath, $Server, [switch] $CanInterrupt) {
    $start = New-PowerShellStart $Arguments $Variables $Folder $Server
    if ($CanInterrupt -and $IsLinux) {
        # A process that a background job starts ignores SIGINT, and so do its children, unless the signal is restored.
        $all = @('--default-signal=INT', $start.FileName) + $start.ArgumentList
        $start.FileName = '/usr/bin/env'
        $start.ArgumentList.Clear()
        $all | ForEach-Object { $start.ArgumentList.Add($_) }
    }
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    [pscustomobject]@{ Process = $process; Out = $process.StandardOutput.ReadToEndAsync(); Err = $process.StandardError.ReadToEndAsync() }
}

# Waits for the end of a PowerShell process, and returns its exit code and output.
function Wait-PowerShell($Run, [int] $Seconds = 600) {
    try {
        if (-not $Run.Process.WaitForExit($Seconds * 1000)) {
            $Run.Process.Kill($true)
            throw "A PowerShell process did not end within $Seconds seconds. $($Run.Out.Result) $($Run.Err.Result)"
        }
        [pscustomobject]@{ Code = $Run.Process.ExitCode; Out = $Run.Out.Result; Err = $Run.Err.Result; All = $Run.Out.Result + $Run.Err.Result }
    }
    finally { $Run.Process.Dispose() }
}

function Invoke-PowerShell([string[]] $Arguments, [hashtable] $Variables = @{}, [string] $Folder = $PWD.ProviderPath, $Server) {
    Wait-PowerShell (Start-PowerShell $Arguments $Variables $Folder $Server)
}

# --- the sandbox behind a real socket, in another process ---

# The process that runs the servers of this test file. Starting a process for each server would take longer than most tests.
$ServerPool = [pscustomobject]@{ Process = $null }

# Sends a command to the process and returns as many lines of its answer.
function Invoke-ServerPool([string[]] $Command, [int] $Lines) {
    if (-not $ServerPool.Process) {
        $start = [Diagnostics.ProcessStartInfo]@{ FileName = 'dotnet'; RedirectStandardInput = $true; RedirectStandardOutput = $true; UseShellExecute = $false }
        foreach ($argument in $ServerPath, '--serve') { $start.ArgumentList.Add($argument) }
        $ServerPool.Process = [Diagnostics.Process]::Start($start)
    }
    $ServerPool.Process.StandardInput.WriteLine((ConvertTo-Json -Compress -InputObject $Command))
    $ServerPool.Process.StandardInput.Flush()
    for ($i = 0; $i -lt $Lines; $i++) {
        $reading = $ServerPool.Process.StandardOutput.ReadLineAsync()
        if (-not $reading.Wait(120000)) { throw "SandboxServer did not answer: $Command" }
        if ($null -eq $reading.Result -or $reading.Result -like 'error *') { throw "SandboxServer: $($reading.Result)" }
        $reading.Result
    }
}

function Stop-ServerPool {
    if (-not $ServerPool.Process) { return }
    try {
        $ServerPool.Process.StandardInput.Close()
        if (-not $ServerPool.Process.WaitForExit(30000)) { $ServerPool.Process.Kill() }
    }
    finally {
        $ServerPool.Process.Dispose()
        $ServerPool.Process = $null
    }
}

function Start-SandboxServer([string] $Dialect = 'guide', [string[]] $Arguments = @()) {
    $address, $token = Invoke-ServerPool (@('--dialect', $Dialect) + $Arguments) 2 | ForEach-Object { ($_ -split ' ', 2)[1] }
    $server = [pscustomobject]@{ Address = $address; Scripted = $null; Token = ConvertTo-Secret $token; Connection = $null }
    $Started.Add($server)
    $server
}

# A server, and the runspace connected to it.
function Connect-SandboxServer([string] $Dialect = 'guide', [string[]] $Arguments = @()) {
    $server = Start-SandboxServer $Dialect $Arguments
    $server.Connection = Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -PassThru
    $server
}

# What the server got, oldest first: Method, Path, PathAndQuery, Status, RequestId.
function Get-ServerRequest($Server) {
    Invoke-RestMethod "$($Server.Address)/_sandbox/requests" -TimeoutSec 30 -NoProxy | ForEach-Object { $_ }
}

# How many requests came that can change something.
function Get-ChangeCount($Server) { @(Get-ServerRequest $Server | Where-Object Method -NE 'GET').Count }

# What the server holds, as one line a credential: equal lines, nothing changed.
function Get-ServerState($Server) {
    @(Invoke-RestMethod "$($Server.Address)/_sandbox/state" -TimeoutSec 30 -NoProxy | ForEach-Object { $_ }) |
        ForEach-Object { "$($_.credentialId) $($_.status) $($_.changes) $($_.fingerprint)" }
}

function Get-ServerCredential($Server, [string] $Id) {
    @(Invoke-RestMethod "$($Server.Address)/_sandbox/state" -TimeoutSec 30 -NoProxy | ForEach-Object { $_ }) | Where-Object credentialId -EQ $Id
}

# Which keys a credential holds, in the server's words.
function Get-KeyFingerprint([string] $Key, [string] $Secret, [string] $Passphrase) {
    [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes("$Key|$Secret|$Passphrase"))).ToLowerInvariant()
}

# --- a server that answers whatever a test wants ---

# CadenzaPS.TestSupport.ScriptedServer describes the answers.
function Start-ScriptedServer([hashtable[]] $Answers) {
    $scripted = [CadenzaPS.TestSupport.ScriptedServer]::new($Answers)
    $server = [pscustomobject]@{ Address = $scripted.Address; Scripted = $scripted; Token = ConvertTo-Secret 'scripted-token'; Connection = $null }
    $Started.Add($server)
    $server
}

# Connects without retries, so that each test gets the answer that it scripted, and at once.
function Connect-ScriptedServer([hashtable[]] $Answers, [double] $TimeoutSec = 20) {
    $server = Start-ScriptedServer $Answers
    $server.Connection = Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -SkipCheck -TimeoutSec $TimeoutSec -MaximumRetryCount 0 -PassThru
    $server
}

# The JSON of an answer whose data is these credentials.
function ConvertTo-ListBody([object[]] $Rows) { ConvertTo-Json -Compress -Depth 5 ([ordered]@{ success = $true; errno = 0; error = $null; data = $Rows }) }

function Stop-AllServers {
    foreach ($server in $Started) {
        if ($server.Scripted) { $server.Scripted.Dispose() } else { $null = Invoke-ServerPool 'stop', $server.Address 1 }
    }
    $Started.Clear()
}

# An address on this machine where nobody listens.
function Get-DeadAddress {
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    "http://127.0.0.1:$port"
}

# --- secrets ---

# Where a value holds one of the canaries: texts, dictionaries, lists and public properties, as deep as anyone may look, but not into a
# SecureString or a PSCredential's password, which are where secrets belong.
function Find-Canary($Value, [string[]] $Canaries, [int] $Depth = 9) {
    [CadenzaPS.TestSupport.CanaryFinder]::Find($Value, $Canaries, $Depth)
}

# --- another session, with a user who answers its prompts ---

# Runs a script in a runspace of its own and tells what came of it. Without an answer nobody is there to ask, as under -NonInteractive.
function Invoke-InSession([scriptblock] $Script, [hashtable] $Arguments = @{}, [string] $Answer, [string] $HostName) {
    $testHost = if ($Answer) { [CadenzaPS.TestSupport.TestHost]@{ Answer = $Answer; HostName = $HostName ? $HostName : 'TestHost' } }
    $runspace = if ($testHost) { [runspacefactory]::CreateRunspace($testHost) } else { [runspacefactory]::CreateRunspace() }
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    try {
        $null = $shell.AddCommand('Import-Module').AddParameter('Name', $ModulePath).Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript($Script.ToString()).AddParameters($Arguments)
        $output = $null
        $failure = $null
        try { $output = $shell.Invoke() } catch { $failure = $_.Exception.InnerException }
        [pscustomobject]@{
            Output    = @($output)
            Errors    = @($shell.Streams.Error)
            Failure   = $failure
            Verbose   = @($shell.Streams.Verbose | ForEach-Object Message)
            Lines     = @(if ($testHost) { $testHost.Lines })
            Questions = @(if ($testHost) { $testHost.Questions })
        }
    }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}

# Runs a script file in a runspace of its own, which starts much faster than a process, with these environment variables. Without a server,
# no variable describes a connection. Returns its exit code and what its console showed.
function Invoke-ScriptInSession([string] $Path, [string[]] $Arguments, [hashtable] $Variables = @{}, $Server) {
    $all = $Variables.Clone()
    if ($Server) {
        $all.CADENZA_BASE_URL = $Server.Address
        $all.CADENZA_ACCESS_TOKEN = [Net.NetworkCredential]::new('', $Server.Token).Password
    }
    $before = @{}
    $testHost = [CadenzaPS.TestSupport.TestHost]::new()
    $runspace = [runspacefactory]::CreateRunspace($testHost)
    $shell = [powershell]::Create($runspace)
    try {
        foreach ($name in $all.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, ($all[$name] ?? [NullString]::Value))
        }
        $runspace.Open()
        $words = $Arguments | ForEach-Object { if ($_ -like '-*') { $_ } else { "'$($_.Replace("'", "''"))'" } }
        $null = $shell.AddScript("& '$($Path.Replace("'", "''"))' $words").AddCommand('Out-Default')
        $shell.Commands.Commands[0].MergeMyResults('Error', 'Output')
        $null = $shell.Invoke()
        # A script whose parameters are not valid sets no exit code. Its process would end with 1.
        $code = $runspace.SessionStateProxy.GetVariable('LASTEXITCODE') ?? 1
        $out, $err = (@($testHost.Console) -join "`n"), (@($testHost.ErrorLines) -join "`n")
        [pscustomobject]@{ Code = $code; Out = $out; Err = $err; All = $out + $err }
    }
    finally {
        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, ($before[$name] ?? [NullString]::Value)) }
        $shell.Dispose()
        $runspace.Dispose()
    }
}
