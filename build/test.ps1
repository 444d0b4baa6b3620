# The test verb of build.ps1, which dot-sources this file. It uses Build-Module, $root, $pwsh, $manifest and the parameters.
# Each suite is an object with Name, Passed, Failed, Skipped, Remark, and two lists with one object (Name, Reason) per test: Skips and Failures.

. "$root/build/test-runtimes.ps1"
$results = Join-Path $root 'out/TestResults'

# Runs a command without its output. True when it succeeded in time.
function Test-Native([int] $Seconds, [string[]] $Command) {
    $program, $arguments = $Command
    $start = [Diagnostics.ProcessStartInfo]::new($program, [string[]]$arguments)
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.WorkingDirectory = $root
    $process = [Diagnostics.Process]::Start($start)
    $process.BeginOutputReadLine()
    $process.BeginErrorReadLine()
    if ($process.WaitForExit($Seconds * 1000)) { return $process.ExitCode -eq 0 }
    $process.Kill($true)
    return $false
}

# The newest manifest of a module below a folder.
function Find-Manifest([string] $Folder, [string] $Name) {
    Get-ChildItem $Folder -Recurse -Filter "$Name.psd1" -ErrorAction Ignore |
        Sort-Object { [version](Import-PowerShellDataFile -LiteralPath $_).ModuleVersion } -Descending |
        Select-Object -First 1 -ExpandProperty FullName
}

