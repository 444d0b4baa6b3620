<#
.SYNOPSIS
    Runs the Pester suite against out/CadenzaPS as it is, without building anything, in the PowerShell that runs this script.
.DESCRIPTION
    For GitHub Actions, where the module comes from a package. On a machine with a working copy use the verb test of build.ps1.
#>
#Requires -Version 7.4
param(
    # The version that PowerShell must have, so that the job tests what its name says.
    [Parameter(Mandatory)] [string] $ExpectedVersion,

    # The Pester to fetch from the PowerShell Gallery. By default the version that build/test.ps1 pins.
    [string] $PesterVersion,

    # A part of a test's name, to run only some.
    [string] $Filter
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ("$($PSVersionTable.PSVersion)" -ne $ExpectedVersion) { throw "This is PowerShell $($PSVersionTable.PSVersion), expected $ExpectedVersion." }
$root = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../..'))
$tools = Join-Path $root 'out/tools/gallery'
$results = Join-Path $root 'out/TestResults'
if (-not $PesterVersion) {
    $pin = Select-String -LiteralPath (Join-Path $root 'build/test.ps1') -Pattern "^\`$pesterVersion\s*=\s*'([0-9.]+)'"
    if (-not $pin) { throw 'build/test.ps1 has no $pesterVersion: specify -PesterVersion.' }
    $PesterVersion = $pin.Matches[0].Groups[1].Value
}
if (-not (Test-Path -LiteralPath (Join-Path $tools 'Pester'))) {
    $null = New-Item -ItemType Directory -Force $tools
    Save-PSResource Pester -Version $PesterVersion -Repository PSGallery -Path $tools -TrustRepository
}
$pester = Get-ChildItem -LiteralPath $tools -Recurse -Filter Pester.psd1 | ForEach-Object FullName | Select-Object -First 1

$null = New-Item -ItemType Directory -Force $results
$env:CADENZA_TEST_MODULE = Join-Path $root 'out/CadenzaPS/CadenzaPS.psd1'
$env:CADENZA_TEST_SERVER = Join-Path $root 'tests/Cadenza.SandboxServer/bin/Release/net10.0/Cadenza.SandboxServer.dll'
foreach ($file in $env:CADENZA_TEST_MODULE, $env:CADENZA_TEST_SERVER, $pester) {
    if (-not $file -or -not (Test-Path -LiteralPath $file)) { throw "A file that the tests need is missing: '$file'." }
}
$result = Join-Path $results 'pester.json'
& (Join-Path $root 'build/run-pester.ps1') -Pester $pester -Result $result -Filter $Filter
$code = $LASTEXITCODE
$run = Get-Content -LiteralPath $result -Raw | ConvertFrom-Json
"PowerShell $($PSVersionTable.PSVersion), Pester $((Get-Module Pester).Version): $($run.passed) passed, $($run.failed) failed, $($run.skipped) skipped"
$run.names | ForEach-Object { "  skipped: $_" }
if ($run.passed -eq 0) { throw 'No test passed.' }
exit $code
