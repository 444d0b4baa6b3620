<#
.SYNOPSIS
    Builds, tests and packs CadenzaPS.
.DESCRIPTION
    build   compiles the solution and assembles the module in out/CadenzaPS
    test    builds, then runs the xunit and the Pester tests
    bench   builds, then measures the module against Invoke-RestMethod and HttpClient and updates the table in docs/performance.md
    mutate  changes one decision of the product at a time in a copy, and checks that a test fails; the list is in tests/Mutations
    coverage  builds, then shows which lines and branches of src the xunit and Pester tests run
    demo    builds the module and runs docs/examples/quickstart.ps1 on the sandbox
    pack    builds, then creates out/CadenzaPS.<version>.nupkg, the package for the PowerShell Gallery or a private feed
    clean   removes everything that the other verbs created

    In Windows PowerShell, or in PowerShell 7 before 7.4, the script runs itself in the pwsh on PATH, or else in the PowerShell .NET tool
    that .config/dotnet-tools.json pins. This file therefore contains no syntax that Windows PowerShell 5.1 cannot parse.
.EXAMPLE
    ./build.ps1 test
.EXAMPLE
    ./build.ps1 test -Filter Revoke
.EXAMPLE
    ./build.ps1 mutate -Only retry-*
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('build', 'test', 'bench', 'mutate', 'coverage', 'demo', 'pack', 'clean')]
    [string] $Verb = 'build',

    # test: runs only the tests whose name contains this text.
    [Parameter(Position = 1)]
    [string] $Filter,

    # test: which build of the module all Pester tests use. With net8.0, some of them also use netstandard2.0.
    [ValidateSet('net8.0', 'netstandard2.0')]
    [string] $Framework = 'net8.0',

    # test: builds nothing, and runs only the Pester tests, with the module that has this manifest.
    [string] $Module,

    # test: uses this version of Pester instead of the pinned one.
    [string] $PesterVersion,

    # test: does not run the tests that are tagged Slow, and not the tests of the netstandard2.0 build.
    # coverage: does not run the tests that are tagged Slow.
    # bench: measures less of everything in some minutes, and leaves docs/performance.md as it is.
    [switch] $Quick,

    # mutate: tests only the mutants whose id is like this wildcard pattern.
    [string] $Only = '*'
)
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$root = $PSScriptRoot
$manifest = Join-Path $root 'out/CadenzaPS/CadenzaPS.psd1'

# Runs this script in PowerShell 7.4 or later and returns its exit code.
function Invoke-InPowerShell7([hashtable] $Parameters) {
    # Windows PowerShell 5.1 throws under Stop when a program writes to a redirected error stream.
    $ErrorActionPreference = 'Continue'
    $find = '-NoProfile', '-NonInteractive', '-File', (Join-Path $root 'build/Get-PowerShellCommand.ps1')
    $command = @()
    if (Get-Command pwsh -CommandType Application -ErrorAction Ignore) { $command = @(& pwsh @find 2>$null) }
    if (-not $command) {
        & dotnet tool restore | Out-Null
        $command = @(& dotnet tool run pwsh -- @find)
    }
    if (-not $command) { throw 'PowerShell 7.4 or later is required. It is not on PATH, and the .NET tool does not start: dotnet tool run pwsh' }
    $program, $arguments = $command
    $arguments = @($arguments | Where-Object { $_ }) + '-NoProfile', '-NonInteractive', '-File', $PSCommandPath
    foreach ($name in $Parameters.Keys) {
        $value = $Parameters[$name]
        if ($value -isnot [switch]) { $arguments += "-$name", [string]$value }
        elseif ($value) { $arguments += "-$name" }
    }
    & $program @arguments | Out-Host
    $LASTEXITCODE
}

function Invoke-Native([string[]] $Command) {
    $program, $arguments = $Command
    & $program @arguments | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "Exit code $LASTEXITCODE from: $Command" }
}

