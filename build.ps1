#!/usr/bin/env pwsh
#Requires -Version 7.4
<#
.SYNOPSIS
    The one build of CadenzaPS.
.DESCRIPTION
    build   compiles the solution and assembles out/CadenzaPS, ready for Import-Module
    test    builds, then runs the xunit and the Pester tests; -Filter takes a part of a test's name
    demo    builds the module and runs docs/examples/quickstart.ps1 on the sandbox
    pack    builds, then makes out/CadenzaPS.<version>.nupkg, the package that the PowerShell Gallery takes
    clean   removes everything that the other verbs made
.EXAMPLE
    ./build.ps1 test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('build', 'test', 'demo', 'pack', 'clean')]
    [string] $Verb = 'build',

    [Parameter(Position = 1)]
    [string] $Filter
)
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$pesterVersion = '5.7.1'
$manifest = Join-Path $PSScriptRoot 'out/CadenzaPS/CadenzaPS.psd1'
$results = Join-Path $PSScriptRoot 'out/TestResults'

# This same PowerShell as a command line; the one that comes as a .NET tool has no executable of its own.
[string[]] $pwsh = if ((Split-Path -LeafBase ([Environment]::ProcessPath)) -eq 'pwsh') { [Environment]::ProcessPath }
                   else { 'dotnet', (Join-Path $PSHOME 'pwsh.dll') }
$pwsh += '-NoProfile', '-NonInteractive'

function Invoke-Native([string[]] $Command) {
    $program, $arguments = $Command
    & $program @arguments | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "exit code $LASTEXITCODE from: $Command" }
}

# Runs a command without showing its output; $true when it succeeded in time.
function Test-Native([int] $Seconds, [string[]] $Command) {
    $program, $arguments = $Command
    $start = [Diagnostics.ProcessStartInfo]@{ FileName = $program; RedirectStandardOutput = $true; RedirectStandardError = $true; WorkingDirectory = $PSScriptRoot }
    $arguments | ForEach-Object { $start.ArgumentList.Add($_) }
    $process = [Diagnostics.Process]::Start($start)
    $process.BeginOutputReadLine()
    $process.BeginErrorReadLine()
    if ($process.WaitForExit($Seconds * 1000)) { return $process.ExitCode -eq 0 }
    $process.Kill($true)
    return $false
}

function Build-Module([string[]] $DotnetArguments) {
    Invoke-Native (@('dotnet', 'build', 'CadenzaPS.sln', '-c', 'Release', '-nologo') + $DotnetArguments)
    Invoke-Native 'dotnet', 'msbuild', 'build/Module.csproj', '-t:Assemble', '-v:m', '-nologo'
    Invoke-Native ($pwsh + '-File', 'build/check-module.ps1', $manifest)
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
    $env:CADENZA_TEST_SERVER = Join-Path $PSScriptRoot 'tests/Cadenza.SandboxServer/bin/Release/net10.0/Cadenza.SandboxServer.dll'
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

function Invoke-Demo {
    $log = & dotnet build src/CadenzaPS -c Release -nologo
    if ($LASTEXITCODE -eq 0) { $log = & dotnet msbuild build/Module.csproj -t:Assemble -nologo }
    if ($LASTEXITCODE -ne 0) { throw ("the module did not build.`n" + ($log -join "`n")) }
    # Not through Invoke-Native: the session has the terminal to itself, its width and its colours.
    $program, $arguments = $pwsh + '-File', 'docs/examples/quickstart.ps1'
    & $program @arguments
    if ($LASTEXITCODE -ne 0) { throw "the session ended with exit code $LASTEXITCODE" }
}

$exitCode = 0
$before = [Environment]::GetEnvironmentVariables()
Push-Location -LiteralPath $PSScriptRoot
try {
    $env:DOTNET_CLI_UI_LANGUAGE = 'en'
    $env:DOTNET_NOLOGO = $env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
    if (-not ((& { dotnet --list-sdks 2>$null }) -match '^[1-9]\d+\.')) { throw 'the .NET SDK 10 or later is needed: https://dotnet.microsoft.com/download' }
    # A test and a demo see no connection of yours.
    if ($Verb -in 'test', 'demo') { Remove-Item Env:CADENZA_* }
    switch ($Verb) {
        'build' { Build-Module }
        'test' { $exitCode = [int]((Invoke-Test) -gt 0) }
        'demo' { Invoke-Demo }
        'pack' { Build-Module; Invoke-Native 'dotnet', 'pack', 'build/Module.csproj', '-nologo', '-v:m' }
        'clean' { Get-Item out, src/*/bin, src/*/obj, tests/*/bin, tests/*/obj, docs/examples/*/bin, docs/examples/*/obj -ErrorAction Ignore | Remove-Item -Recurse -Force }
    }
}
catch {
    [Console]::Error.WriteLine("build.ps1: $_")
    $exitCode = 1
}
finally {
    # Run from a prompt, this leaves the session as it was.
    Pop-Location
    Get-ChildItem Env: | Where-Object { $_.Value -cne $before[$_.Name] } | ForEach-Object { Set-Item "Env:$($_.Name)" $before[$_.Name] }
    $before.Keys | Where-Object { -not (Test-Path "Env:$_") } | ForEach-Object { Set-Item "Env:$_" $before[$_] }
}
exit $exitCode
