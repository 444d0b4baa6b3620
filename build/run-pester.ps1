<#
.SYNOPSIS
    Runs tests/Pester in this process and writes the counts to a JSON file. build.ps1 starts it in a fresh pwsh.
#>
param(
    [Parameter(Mandatory)][string] $Pester,
    [Parameter(Mandatory)][string] $Result,
    [string] $Filter
)
$ErrorActionPreference = 'Stop'
Import-Module $Pester

$configuration = New-PesterConfiguration
$configuration.Run.Path = Join-Path $PSScriptRoot '../tests/Pester'
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.CIFormat = 'None'
$configuration.Output.RenderMode = 'Plaintext'
if ($Filter) { $configuration.Filter.FullName = "*$Filter*" }

# The tests run under PowerShell's own default, as a user's session does.
$ErrorActionPreference = 'Continue'
$run = Invoke-Pester -Configuration $configuration

# A file that could not be discovered or a block whose setup or teardown failed is a failure, whatever its tests say.
$broken = $run.FailedContainersCount + $run.FailedBlocksCount
$failed = if ($run.FailedCount -gt 0) { $run.FailedCount } else { $broken }
if ($failed -eq 0 -and $run.Result -ne 'Passed') { $failed = 1 }
$skipped = @($run.Tests | Where-Object Result -In 'Skipped', 'Inconclusive')
[ordered]@{
    passed  = [int]$run.PassedCount
    failed  = $failed
    skipped = $skipped.Count
    remark  = if ($broken -gt 0) { "$broken test files or blocks broke outside a test" } else { '' }
    names   = @($skipped | ForEach-Object { "$($_.ExpandedPath): $($_.ErrorRecord.Exception.Message)".TrimEnd(' ', ':') })
} | ConvertTo-Json | Set-Content -LiteralPath $Result -Encoding utf8
exit [int]($failed -gt 0)
