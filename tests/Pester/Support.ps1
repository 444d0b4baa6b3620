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
    $server = [pscustomobject]@{ Kind = 'sandbox'; Address = $address; Token = ConvertTo-Secret $token; Connection = $null }
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

# Each answer is a hashtable: Status ('200 OK'), Type, Headers, Body, Delivered (how many bytes of the body really come), Mode ('hang' never
# answers, 'endless' sends elements of a list without end). The last one repeats. {body} and {authorization} in a Body quote the request.
function Start-ScriptedServer([hashtable[]] $Answers) {
    $shared = [hashtable]::Synchronized(@{ Answers = $Answers; Requests = [Collections.ArrayList]::Synchronized([Collections.ArrayList]::new()); Stop = $false })
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $shared.Listener = $listener
    $shell = [powershell]::Create()
    $null = $shell.AddScript($ScriptedServerLoop).AddArgument($shared)
    $server = [pscustomobject]@{ Kind = 'scripted'; Address = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"; Shared = $shared; Shell = $shell; Running = $shell.BeginInvoke(); Token = ConvertTo-Secret 'scripted-token'; Connection = $null }
    $Started.Add($server)
    $server
}

# Connects without retries, so that each test gets the answer that it scripted, and at once.
function Connect-ScriptedServer([hashtable[]] $Answers, [double] $TimeoutSec = 20) {
    $server = Start-ScriptedServer $Answers
    $server.Connection = Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -SkipCheck -TimeoutSec $TimeoutSec -MaximumRetryCount 0 -PassThru
    $server
}

$ScriptedServerLoop = {
    param($shared)
    $quote = { param($text) (ConvertTo-Json -Compress ([string]$text)).Trim('"') }
    $isGone = { param($client) $client.Client.Poll(20000, 'SelectRead') -and $client.Client.Available -eq 0 }
    $next = 0
    while (-not $shared.Stop) {
        if (-not $shared.Listener.Server.Poll(20000, 'SelectRead')) { continue }
        $client = $shared.Listener.AcceptTcpClient()
        try {
            $client.ReceiveTimeout = $client.SendTimeout = 10000
            $stream = $client.GetStream()
            $head = [Text.StringBuilder]::new()
            while (-not $head.ToString().EndsWith("`r`n`r`n")) {
                $byte = $stream.ReadByte()
                if ($byte -lt 0) { throw 'The client left.' }
                $null = $head.Append([char]$byte)
            }
            $length = if ($head.ToString() -match '(?im)^Content-Length:\s*(\d+)') { [int]$Matches[1] } else { 0 }
            $buffer = [byte[]]::new($length)
            $stream.ReadExactly($buffer, 0, $length)
            $body = [Text.Encoding]::UTF8.GetString($buffer)
            $authorization = if ($head.ToString() -match '(?im)^Authorization:\s*(.+?)\s*$') { $Matches[1] } else { '' }
            $null = $shared.Requests.Add(($head.ToString() -split "`r`n")[0])
            $answer = $shared.Answers[[Math]::Min($next, $shared.Answers.Count - 1)]
            $next++

            $status = if ($answer.Status) { $answer.Status } else { '200 OK' }
            $type = if ($answer.ContainsKey('Type')) { $answer.Type } else { 'application/json' }
            $lines = @("HTTP/1.1 $status", "Content-Type: $type", 'Connection: close')
            if ($answer.Headers) { foreach ($name in $answer.Headers.Keys) { $lines += "${name}: $($answer.Headers[$name])" } }
            if ($answer.Mode -eq 'hang') {
                while (-not $shared.Stop -and -not (& $isGone $client)) { }
            }
            elseif ($answer.Mode -eq 'endless') {
                $stream.Write([Text.Encoding]::ASCII.GetBytes(($lines -join "`r`n") + "`r`n`r`n{`"success`":true,`"errno`":0,`"data`":["))
                for ($i = 1; -not $shared.Stop; $i++) {
                    $stream.Write([Text.Encoding]::ASCII.GetBytes("{`"credentialId`":`"endless-$i`",`"venue`":`"OKX`",`"status`":`"VERIFIED`"},"))
                    if (& $isGone $client) { break }
                }
            }
            else {
                $text = ([string]$answer.Body).Replace('{body}', (& $quote $body)).Replace('{authorization}', (& $quote $authorization))
                $bytes = [Text.Encoding]::UTF8.GetBytes($text)
                $delivered = if ($answer.ContainsKey('Delivered')) { $answer.Delivered } else { $bytes.Length }
                $stream.Write([Text.Encoding]::ASCII.GetBytes(($lines -join "`r`n") + "`r`nContent-Length: $($bytes.Length)`r`n`r`n"))
                $stream.Write($bytes, 0, $delivered)
                $stream.Flush()
                # Closing at once could reset the connection before the client has read the answer.
                $client.Client.Shutdown('Send')
                for ($i = 0; $i -lt 50 -and -not (& $isGone $client); $i++) { }
            }
        }
        catch { $shared.Failure = $_ }
        finally { $client.Dispose() }
    }
}

# The JSON of an answer whose data is these credentials.
function ConvertTo-ListBody([object[]] $Rows) { ConvertTo-Json -Compress -Depth 5 ([ordered]@{ success = $true; errno = 0; error = $null; data = $Rows }) }

function Stop-AllServers {
    foreach ($server in $Started) {
        if ($server.Kind -eq 'sandbox') { $null = Invoke-ServerPool 'stop', $server.Address 1 }
        else {
            $server.Shared.Stop = $true
            $null = $server.Running.AsyncWaitHandle.WaitOne(15000)
            $server.Shared.Listener.Stop()
            $server.Shell.Dispose()
        }
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
    if (-not ('CadenzaTest.CanaryFinder' -as [type])) { Add-Type -TypeDefinition $CanaryFinder }
    [CadenzaTest.CanaryFinder]::Find($Value, $Canaries, $Depth)
}

$CanaryFinder = @'
using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security;

namespace CadenzaTest
{
    public static class CanaryFinder
    {
        // A PSObject, because PowerShell would otherwise pass the value without its added members.
        public static string[] Find(PSObject value, string[] canaries, int depth)
        {
            var found = new List<string>();
            Walk(value, ":", depth, canaries, new HashSet<object>(new ByReference()), found);
            return found.ToArray();
        }

        private static void Walk(object value, string path, int depth, string[] canaries, HashSet<object> seen, List<string> found)
        {
            if (value == null || value is SecureString || value is Type || value is MemberInfo || value is Assembly || value is Delegate) { return; }
            string text = value as string;
            if (text == null && value is char[]) { text = new string((char[])value); }
            if (text != null)
            {
                foreach (string canary in canaries)
                {
                    if (text.Contains(canary, StringComparison.OrdinalIgnoreCase)) { found.Add(path); return; }
                }
                return;
            }
            Type type = value.GetType();
            if (depth == 0 || type.IsPrimitive || type.IsEnum || type.IsPointer || (!type.IsValueType && !seen.Add(value))) { return; }
            // The engine's own innards hold every variable of the session, the canaries' too.
            string space = type.FullName ?? "";
            if (value is CommandInfo || value is PSModuleInfo || value is ScriptBlock || value is SessionState || value is EngineIntrinsics
                || space.StartsWith("System.Reflection.") || space.StartsWith("System.Threading.") || space.StartsWith("System.Management.Automation.Language.")) { return; }
            PSObject wrapped = value as PSObject;
            if (wrapped != null)
            {
                foreach (PSPropertyInfo member in wrapped.Properties)
                {
                    if (member.MemberType == PSMemberTypes.NoteProperty) { Walk(member.Value, path + "." + member.Name, depth - 1, canaries, seen, found); }
                }
                if (!(wrapped.BaseObject is PSCustomObject)) { Walk(wrapped.BaseObject, path, depth, canaries, seen, found); }
                return;
            }
            IDictionary dictionary = value as IDictionary;
            if (dictionary != null)
            {
                foreach (DictionaryEntry entry in dictionary)
                {
                    Walk(entry.Key, path + "{key}", depth - 1, canaries, seen, found);
                    Walk(entry.Value, path + "[" + entry.Key + "]", depth - 1, canaries, seen, found);
                }
            }
            else if (value is IEnumerable)
            {
                int i = 0;
                foreach (object item in (IEnumerable)value)
                {
                    if (i >= 2000) { break; }
                    Walk(item, path + "[" + i++ + "]", depth - 1, canaries, seen, found);
                }
            }
            foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (property.GetIndexParameters().Length > 0 || property.PropertyType.IsByRefLike || property.PropertyType.IsPointer) { continue; }
                object inner;
                try { inner = property.GetValue(value); } catch (Exception) { continue; }
                Walk(inner, path + "." + property.Name, depth - 1, canaries, seen, found);
            }
        }

        private sealed class ByReference : IEqualityComparer<object>
        {
            bool IEqualityComparer<object>.Equals(object a, object b) { return ReferenceEquals(a, b); }
            int IEqualityComparer<object>.GetHashCode(object value) { return RuntimeHelpers.GetHashCode(value); }
        }
    }
}
'@

# --- another session, with a user who answers its prompts ---

if (-not ('CadenzaTest.AnsweringHost' -as [type])) {
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace CadenzaTest
{
    // A host whose user gives the same answer to every question, a key such as 'Y', 'A' or 'N', and notes what was asked.
    public sealed class AnsweringHost : PSHost
    {
        private readonly AnsweringUI _ui;
        public AnsweringHost(string answer) { _ui = new AnsweringUI(answer); }
        public List<string> Questions { get { return _ui.Questions; } }
        public List<string> Lines { get { return _ui.Lines; } }
        public List<string> Warnings { get { return _ui.Warnings; } }
        public List<string> Console { get { return _ui.Console; } }
        public List<string> ErrorLines { get { return _ui.ErrorLines; } }
        public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
        public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
        public override Guid InstanceId { get; } = Guid.NewGuid();
        public override string Name { get { return HostName; } }
        public string HostName { get; set; } = "AnsweringHost";
        public override PSHostUserInterface UI { get { return _ui; } }
        public override Version Version { get { return new Version(1, 0); } }
        public override void EnterNestedPrompt() { }
        public override void ExitNestedPrompt() { }
        public override void NotifyBeginApplication() { }
        public override void NotifyEndApplication() { }
        public override void SetShouldExit(int exitCode) { }
    }

    public sealed class AnsweringUI : PSHostUserInterface
    {
        private readonly string _answer;
        public AnsweringUI(string answer) { _answer = answer; }
        public List<string> Questions { get; } = new List<string>();
        public List<string> Lines { get; } = new List<string>();
        public List<string> Warnings { get; } = new List<string>();

        // Everything that a console would show, apart from errors.
        public List<string> Console { get; } = new List<string>();
        public List<string> ErrorLines { get; } = new List<string>();
        public override PSHostRawUserInterface RawUI { get { return null; } }
        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Questions.Add(caption + " " + message);
            for (int i = 0; i < choices.Count; i++)
            {
                if (choices[i].Label.Contains("&" + _answer)) { return i; }
            }
            throw new InvalidOperationException("No such answer.");
        }
        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new InvalidOperationException("Nobody is there."); }
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new InvalidOperationException("Nobody is there."); }
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowed, PSCredentialUIOptions options) { throw new InvalidOperationException("Nobody is there."); }
        public override string ReadLine() { throw new InvalidOperationException("Nobody is there."); }
        public override SecureString ReadLineAsSecureString() { throw new InvalidOperationException("Nobody is there."); }
        public override void Write(string value) { }
        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) { }
        public override void WriteLine(string value) { Lines.Add(value); Show("", value); }
        public override void WriteDebugLine(string message) { Show("DEBUG: ", message); }
        public override void WriteErrorLine(string value) { lock (ErrorLines) { ErrorLines.Add(value); } }
        public override void WriteProgress(long sourceId, ProgressRecord record) { }
        public override void WriteVerboseLine(string message) { Show("VERBOSE: ", message); }
        public override void WriteWarningLine(string message) { lock (Warnings) { Warnings.Add(message); } Show("WARNING: ", message); }
        private void Show(string prefix, string text) { lock (Console) { Console.Add(prefix + text); } }
    }
}
'@
}

# Runs a script in a runspace of its own and tells what came of it. Without an answer nobody is there to ask, as under -NonInteractive.
function Invoke-InSession([scriptblock] $Script, [hashtable] $Arguments = @{}, [string] $Answer, [string] $HostName) {
    $testHost = if ($Answer) { [CadenzaTest.AnsweringHost]::new($Answer) } else { $null }
    if ($HostName) { $testHost.HostName = $HostName }
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
