<#
.SYNOPSIS
    Runs tests/Pester in this process and writes the counts to a JSON file. The test verb of build.ps1 starts it in a new process.
#>
param(
    [Parameter(Mandatory)][string] $Pester,
    [Parameter(Mandatory)][string] $Result,
    [string] $Filter,

    # The names of the test files to run, as "Module, Session"; all of them without.
    [string] $Tests
)
$ErrorActionPreference = 'Stop'
Import-Module $Pester

$configuration = New-PesterConfiguration
$folder = Join-Path $PSScriptRoot '../tests/Pester'
$configuration.Run.Path = if ($Tests) { $Tests -split ',\s*' | ForEach-Object { Join-Path $folder "$_.Tests.ps1" } } else { $folder }
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.CIFormat = 'None'
$configuration.Output.RenderMode = 'Plaintext'
if ($Filter) { $configuration.Filter.FullName = "*$Filter*" }

# The tests run under PowerShell's own default, as a user's session does.
$ErrorActionPreference = 'Continue'
$run = Invoke-Pester -Configuration $configuration

# A file that could not be discovered, or a block whose setup or teardown failed, is a failure, whatever its tests say.
$broken = $run.FailedContainersCount + $run.FailedBlocksCount
$failed = if ($run.FailedCount -gt 0) { $run.FailedCount } else { $broken }
if ($failed -eq 0 -and $run.Result -ne 'Passed') { $failed = 1 }
$skipped = @($run.Tests | Where-Object Result -In 'Skipped', 'Inconclusive')
[ordered]@{
    Passed  = [int]$run.PassedCount
    Failed  = $failed
    Skipped = $skipped.Count
    Remark  = if ($broken -gt 0) { "Setup, teardown or discovery failed in $broken test files or blocks." } else { '' }
    # Set-ItResult -Because gives "is skipped, because <reason>".
    Skips   = @($skipped | ForEach-Object { @{ Name = $_.ExpandedPath; Reason = "$($_.ErrorRecord.Exception.Message)" -replace '^is skipped, because\s*' } })
} | ConvertTo-Json -Depth 3 | Set-Content -LiteralPath $Result -Encoding utf8
exit [int]($failed -gt 0)
