#!/usr/bin/env pwsh
#Requires -Version 7.4
<#
.SYNOPSIS
    The one build of CadenzaPS.
.DESCRIPTION
    build   compiles the solution and assembles out/CadenzaPS, ready for Import-Module
    test    builds, then runs the xunit and the Pester tests; -Filter takes a part of a test's name
    bench   builds, then times the module against Invoke-RestMethod and a bare HttpClient and writes the table of docs/performance.md, which
            takes some minutes; -Quick takes one or two, measures less of everything, and only prints
    demo    builds the module and runs docs/examples/quickstart.ps1 on the sandbox
    pack    builds, then makes out/CadenzaPS.<version>.nupkg, the package that the PowerShell Gallery takes
    clean   removes everything that the other verbs made
.EXAMPLE
    ./build.ps1 test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('build', 'test', 'bench', 'demo', 'pack', 'clean')]
    [string] $Verb = 'build',

    [Parameter(Position = 1)]
    [string] $Filter,

    [switch] $Quick
)
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$root = $PSScriptRoot
$manifest = Join-Path $root 'out/CadenzaPS/CadenzaPS.psd1'
$results = Join-Path $root 'out/TestResults'

# This same PowerShell as a command line; the one that comes as a .NET tool has no executable of its own.
[string[]] $pwsh = if ((Split-Path -LeafBase ([Environment]::ProcessPath)) -eq 'pwsh') { [Environment]::ProcessPath }
                   else { 'dotnet', (Join-Path $PSHOME 'pwsh.dll') }
$pwsh += '-NoProfile', '-NonInteractive'

function Invoke-Native([string[]] $Command) {
    $program, $arguments = $Command
    & $program @arguments | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "exit code $LASTEXITCODE from: $Command" }
}

function Build-Module([string[]] $DotnetArguments) {
    Invoke-Native (@('dotnet', 'build', 'CadenzaPS.sln', '-c', 'Release', '-nologo') + $DotnetArguments)
    Invoke-Native 'dotnet', 'msbuild', 'build/Module.csproj', '-t:Assemble', '-v:m', '-nologo'
    Invoke-Native ($pwsh + '-File', 'build/check-module.ps1', $manifest)
}

. "$root/build/test.ps1"

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
Push-Location -LiteralPath $root
try {
    $env:DOTNET_CLI_UI_LANGUAGE = 'en'
    $env:DOTNET_NOLOGO = $env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
    if (-not ((& { dotnet --list-sdks 2>$null }) -match '^[1-9]\d+\.')) { throw 'the .NET SDK 10 or later is needed: https://dotnet.microsoft.com/download' }
    # A test, a benchmark and a demo see no connection of yours.
    if ($Verb -in 'test', 'bench', 'demo') { Remove-Item Env:CADENZA_* -Exclude CADENZA_CHROMIUM }
    switch ($Verb) {
        'build' { Build-Module }
        'test' { $exitCode = [int]((Invoke-Test) -gt 0) }
        'bench' { Build-Module '-v', 'q', '-clp:NoSummary'; & "$root/build/bench.ps1" -Module $manifest -Pwsh $pwsh -Quick:$Quick }
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