# Saves a module from the PowerShell Gallery in out/tools/gallery, and returns its manifest; $null when the Gallery cannot be reached.
function Save-GalleryModule([string] $Name, [string] $Version = '*') {
    $folder = Join-Path $root "out/tools/gallery/$Name"
    if (-not (Find-Manifest $folder $Name)) {
        $null = New-Item -ItemType Directory -Force $folder
        $null = Test-Native 120 ($pwsh + '-Command', @"
            `$ErrorActionPreference = 'Stop'
            Save-PSResource '$Name' -Version '$Version' -Repository PSGallery -Path '$($folder.Replace("'", "''"))' -TrustRepository
"@)
    }
    Find-Manifest $folder $Name
}

# The manifest of Pester: the requested or else the pinned version, from NuGet or the Gallery. Offline, an installed Pester 5.9 or later will do.
function Find-Pester {
    $version = if ($PesterVersion) { $PesterVersion } else { ([xml](Get-Content -LiteralPath "$root/build/Pester.csproj" -Raw)).SelectSingleNode('//PesterVersion').InnerText }
    $folder = Join-Path $root "out/tools/nuget/pester/$version"
    if (-not (Test-Path $folder)) { $null = Test-Native 120 'dotnet', 'restore', 'build/Pester.csproj', "-p:PesterVersion=$version" }
    $found = (Find-Manifest $folder Pester) ?? (Save-GalleryModule Pester $version)
    if ($found -or $PesterVersion) { return $found }
    Get-Module Pester -ListAvailable | Where-Object Version -GE '5.9' | Sort-Object Version -Descending | Select-Object -First 1 -ExpandProperty Path
}

# The manifest of PSScriptAnalyzer: installed, or from the Gallery.
function Find-ScriptAnalyzer {
    $installed = Get-Module PSScriptAnalyzer -ListAvailable | Sort-Object Version -Descending | Select-Object -First 1 -ExpandProperty Path
    $installed ?? (Save-GalleryModule PSScriptAnalyzer)
}

function New-Suite([string] $Name, [int] $Failed = 0, [string] $Remark = '') {
    [pscustomobject]@{ Name = $Name; Passed = 0; Failed = $Failed; Skipped = 0; Remark = $Remark; Skips = @(); Failures = @() }
}

# A run that stopped early or found no tests has failed, whatever its counts say.
function Complete-Suite($Suite, [int] $ExitCode) {
    if ($ExitCode -ne 0 -and $Suite.Failed -eq 0) { $Suite.Failed = 1; $Suite.Remark = "The test run ended early with exit code $ExitCode." }
    elseif ($Suite.Passed + $Suite.Failed + $Suite.Skipped -eq 0 -and -not $Filter -and -not $Quick) { $Suite.Failed = 1; $Suite.Remark = 'No tests were found.' }
    return $Suite
}

# An xunit suite runs long enough to benefit from optimized code: it uses the runtime's default delay of 100 ms, not that of Invoke-Test.
$defaultDelay = 'DOTNET_TC_CallCountingDelayMs=64'

# One job per xunit project. A job has a suite, a command and the path of its result file.
function Get-XunitJob {
    $selection = if ($Filter -and $Quick) { "($Filter)&Speed!=Slow" } elseif ($Quick) { 'Speed!=Slow' } else { $Filter }
    # A quick run does not repeat the suites with the netstandard2.0 build.
    foreach ($project in Get-ChildItem tests/*/*.csproj -Exclude (@('*.Net8.*') + ($Quick ? '*.NetStandard.*' : @())) | Where-Object { Select-String -LiteralPath $_ -SimpleMatch 'Microsoft.NET.Test.Sdk' -Quiet }) {
        # The assembly instead of the project, so that MSBuild does not evaluate the project again.
        $assembly = Join-Path $project.DirectoryName "bin/Release/net10.0/$($project.BaseName).dll"
        $command = 'dotnet', 'test', $assembly, '--results-directory', $results, '--logger', "trx;LogFileName=$($project.BaseName).trx"
        if ($selection) { $command += '--filter', $selection }
        $command += '--environment', $defaultDelay
        @{ Suite = $project.BaseName; Command = $command; Result = Join-Path $results "$($project.BaseName).trx" }
    }
}

# Counts come from the trx file, because the console output is localized.
function Read-XunitResult($Suite, [string] $Path) {
    $run = ([xml](Get-Content -LiteralPath $Path -Raw)).TestRun
    $counters = $run.ResultSummary.Counters
    $Suite.Passed += [int]$counters.passed
    $Suite.Failed += [int]$counters.executed - [int]$counters.passed
    $Suite.Skipped += [int]$counters.total - [int]$counters.executed
    $Suite.Skips += @($run.SelectNodes('//*[@outcome="NotExecuted"]') |
        ForEach-Object { [pscustomobject]@{ Name = $_.testName; Reason = $_.Output.ErrorInfo.Message } })
    $Suite.Failures += @($run.SelectNodes('//*[local-name()="UnitTestResult"][@outcome!="NotExecuted"][@outcome!="Passed"]') |
        ForEach-Object { [pscustomobject]@{ Name = $_.testName; Reason = "$($_.Output.ErrorInfo.Message)`n$($_.Output.ErrorInfo.StackTrace)" } })
}

# The Pester suites to run: a name, a module and the test files.
function Get-PesterSuite {
    $files = Get-ChildItem tests/Pester/*.Tests.ps1
    $netStandard = Join-Path $root 'out/netstandard2.0/CadenzaPS/CadenzaPS.psd1'
    if ($Module) { return @{ Name = 'Pester'; Module = (Resolve-Path -LiteralPath $Module).ProviderPath; Files = $files } }
    if ($Framework -eq 'netstandard2.0') { return @{ Name = 'Pester (netstandard2.0)'; Module = $netStandard; Files = $files } }
    # The files that load the module and those that test requests and responses also test the build for Windows PowerShell 5.1.
    $loading = 'Module', 'Import', 'Connect', 'Errors', 'Lifecycle', 'Streams'
    @{ Name = 'Pester'; Module = $manifest; Files = $files }
    @{ Name = 'Pester (netstandard2.0)'; Module = $netStandard; Files = $files | Where-Object { ($_.BaseName -replace '\.Tests$') -in $loading } }
}

# Several jobs per Pester suite. The files of a job run in one process, because starting one and loading Pester takes longer than many files.
# Each job has a large file and some small ones. The jobs of the large files come first, so that no long job is the last.
function Get-PesterJob([string] $Pester) {
    foreach ($suite in Get-PesterSuite | Select-Object -First ($Quick ? 1 : 2)) {
        $files = @($suite.Files | Sort-Object Length -Descending)
        $count = if ($Quick) { 2 } else { [Math]::Max(2, [int]($files.Count / 4)) }
        foreach ($batch in 0..($files.Count - 1) | Group-Object { $_ % $count }) {
            $paths = $files[$batch.Group].FullName
            $result = Join-Path $results "$($suite.Name).$($files[$batch.Group[0]].BaseName).json"
            $command = $pwsh + '-File', "$root/build/run-pester.ps1", '-Pester', $Pester, '-Module', $suite.Module, '-Path', ($paths -join '|'), '-Result', $result
            if ($Filter) { $command += '-Filter', $Filter }
            if ($Quick) { $command += '-Quick' }
            @{ Suite = $suite.Name; Command = $command; Result = $result }
        }
    }
}

function Read-PesterResult($Suite, [string] $Path) {
    $run = Get-Content -LiteralPath $Path -Raw | ConvertFrom-Json
    foreach ($name in 'Passed', 'Failed', 'Skipped', 'Skips', 'Failures', 'Remark') { $Suite.$name += $run.$name }
}

# Runs the jobs, 3 or 4 at a time, and returns the suites. With 2 processors, 3 jobs keep both busy, because tests often wait.
function Invoke-Job($Jobs) {
    $runs = $Jobs | ForEach-Object -ThrottleLimit ([Math]::Clamp([Environment]::ProcessorCount, 3, 4)) -Parallel {
        $arguments = $_.Command | Select-Object -Skip 1
        $output = & $_.Command[0] @arguments 2>&1 | Out-String
        [pscustomobject]@{ Job = $_; Output = $output.TrimEnd(); Code = $LASTEXITCODE }
    } | ForEach-Object { Write-Host $_.Output; $_ }
    foreach ($group in $runs | Group-Object { $_.Job.Suite }) {
        $suite = New-Suite $group.Name
        foreach ($run in $group.Group) {
            if (-not (Test-Path -LiteralPath $run.Job.Result)) {
                $suite.Failed++
                $suite.Remark += "$(Split-Path -Leaf $run.Job.Result) is missing, exit code $($run.Code). "
            }
            elseif ($run.Job.Result -like '*.trx') { Read-XunitResult $suite $run.Job.Result }
            else { Read-PesterResult $suite $run.Job.Result }
        }
        Complete-Suite $suite ($group.Group | Measure-Object Code -Maximum).Maximum
    }
}

# Stands for the Pester suite where there is no Pester.
function New-SkippedSuite {
    $suite = New-Suite 'Pester'
    $suite.Skipped = @(Select-String -Path tests/Pester/*.Tests.ps1 -Pattern "^\s*It\s+['`"-]").Count
    $suite.Skips = @([pscustomobject]@{ Name = 'tests/Pester'; Reason = 'Requires Pester. Neither NuGet nor the PowerShell Gallery could be reached: Install-PSResource Pester' })
    $suite
}

# Repeats the failed tests at the end, because the output of the suites before is long.
function Write-Failure($Suites) {
    $shown = 0
    foreach ($suite in $Suites) {
        foreach ($failure in $suite.Failures | Where-Object { $_ }) {
            if ($shown++ -eq 20) { return Write-Host "`n  More tests failed. See the output of the suites." }
            $lines = @($failure.Reason -split '\r?\n' | Where-Object { $_.Trim() } | Select-Object -First 12)
            Write-Host "`nFAILED $($suite.Name): $($failure.Name)`n    $($lines -join "`n    ")"
        }
    }
}

function Write-Summary($Suites) {
    Write-Host "`nTests by suite:"
    foreach ($suite in $Suites) {
        $line = '  {0,-34} {1,5} passed' -f $suite.Name, $suite.Passed
        if ($suite.Failed) { $line += ", $($suite.Failed) FAILED" }
        if ($suite.Skipped) { $line += ", $($suite.Skipped) skipped" }
        if ($suite.Remark) { $line += ". $($suite.Remark)" }
        Write-Host $line
    }
    # One line per reason, not one per test: the reason says how to run them.
    foreach ($group in $Suites.Skips | Where-Object { $_ } | Group-Object Reason) {
        $names = $group.Group.Name | Select-Object -First 3
        Write-Host "`n$($group.Count) skipped. $($group.Name)`n  $($names -join "`n  ")$(if ($group.Count -gt 3) { "`n  ..." })"
    }
    Write-Failure $Suites
    $passed, $failed, $skipped = 'Passed', 'Failed', 'Skipped' | ForEach-Object { ($Suites | Measure-Object $_ -Sum).Sum }
    Write-Host ("`n$passed passed, $failed failed" + ($skipped ? ", $skipped skipped" : ''))
    return $failed
}

# Runs every suite, prints the summary, and returns the number of failed tests.
function Invoke-Test {
    $suites = [Collections.Generic.List[object]]::new()
    try {
        Remove-Item $results -Recurse -Force -ErrorAction Ignore
        $null = New-Item -ItemType Directory -Force $results
        if (-not $Module) { Build-Module '-v', 'q', '-clp:NoSummary' }
        $jobs = [Collections.Generic.List[object]]::new()
        if (-not $Module) { Get-XunitJob | ForEach-Object { $jobs.Add($_) } }
        if (-not $Module -and -not $jobs) { $suites.Add((New-Suite 'xunit' 1 'No test project was found.')) }
        if (-not $Module -and -not $Quick) { Add-RuntimeJob $jobs $suites }
        $pester = Find-Pester
        if ($pester) { Get-PesterJob $pester | ForEach-Object { $jobs.Add($_) } } else { $suites.Add((New-SkippedSuite)) }
        $env:CADENZA_TEST_SERVER = Join-Path $root 'tests/Cadenza.SandboxServer/bin/Release/net10.0/Cadenza.SandboxServer.dll'
        $env:CADENZA_TEST_ANALYZER = Find-ScriptAnalyzer
        # The tests start hundreds of short processes. They are faster without profiling, without write protection of compiled code, and if
        # the runtime does not optimize methods in the first second (a hexadecimal number of milliseconds).
        $env:DOTNET_TieredPGO = $env:DOTNET_EnableWriteXorExecute = '0'
        $env:DOTNET_TC_CallCountingDelayMs = '3E8'
        # Each PowerShell process would collect telemetry and look for updates.
        $env:POWERSHELL_TELEMETRY_OPTOUT = '1'
        $env:POWERSHELL_UPDATECHECK = 'Off'
        Invoke-Job $jobs | ForEach-Object { $suites.Add($_) }
        if (-not ($suites | Where-Object { $_.Passed + $_.Failed -gt 0 })) { $suites.Add((New-Suite 'all' 1 'No tests were found.')) }
    }
    catch {
        $suites.Add((New-Suite 'build' 1 "The build failed, so some tests did not run. $_"))
    }
    Write-Summary $suites
}