function Build-Module([string[]] $DotnetArguments) {
    Invoke-Native (@('dotnet', 'build', 'CadenzaPS.sln', '-c', 'Release', '-nologo') + $DotnetArguments)
    Invoke-Native 'dotnet', 'msbuild', 'build/Module.csproj', '-t:Assemble', '-v:m', '-nologo'
    Invoke-Native ($pwsh + '-File', 'build/check-module.ps1', $manifest)
}

function Invoke-Demo {
    $log = & dotnet build src/CadenzaPS -c Release -nologo
    if ($LASTEXITCODE -eq 0) { $log = & dotnet msbuild build/Module.csproj -t:Assemble -nologo }
    if ($LASTEXITCODE -ne 0) { throw ("The module did not build.`n" + ($log -join "`n")) }
    # Not through Invoke-Native: the session writes to the terminal itself, with its width and colours.
    $program, $arguments = $pwsh + '-File', 'docs/examples/quickstart.ps1'
    & $program @arguments
    if ($LASTEXITCODE -ne 0) { throw "The session ended with exit code $LASTEXITCODE." }
}

$exitCode = 0
$before = [Environment]::GetEnvironmentVariables()
Push-Location -LiteralPath $root
try {
    $env:DOTNET_CLI_UI_LANGUAGE = 'en'
    $env:DOTNET_NOLOGO = $env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
    $env:POWERSHELL_TELEMETRY_OPTOUT = '1'
    $env:POWERSHELL_UPDATECHECK = 'Off'
    if (-not (Get-Command dotnet -ErrorAction Ignore) -or -not (@(& dotnet --list-sdks) -match '^[1-9]\d+\.')) {
        throw 'The .NET SDK 10 or later is required: https://dotnet.microsoft.com/download'
    }
    if ($PSVersionTable.PSVersion -lt '7.4') { exit (Invoke-InPowerShell7 $PSBoundParameters) }

    $pwsh = @(& "$root/build/Get-PowerShellCommand.ps1") + '-NoProfile', '-NonInteractive'
    # Tests, benchmarks and the demo must not use the connection that the user's variables describe.
    if ($Verb -in 'test', 'bench', 'mutate', 'coverage', 'demo') { Remove-Item Env:CADENZA_* -Exclude CADENZA_CHROMIUM, CADENZA_TEST_SCHEDULES }
    switch ($Verb) {
        'build' { Build-Module }
        'test' { . "$root/build/test.ps1"; $exitCode = [int]((Invoke-Test) -gt 0) }
        'bench' { Build-Module '-v', 'q', '-clp:NoSummary'; & "$root/build/bench.ps1" -Module $manifest -Quick:$Quick }
        'mutate' { & "$root/build/mutate.ps1" -Only $Only; $exitCode = $LASTEXITCODE }
        'coverage' { Build-Module '-v', 'q', '-clp:NoSummary'; . "$root/build/coverage.ps1"; Invoke-Coverage }
        'demo' { Invoke-Demo }
        'pack' { Build-Module; Invoke-Native 'dotnet', 'pack', 'build/Module.csproj', '-nologo', '-v:m' }
        'clean' {
            Get-Item out, src/*/bin, src/*/obj, tests/*/bin, tests/*/obj, docs/examples/*/bin, docs/examples/*/obj -ErrorAction Ignore |
                Remove-Item -Recurse -Force
        }
    }
}
catch {
    [Console]::Error.WriteLine("build.ps1: $_")
    $exitCode = 1
}
finally {
    # In an interactive session, the folder and the environment variables are as they were before.
    Pop-Location
    Get-ChildItem Env: | Where-Object { $_.Value -cne $before[$_.Name] } | ForEach-Object { Set-Item "Env:$($_.Name)" $before[$_.Name] }
    $before.Keys | Where-Object { -not (Test-Path "Env:$_") } | ForEach-Object { Set-Item "Env:$_" $before[$_] }
}
exit $exitCode
