# The test verb of build.ps1, which dot-sources this file and has Build-Module, $root, $pwsh, $manifest, $results and $Filter.

$pesterVersion = '5.7.1'

# Runs a command without showing its output; $true when it succeeded in time.
function Test-Native([int] $Seconds, [string[]] $Command) {
    $program, $arguments = $Command
    $start = [Diagnostics.ProcessStartInfo]@{ FileName = $program; RedirectStandardOutput = $true; RedirectStandardError = $true; WorkingDirectory = $root }
    $arguments | ForEach-Object { $start.ArgumentList.Add($_) }
    $process = [Diagnostics.Process]::Start($start)
    $process.BeginOutputReadLine()
    $process.BeginErrorReadLine()
    if ($process.WaitForExit($Seconds * 1000)) { return $process.ExitCode -eq 0 }
    $process.Kill($true)
    return $false
}

# The manifest of a Pester 5.5 or later: installed, or fetched into out/tools earlier, or fetched now; $null when none can be had.
function Find-Pester {
    $find = {
        $fetched = Get-ChildItem out/tools -Recurse -Filter Pester.psd1 -ErrorAction Ignore | ForEach-Object FullName
        Get-Module -ListAvailable -Name (@('Pester') + @($fetched)) | Where-Object Version -GE '5.5' | Sort-Object Version -Descending | Select-Object -First 1
    }
    if ($found = & $find) { return $found.Path }

    $null = New-Item -ItemType Directory -Force out/tools/gallery
    $gallery = "`$ErrorActionPreference = 'Stop'; if (Get-Command Save-PSResource -ErrorAction Ignore) {
        Save-PSResource Pester -Version $pesterVersion -Repository PSGallery -Path out/tools/gallery -TrustRepository
    } else { Save-Module Pester -RequiredVersion $pesterVersion -Repository PSGallery -Path out/tools/gallery -Force }"
    if (-not (Test-Native 120 ($pwsh + '-Command', $gallery))) {
        Remove-Item out/tools/gallery -Recurse -Force
        $null = Test-Native 120 'dotnet', 'restore', 'build/Pester.csproj', "-p:PesterVersion=$pesterVersion"
    }
    return (& $find).Path
}

function New-Suite([string] $Name, [int] $Failed = 0, [string] $Remark = '') {
    [pscustomobject]@{ Name = $Name; Passed = 0; Failed = $Failed; Skipped = 0; Remark = $Remark; Names = @() }
}

# A run that broke off or found nothing has failed, whatever its counts say.
function Complete-Suite($Suite, [int] $ExitCode) {
    if ($ExitCode -ne 0 -and $Suite.Failed -eq 0) { $Suite.Failed = 1; $Suite.Remark = "the test run broke off, exit code $ExitCode" }
    elseif ($Suite.Passed + $Suite.Failed + $Suite.Skipped -eq 0 -and -not $Filter) { $Suite.Failed = 1; $Suite.Remark = 'no test was found' }
    return $Suite
}

# Counts come from the trx file, never from the console: that one is for people, in their language.
function Invoke-Xunit([IO.FileInfo] $Project) {
    $suite = New-Suite $Project.BaseName
    $trx = Join-Path $results "$($suite.Name).trx"
    $arguments = 'test', $Project.FullName, '-c', 'Release', '--no-build', '-nologo', '--results-directory', $results, '--logger', "trx;LogFileName=$($suite.Name).trx"
    if ($Filter) { $arguments += '--filter', $Filter }
    & dotnet @arguments | Out-Host
    $code = $LASTEXITCODE
    if (Test-Path -LiteralPath $trx) {
        $run = ([xml](Get-Content -LiteralPath $trx -Raw)).TestRun
        $counters = $run.ResultSummary.Counters
        $suite.Passed = [int]$counters.passed
        $suite.Failed = [int]$counters.executed - [int]$counters.passed
        $suite.Skipped = [int]$counters.total - [int]$counters.executed
        $suite.Names = @($run.SelectNodes('//*[@outcome="NotExecuted"]') | ForEach-Object { "$($_.testName): $($_.Output.ErrorInfo.Message)" })
    }
    else { $suite.Failed = 1; $suite.Remark = "the test run ended without a result, exit code $code" }
    Complete-Suite $suite $code
}

function Invoke-PesterSuite {
    $suite = New-Suite 'Pester'
    $pester = Find-Pester
    if (-not $pester) {
        $suite.Skipped = @(Select-String -Path tests/Pester/*.Tests.ps1 -Pattern "^\s*It\s+['`"-]").Count
        $suite.Remark = 'no Pester 5.5 or later is installed, and neither the PowerShell Gallery nor the NuGet feed gave one'
        return $suite
    }
    $env:CADENZA_TEST_MODULE = $manifest
    $env:CADENZA_TEST_SERVER = Join-Path $root 'tests/Cadenza.SandboxServer/bin/Release/net10.0/Cadenza.SandboxServer.dll'
    $file = Join-Path $results 'pester.json'
    $program, $arguments = $pwsh + '-File', 'build/run-pester.ps1', '-Pester', $pester, '-Result', $file
    if ($Filter) { $arguments += '-Filter', $Filter }
    & $program @arguments | Out-Host
    $code = $LASTEXITCODE
    if (Test-Path -LiteralPath $file) {
        $run = Get-Content -LiteralPath $file -Raw | ConvertFrom-Json
        $suite.Passed, $suite.Failed, $suite.Skipped, $suite.Remark, $suite.Names = $run.passed, $run.failed, $run.skipped, $run.remark, $run.names
    }
    else { $suite.Failed = 1; $suite.Remark = "Pester ended without a result, exit code $code" }
    Complete-Suite $suite $code
}

# Runs every suite, prints the summary, and returns the number of failed tests.
function Invoke-Test {
    $suites = [Collections.Generic.List[object]]::new()
    try {
        Remove-Item $results -Recurse -Force -ErrorAction Ignore
        $null = New-Item -ItemType Directory -Force $results
        Build-Module '-v', 'q', '-clp:NoSummary'
        Get-ChildItem tests/*/*.csproj | Where-Object { Select-String -LiteralPath $_ -SimpleMatch 'Microsoft.NET.Test.Sdk' -Quiet } |
            ForEach-Object { $suites.Add((Invoke-Xunit $_)) }
        if ($suites.Count -eq 0) { $suites.Add((New-Suite 'xunit' 1 'no test project was found')) }
        $suites.Add((Invoke-PesterSuite))
        if (-not ($suites | Where-Object { $_.Passed + $_.Failed -gt 0 })) { $suites.Add((New-Suite 'all' 1 'no test was found')) }
    }
    catch {
        $suites.Add((New-Suite 'build' 1 "it did not succeed, so not every test ran. $_"))
    }
    Write-Host "`nTests by suite:"
    foreach ($suite in $suites) {
        $line = '  {0,-24} {1,5} ok' -f $suite.Name, $suite.Passed
        if ($suite.Failed) { $line += ", $($suite.Failed) FAILED" }
        if ($suite.Skipped) { $line += ", $($suite.Skipped) skipped" }
        if ($suite.Remark) { $line += ": $($suite.Remark)" }
        Write-Host $line
        $suite.Names | ForEach-Object { Write-Host "    skipped: $_" }
    }
    $passed, $failed, $skipped = 'Passed', 'Failed', 'Skipped' | ForEach-Object { ($suites | Measure-Object $_ -Sum).Sum }
    Write-Host ("`n$passed passed, $failed failed" + ($skipped ? ", $skipped skipped" : ''))
    return $failed
}
