<#
.SYNOPSIS
    Times CadenzaPS, Invoke-RestMethod and a bare HttpClient side by side, and prints a table with the targets met and missed.
.DESCRIPTION
    What is measured and how is in docs/performance.md, whose table a full run replaces. build.ps1 bench builds and calls this; by hand it
    measures what is built. A missed target is a result; a command that fails is an error.
.EXAMPLE
    ./build/bench.ps1 -Quick -Only list, memory
#>
param(
    # The module's manifest.
    [string] $Module = (Join-Path $PSScriptRoot '../out/CadenzaPS/CadenzaPS.psd1'),

    # The PowerShell to measure in, with the arguments that it always gets.
    [string[]] $Pwsh = @(@(& "$PSScriptRoot/Get-PowerShellCommand.ps1") + '-NoProfile', '-NonInteractive'),

    # The folder of the official TypeScript SDK, built with npm install. Without it, its rows are missing.
    [string] $TypeScriptSdk,

    # Fewer repeats and changes, and docs/performance.md stays as it is.
    [switch] $Quick,

    # Some parts only; docs/performance.md stays as it is.
    [ValidateSet('cold', 'busy', 'client', 'accounts', 'report', 'list', 'memory', 'first', 'revoke', 'journal', 'import')]
    [string[]] $Only = @('cold', 'busy', 'client', 'accounts', 'report', 'list', 'memory', 'first', 'revoke', 'journal', 'import')
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
[CultureInfo]::CurrentCulture = [CultureInfo]::InvariantCulture

$folder = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../tests/Benchmarks'))
$program = Join-Path $folder 'bin/Release/net10.0/Cadenza.Benchmarks.dll'
$page = Join-Path $PSScriptRoot '../docs/performance.md'
$Module = (Resolve-Path -LiteralPath $Module).ProviderPath
if ($TypeScriptSdk) { $TypeScriptSdk = (Resolve-Path -LiteralPath $TypeScriptSdk).ProviderPath }
$rounds = $Quick ? 2 : 4
$changes = $Quick ? 5000 : 20000
$someChanges = $Quick ? 500 : 2000
$parts = 'cold', 'busy', 'client', 'accounts', 'report', 'list', 'memory', 'first', 'revoke', 'journal', 'import'
$rows = [Collections.Generic.List[object]]::new()
$server = @{}

# --- running ---

# The output of a command: objects, from a line of JSON each. Other lines are those of -WhatIf, which cannot be redirected.
function Invoke-Measured([string[]] $Command) {
    $name, $arguments = $Command
    $lines = & $name @arguments
    if ($LASTEXITCODE -ne 0) { throw "exit code $LASTEXITCODE from: $Command" }
    @($lines) -match '^{' | ConvertFrom-Json
}

function Invoke-Script([string] $Name, [string[]] $Arguments) {
    Invoke-Measured ($Pwsh + '-File' + (Join-Path $folder $Name) + '-Server' + $server.Address + '-Token' + $server.Token + '-Module' + $Module + $Arguments)
}

function Invoke-Bare([string] $Verb, [string] $Path, [string[]] $Arguments) {
    Invoke-Measured (@('dotnet', $program, $Verb, "$($server.Address)/$Path") + $Arguments)
}

function Start-Server {
    $start = [Diagnostics.ProcessStartInfo]@{ FileName = 'dotnet'; RedirectStandardInput = $true; RedirectStandardOutput = $true; UseShellExecute = $false }
    $program, 'serve' | ForEach-Object { $start.ArgumentList.Add($_) }
    $server.Process = [Diagnostics.Process]::Start($start)
    foreach ($name in 'address', 'token') {
        $reading = $server.Process.StandardOutput.ReadLineAsync()
        if (-not $reading.Wait(30000) -or $reading.Result -notmatch "^$name (\S+)$") { throw "The server did not tell its $name." }
        $server[$name] = $Matches[1]
    }
    # The server creates its longest list at the first request for it. It is warmed up before anything is measured.
    $null = Invoke-Bare drain 1000000 1
    $null = Invoke-Bare revoke '1/0' 10000, 16, 1
}

function Stop-Server {
    if (-not $server.ContainsKey('Process')) { return }
    $server.Process.StandardInput.Close()
    if (-not $server.Process.WaitForExit(10000)) { $server.Process.Kill() }
    $server.Process.Dispose()
}

# --- statistics ---

function Get-Median([double[]] $Values) {
    if ($Values.Count -eq 0) { throw 'Nothing was measured.' }
    $sorted = @($Values | Sort-Object)
    $half = [Math]::DivRem($sorted.Count, 2)
    $half.Item2 -eq 1 ? $sorted[$half.Item1] : ($sorted[$half.Item1 - 1] + $sorted[$half.Item1]) / 2
}

# One property of the results of one kind.
function Select-Figure($Results, [string] $Work, [string] $Property = 'ms', [double] $Divisor = 1) {
    @($Results | Where-Object { -not $Work -or $_.work -eq $Work } | ForEach-Object { $_.$Property / $Divisor })
}

# The format is that of one number, its unit with it.
function Add-Figure([string] $Name, [double[]] $Values, [string] $Format) {
    $ends = $Values | Measure-Object -Minimum -Maximum
    $number = ($Format -split ' ')[0]
    $range = "$($number -f $ends.Minimum) … $($number -f $ends.Maximum)"
    $rows.Add([pscustomobject]@{ Name = $Name; Median = $Format -f (Get-Median $Values); Range = $range; Target = ''; Verdict = '' })
}

function Add-Target([string] $Name, [double] $Value, [string] $Format, [string] $Sense, [double] $Limit) {
    $met = $Sense -eq 'at least' ? $Value -ge $Limit : $Value -le $Limit
    $rows.Add([pscustomobject]@{ Name = "→ $Name"; Median = $Format -f $Value; Range = ''; Target = "$Sense $($Format -f $Limit)"; Verdict = $met ? 'met' : 'MISSED' })
}

function ConvertTo-Markdown {
    $columns = 'Name', 'Median', 'Range', 'Target', 'Verdict'
    $heads = @{ Name = 'what'; Median = 'median'; Range = 'range'; Target = 'target'; Verdict = '' }
    $width = @{}
    foreach ($column in $columns) { $width[$column] = (@($heads[$column]) + @($rows.$column) | Measure-Object Length -Maximum).Maximum }
    foreach ($row in @($heads; $null; $rows)) {
        '| ' + (@(foreach ($column in $columns) { if ($null -eq $row) { '-' * $width[$column] } else { $row.$column.PadRight($width[$column]) } }) -join ' | ') + ' |'
    }
}

# --- what is measured ---

function Measure-Cold {
    $plain, $ours, $redirected, $dropped, $sdk = @(), @(), @(), @(), @()
    for ($i = 0; $i -lt $rounds + 1; $i++) {
        $plain += Invoke-Script measure-cold.ps1 '-Who', 'Invoke-RestMethod'
        $ours += Invoke-Script measure-cold.ps1 @()
        $redirected += Invoke-Script measure-cold.ps1 '-Target', 'Redirected'
        $dropped += Invoke-Script measure-cold.ps1 '-Target', 'Out-Null'
        if ($TypeScriptSdk) { $sdk += Invoke-Measured ('node', "$folder/measure-sdk.js", $TypeScriptSdk, "$($server.Address)/100000", $server.Token) }
    }
    $plainMs, $ourMs = (Select-Figure $plain cold), (Select-Figure $ours cold)
    Add-Figure 'first list of a process, 100,000: `$x = (Invoke-RestMethod …).data`' $plainMs '{0:N0} ms'
    Add-Figure 'the same: CPU' (Select-Figure $plain cold cpu) '{0:N0} ms'
    Add-Figure 'first list of a process, 100,000: `$x = Get-CadenzaCredential`' $ourMs '{0:N0} ms'
    Add-Figure 'the same: CPU' (Select-Figure $ours cold cpu) '{0:N0} ms'
    Add-Figure 'the same, redirected to `$null`' (Select-Figure $redirected cold) '{0:N0} ms'
    Add-Figure 'the same, sent to `Out-Null`' (Select-Figure $dropped cold) '{0:N0} ms'
    Add-Target 'times as fast as `Invoke-RestMethod`, both assigned' ((Get-Median $plainMs) / (Get-Median $ourMs)) '{0:N1}' 'at least' 15
    if (-not $TypeScriptSdk) { return }
    $sdkMs = Select-Figure $sdk cold
    Add-Figure 'first list of a process, 100,000: the TypeScript SDK' $sdkMs '{0:N0} ms'
    Add-Figure 'the same: CPU' (Select-Figure $sdk cold cpu) '{0:N0} ms'
    Add-Target 'the time of `Get-CadenzaCredential` over that of the SDK' ((Get-Median $ourMs) / (Get-Median $sdkMs)) '{0:N2}' 'at most' 1
}

function Measure-Busy {
    $plain, $ours, $loops = @(), @(), @()
    try {
        foreach ($i in 1, 2) {
            $start = [Diagnostics.ProcessStartInfo]@{ FileName = 'dotnet'; RedirectStandardInput = $true; UseShellExecute = $false }
            $program, 'spin' | ForEach-Object { $start.ArgumentList.Add($_) }
            $loops += [Diagnostics.Process]::Start($start)
        }
        for ($i = 0; $i -lt $rounds; $i++) {
            $plain += Invoke-Script measure-cold.ps1 '-Who', 'Invoke-RestMethod'
            $ours += Invoke-Script measure-cold.ps1 @()
        }
    }
    finally {
        foreach ($loop in $loops) {
            $loop.StandardInput.Close()
            if (-not $loop.WaitForExit(10000)) { $loop.Kill() }
            $loop.Dispose()
        }
    }
    $plainMs, $ourMs = (Select-Figure $plain cold), (Select-Figure $ours cold)
    Add-Figure 'first list beside two busy processes, by `Invoke-RestMethod`' $plainMs '{0:N0} ms'
    Add-Figure 'first list beside two busy processes, by `Get-CadenzaCredential`' $ourMs '{0:N0} ms'
    Add-Target 'times as fast as `Invoke-RestMethod`, both busy' ((Get-Median $plainMs) / (Get-Median $ourMs)) '{0:N1}' 'at least' 8
}

function Measure-Client {
    $listed = @(for ($i = 0; $i -lt $rounds; $i++) { Invoke-Bare list 100000 10 })
    if ($listed | Where-Object count -NE 100000) { throw 'The client did not list every credential.' }
    $warm = @(for ($i = 0; $i -lt $listed.Count; $i++) { if ($i % 10 -ge 5) { $listed[$i] } })
    Add-Figure '100,000 by the client without PowerShell: first of a process' (Select-Figure $listed cold) '{0:N0} ms'
    Add-Figure '100,000 by the client without PowerShell: later' (Select-Figure $warm warm) '{0:N0} ms'
    Add-Target 'later' (Get-Median (Select-Figure $warm warm)) '{0:N0} ms' 'at most' 80
    $bytes = Select-Figure $warm warm allocated 100000
    Add-Figure 'one of 100,000 by the client: allocated' $bytes '{0:N0} bytes'
    Add-Target 'allocated by the client' (Get-Median $bytes) '{0:N0} bytes' 'at most' 280
}

function Measure-Accounts {
    $results = @(for ($i = 0; $i -lt $rounds; $i++) { Invoke-Script measure-accounts.ps1 '-Count', 100000 })
    Add-Figure 'first impact of a process, with 100,000 trading accounts' (Select-Figure $results accounts) '{0:N0} ms'
    Add-Figure 'the same: CPU' (Select-Figure $results accounts cpu) '{0:N0} ms'
    Add-Target 'first impact' (Get-Median (Select-Figure $results accounts)) '{0:N0} ms' 'at most' 400
}

function Measure-Report {
    $idle, $reports = @(), @()
    for ($i = 0; $i -lt $rounds; $i++) {
        $idle += Invoke-Script measure-memory.ps1 '-Who', 'idle'
        $reports += Invoke-Script measure-report.ps1 '-Count', 50000
    }
    $nothing = Get-Median (Select-Figure $idle peak bytes 1e6)
    $over = @(Select-Figure $reports report bytes 1e6 | ForEach-Object { $_ - $nothing })
    Add-Figure 'report of 50,000, first command of a process' (Select-Figure $reports report) '{0:N0} ms'
    Add-Target 'report of 50,000' (Get-Median (Select-Figure $reports report)) '{0:N0} ms' 'at most' 1800
    Add-Figure 'report of 50,000: peak over idle' $over '{0:N0} MB'
    Add-Target 'peak over idle' (Get-Median $over) '{0:N0} MB' 'at most' 150
}

function Measure-List {
    $plain, $ours, $drained, $small, $large = @(), @(), @(), @(), @()
    $long = $Quick ? 1 : 2
    for ($i = 0; $i -lt $rounds; $i++) {
        $plain += Invoke-Script measure-list.ps1 '-Who', 'Invoke-RestMethod', '-Count', 100000, '-Repeat', $long
        $ours += Invoke-Script measure-list.ps1 '-Count', 100000, '-Repeat', 3
        $small += Invoke-Script measure-list.ps1 '-Count', 10000, '-Repeat', 10, '-Plain'
        $large += Invoke-Script measure-list.ps1 '-Count', 1000000, '-Repeat', $long, '-Plain'
        $drained += Invoke-Bare drain 100000 5
    }
    $ourMs, $plainMs, $firstMs = (Select-Figure $ours list), (Select-Figure $plain list), (Select-Figure $ours first)
    Add-Figure '100,000 listed by `Invoke-RestMethod`' $plainMs '{0:N0} ms'
    Add-Figure '100,000 listed by `Get-CadenzaCredential`' $ourMs '{0:N0} ms'
    Add-Figure '100,000 only read, by HttpClient' (Select-Figure $drained) '{0:N1} ms'
    Add-Target 'times as fast as `Invoke-RestMethod`' ((Get-Median $plainMs) / (Get-Median $ourMs)) '{0:N1}' 'at least' 10
    Add-Figure 'the first of 100,000' $firstMs '{0:N1} ms'
    Add-Target 'of the time to the last' (100 * (Get-Median $firstMs) / (Get-Median $ourMs)) '{0:N1} %' 'at most' 5

    foreach ($case in @(@('by `Invoke-RestMethod`', $plain, 'list'), @('by `Get-CadenzaCredential`', $ours, 'list'), @('dropped by `-Status`', $ours, 'filtered'))) {
        Add-Figure "one of 100,000 $($case[0]): time" (Select-Figure $case[1] $case[2] ms 100) '{0:N2} µs'
        Add-Figure "one of 100,000 $($case[0]): allocated" (Select-Figure $case[1] $case[2] allocated 100000) '{0:N0} bytes'
    }
    $perRow = (Select-Figure $small list ms 10), (Select-Figure $ours list ms 100), (Select-Figure $large list ms 1000)
    Add-Figure 'one of 10,000 by `Get-CadenzaCredential`: time' $perRow[0] '{0:N2} µs'
    Add-Figure 'one of 1,000,000 by `Get-CadenzaCredential`: time' $perRow[2] '{0:N2} µs'
    $medians = $perRow | ForEach-Object { Get-Median $_ }
    Add-Target 'time of one, 100,000 against 10,000' (100 * ($medians[1] / $medians[0] - 1)) '{0:+0.0;-0.0} %' 'at most' 10
    Add-Target 'time of one, 1,000,000 against 100,000' (100 * ($medians[2] / $medians[1] - 1)) '{0:+0.0;-0.0} %' 'at most' 10
}

function Measure-Memory {
    $idle, $plain, $ours, $large = @(), @(), @(), @()
    for ($i = 0; $i -lt $rounds + 1; $i++) {
        $idle += Invoke-Script measure-memory.ps1 '-Who', 'idle'
        $ours += Invoke-Script measure-memory.ps1 '-Count', 100000
        $large += Invoke-Script measure-memory.ps1 '-Count', 1000000
        $plain += Invoke-Script measure-memory.ps1 '-Who', 'Invoke-RestMethod', '-Count', 100000
    }
    $nothing = Get-Median (Select-Figure $idle peak bytes 1e6)
    $over = foreach ($results in $ours, $large, $plain) { , @(Select-Figure $results peak bytes 1e6 | ForEach-Object { $_ - $nothing }) }
    Add-Figure 'an idle `pwsh -NoProfile`: peak' (Select-Figure $idle peak bytes 1e6) '{0:N1} MB'
    Add-Figure '100,000 listed by `Invoke-RestMethod`: peak over idle' $over[2] '{0:N1} MB'
    Add-Figure '100,000 listed by `Get-CadenzaCredential`: peak over idle' $over[0] '{0:N1} MB'
    Add-Target 'peak over idle' (Get-Median $over[0]) '{0:N1} MB' 'at most' 40
    Add-Figure '1,000,000 listed by `Get-CadenzaCredential`: peak over idle' $over[1] '{0:N1} MB'
    Add-Target 'against 100,000' (100 * ((Get-Median $over[1]) / (Get-Median $over[0]) - 1)) '{0:+0.0;-0.0} %' 'at most' 10
}

function Measure-Revoke {
    $plain, $session, $ours, $bare, $slow, $bareSlow = @(), @(), @(), @(), @(), @()
    $slowRepeat = $Quick ? 1 : 2
    for ($i = 0; $i -lt $rounds; $i++) {
        $plain += Invoke-Script measure-revoke.ps1 '-Who', 'Invoke-RestMethod', '-Count', $someChanges, '-Repeat', 2
        $session += Invoke-Script measure-revoke.ps1 '-Who', 'Invoke-RestMethod', '-WebSession', '-Count', $someChanges, '-Repeat', 2
        $ours += Invoke-Script measure-revoke.ps1 '-Count', $changes, '-ThrottleLimit', 16, '-Repeat', 3
        $bare += Invoke-Bare revoke "$changes/0" $changes, 16, 3
        $slow += Invoke-Script measure-revoke.ps1 '-Count', 2000, '-DelayMs', 20, '-ThrottleLimit', 32, '-Repeat', $slowRepeat
        $bareSlow += Invoke-Bare revoke '2000/20' 2000, 32, $slowRepeat
    }
    $rate = { param($Results, $Count) @($Results | ForEach-Object { 1000 * $Count / $_.ms }) }
    $plainRate, $ourRate, $bareRate = (& $rate $plain $someChanges), (& $rate $ours $changes), (& $rate $bare $changes)
    $few, $many = $someChanges, $changes | ForEach-Object { '{0:N0}' -f $_ }
    Add-Figure "$few revoked by ``Invoke-RestMethod``, one after the other" $plainRate '{0:N0} /s'
    Add-Figure "$few revoked by ``Invoke-RestMethod -WebSession``, the same" (& $rate $session $someChanges) '{0:N0} /s'
    Add-Figure "$many revoked by ``Revoke-CadenzaCredential -ThrottleLimit 16``" $ourRate '{0:N0} /s'
    Add-Figure "$many revoked by HttpClient, 16 at a time" $bareRate '{0:N0} /s'
    Add-Target 'times as fast as `Invoke-RestMethod`' ((Get-Median $ourRate) / (Get-Median $plainRate)) '{0:N1}' 'at least' 10
    Add-Target 'of what HttpClient does' (100 * (Get-Median $ourRate) / (Get-Median $bareRate)) '{0:N0} %' 'at least' 70
    $slowRate = & $rate $slow 2000
    Add-Figure '2,000 answered after 20 ms, by `-ThrottleLimit 32`' $slowRate '{0:N0} /s'
    Add-Figure '2,000 answered after 20 ms, by HttpClient, 32 at a time' (& $rate $bareSlow 2000) '{0:N0} /s'
    Add-Target 'of 32 / 20 ms = 1,600 /s' (100 * (Get-Median $slowRate) / 1600) '{0:N0} %' 'at least' 90
}

function Measure-First {
    $revokes = @(for ($i = 0; $i -lt $rounds; $i++) { Invoke-Script measure-first-revokes.ps1 @() })
    $cold, $warm = (Select-Figure $revokes firstRevokes cpu), (Select-Figure $revokes laterRevokes cpu)
    Add-Figure '200 revokes answered after 20 ms, first of a process: CPU' $cold '{0:N0} ms'
    Add-Figure '200 revokes answered after 20 ms, later: CPU' $warm '{0:N0} ms'
    Add-Target 'the first over the later ones' ((Get-Median $cold) / (Get-Median $warm)) '{0:N1}' 'at most' 3
    $minutes = @(for ($i = 0; $i -lt $rounds; $i++) { Invoke-Script measure-first-minute.ps1 @() })
    Add-Figure 'import, connect to a sandbox, list, -WhatIf, revoke four, report' (Select-Figure $minutes firstMinute) '{0:N0} ms'
}

function Measure-Journal {
    $results = @(for ($i = 0; $i -lt $rounds; $i++) { Invoke-Script measure-journal.ps1 @() })
    $rate = { param($Work) @(Select-Figure $results $Work | ForEach-Object { 1000 * 5000 / $_ }) }
    $without, $with = (& $rate without), (& $rate with)
    Add-Figure '5,000 revoked by `-ThrottleLimit 16`' $without '{0:N0} /s'
    Add-Figure '5,000 revoked by `-ThrottleLimit 16 -JournalPath`' $with '{0:N0} /s'
    Add-Target 'with a journal over without' ((Get-Median $with) / (Get-Median $without)) '{0:N2}' 'at least' 0.8
}

function Measure-Import {
    $times = @{ exit = @(); import = @() }
    $commands = @{ exit = 'exit'; import = "Import-Module '$($Module.Replace("'", "''"))'; exit" }
    $name, $arguments = $Pwsh
    for ($i = -1; $i -lt 8 * $rounds; $i++) {
        foreach ($kind in 'exit', 'import') {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            & $name @arguments -Command $commands[$kind] | Out-Null
            $ms = $watch.Elapsed.TotalMilliseconds
            if ($LASTEXITCODE -ne 0) { throw "exit code $LASTEXITCODE from: $($commands[$kind])" }
            # The first of each reads files that the others find in memory.
            if ($i -ge 0) { $times[$kind] += $ms }
        }
    }
    $gets = for ($i = 0; $i -lt 2 * $rounds; $i++) { Invoke-Script measure-first.ps1 @() }
    $first, $later = (Select-Figure $gets firstGet), (Select-Figure $gets laterGet)
    Add-Figure '`pwsh -NoProfile -c exit`' $times.exit '{0:N0} ms'
    Add-Figure '`pwsh -NoProfile -c "Import-Module CadenzaPS; exit"`' $times.import '{0:N0} ms'
    # Of neighbours in time, since a start takes twice as long when the machine does something else.
    $over = @(for ($i = 0; $i -lt $times.exit.Count; $i++) { $times.import[$i] - $times.exit[$i] })
    Add-Figure 'the import: the one over the other, pair by pair' $over '{0:N0} ms'
    Add-Target 'the import' (Get-Median $over) '{0:N0} ms' 'at most' ((Test-Precompiled) ? 60 : 120)
    Add-Figure 'the first `Get-CadenzaCredential` of a process' $first '{0:N0} ms'
    Add-Figure 'a later one' $later '{0:N1} ms'
    Add-Target 'the first over a later one' ((Get-Median $first) - (Get-Median $later)) '{0:N0} ms' 'at most' 100
}

# --- the table in the page ---

# Whether the assemblies of this PowerShell are precompiled (ReadyToRun). Those of the .NET tool are not, so it starts more slowly.
function Test-Precompiled {
    $file = [IO.File]::OpenRead([psobject].Assembly.Location)
    $reader = [Reflection.PortableExecutable.PEReader]::new($file)
    try { $reader.PEHeaders.CorHeader.ManagedNativeHeaderDirectory.Size -gt 0 }
    finally { $reader.Dispose() }
}

function Update-Page([string[]] $Lines) {
    $text = Get-Content -LiteralPath $page -Raw
    $block = [regex]'(?s)(?<=<!-- bench: begin -->\n).*?(?=<!-- bench: end -->)'
    if (-not $block.IsMatch($text)) { throw 'docs/performance.md has lost the two comments between which the table belongs.' }
    Set-Content -LiteralPath $page -NoNewline -Encoding utf8NoBOM -Value $block.Replace($text, { "$($Lines -join "`n")`n`n" })
}

$watch = [Diagnostics.Stopwatch]::StartNew()
$environment = [ordered]@{ NO_PROXY = '127.0.0.1'; POWERSHELL_TELEMETRY_OPTOUT = '1'; POWERSHELL_UPDATECHECK = 'Off' }
$before = @{}
foreach ($name in $environment.Keys) {
    $before[$name] = [Environment]::GetEnvironmentVariable($name)
    [Environment]::SetEnvironmentVariable($name, $environment[$name])
}
try {
    Start-Server
    foreach ($part in $parts) {
        if ($part -notin $Only) { continue }
        Write-Host "measuring: $part ..."
        & "Measure-$part"
    }
    $table = ConvertTo-Markdown
    $about = "$([datetime]::UtcNow.ToString('yyyy-MM-dd')), $([Environment]::ProcessorCount) processors, $([Runtime.InteropServices.RuntimeInformation]::OSDescription), " +
        "PowerShell $($PSVersionTable.PSVersion) $((Test-Precompiled) ? '(precompiled)' : '(.NET tool, not precompiled)'), $([Runtime.InteropServices.RuntimeInformation]::FrameworkDescription)"
    Write-Host ("`n$about`n`n" + ($table -join "`n") + "`n")
    $missed = @($rows | Where-Object Verdict -EQ 'MISSED').Count
    $met = @($rows | Where-Object Verdict -EQ 'met').Count
    if (-not $Quick -and $Only.Count -eq $parts.Count) {
        Update-Page (@("Measured on $about.", '') + $table)
        Write-Host 'docs/performance.md has this table now.'
    }
    Write-Host ("$met targets met, $missed missed; {0:N0} s" -f $watch.Elapsed.TotalSeconds)
}
finally {
    Stop-Server
    foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
}
