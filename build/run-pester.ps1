<#
.SYNOPSIS
    Runs files of tests/Pester in this process and writes the counts to a JSON file. The test verb of build.ps1 starts it.
#>
param(
    [Parameter(Mandatory)][string] $Pester,
    [Parameter(Mandatory)][string] $Module,
    # Several files are separated by |.
    [Parameter(Mandatory)][string] $Path,
    [Parameter(Mandatory)][string] $Result,
    [string] $Filter,
    [switch] $Quick
)
$ErrorActionPreference = 'Stop'
$env:CADENZA_TEST_MODULE = $Module
Import-Module $Pester

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path.Split('|')
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.CIFormat = 'None'
$configuration.Output.RenderMode = 'Plaintext'
if ($Filter) { $configuration.Filter.FullName = "*$Filter*" }
if ($Quick) { $configuration.Filter.ExcludeTag = 'Slow' }

# The tests run under PowerShell's own default, as a user's session does.
$ErrorActionPreference = 'Continue'
$run = Invoke-Pester -Configuration $configuration

# A failed test, block or file: its name, and the message and the place in a test file of each error.
function Get-Failure($Item) {
    $errors = foreach ($record in $Item.ErrorRecord) {
        $record.Exception.Message
        $record.ScriptStackTrace -split '\r?\n' | Where-Object { $_ -notmatch 'Pester(\.ScriptScope)?\.psm?1' }
    }
    @{ Name = "$($Item.ExpandedPath ?? $Item.Item)"; Reason = $errors -join "`n" }
}

# A file that could not be discovered, or a block whose setup or teardown failed, is a failure, whatever its tests say.
$broken = $run.FailedContainersCount + $run.FailedBlocksCount
$failed = if ($run.FailedCount -gt 0) { $run.FailedCount } else { $broken }
if ($failed -eq 0 -and $run.Result -ne 'Passed') { $failed = 1 }
$skipped = @($run.Tests | Where-Object Result -In 'Skipped', 'Inconclusive')
[ordered]@{
    Passed   = [int]$run.PassedCount
    Failed   = $failed
    Skipped  = $skipped.Count
    Remark   = if ($broken -gt 0) { "$(Split-Path -Leaf $Path.Split('|')): setup, teardown or discovery failed $broken times. " } else { '' }
    # Set-ItResult -Because gives "is skipped, because <reason>".
    Skips    = @($skipped | ForEach-Object { @{ Name = $_.ExpandedPath; Reason = "$($_.ErrorRecord.Exception.Message)" -replace '^is skipped, because\s*' } })
    Failures = @(@($run.Failed) + $run.FailedBlocks + $run.FailedContainers | Where-Object ErrorRecord | ForEach-Object { Get-Failure $_ })
} | ConvertTo-Json -Depth 3 | Set-Content -LiteralPath $Result -Encoding utf8
exit [int]($failed -gt 0)
