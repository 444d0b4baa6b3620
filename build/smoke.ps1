<#
.SYNOPSIS
    A smoke test of a finished module that needs no Pester: it runs in Windows PowerShell 5.1 and in PowerShell 7.
.DESCRIPTION
    Works on the in-memory sandbox, so nothing leaves this machine. Writes one line for each check. Exit code 0: all checks passed.
    1: a check failed, or the run broke off; the last line says which. This file uses only syntax that Windows PowerShell 5.1 has.
.EXAMPLE
    powershell.exe -NoProfile -NonInteractive -File build/smoke.ps1 -Module out/CadenzaPS/CadenzaPS.psd1
#>
#Requires -Version 5.1
[CmdletBinding()]
param(
    # The manifest of the module to test.
    [string] $Module = [System.IO.Path]::Combine($PSScriptRoot, '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1'),

    # The build that must be loaded: net8.0 or netstandard2.0. By default the one for this edition of PowerShell.
    [ValidateSet('net8.0', 'netstandard2.0')]
    [string] $Framework = $(if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' })
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$script:Checks = 0
$secretText = 'smoke-secret-5f1c'

function Assert-Equal([string] $What, $Actual, $Expected) {
    if ("$Actual" -cne "$Expected") { throw "$What`: expected '$Expected', found '$Actual'." }
    $script:Checks++
    "ok    $What"
}

function Get-ErrorId($ErrorRecord) { $ErrorRecord.FullyQualifiedErrorId.Split(',')[0] }

function New-Key([string] $Key) {
    New-Object System.Management.Automation.PSCredential $Key, (ConvertTo-SecureString $secretText -AsPlainText -Force)
}

# One line for each credential, to see what changed.
function Get-State { (Get-CadenzaCredential | ForEach-Object { "$($_.CredentialId) $($_.Status) $($_.UpdatedAt)" }) -join "`n" }

function Test-Import {
    $manifest = Import-PowerShellDataFile $Module
    Import-Module $Module
    $loaded = Get-Module CadenzaPS
    Assert-Equal 'the loaded version is the manifest''s' $loaded.Version $manifest.ModuleVersion
    $exported = ($loaded.ExportedCmdlets.Keys | Sort-Object) -join ' '
    Assert-Equal 'the exported cmdlets are the manifest''s' $exported (($manifest.CmdletsToExport | Sort-Object) -join ' ')
    $assembly = (Get-Command Connect-Cadenza).ImplementingType.Assembly
    $attribute = $assembly.GetCustomAttributes([System.Runtime.Versioning.TargetFrameworkAttribute], $false)[0].FrameworkName
    $expected = @{ 'net8.0' = '.NETCoreApp,Version=v8.0'; 'netstandard2.0' = '.NETStandard,Version=v2.0' }[$Framework]
    Assert-Equal "the build that was loaded is $Framework" $attribute $expected
}

function Test-Listing {
    Connect-Cadenza -Sandbox
    Assert-Equal 'the connection is to the sandbox' (Get-CadenzaConnection).Environment 'Sandbox'
    $all = @(Get-CadenzaCredential)
    Assert-Equal 'the sandbox lists 24 credentials' $all.Count 24
    $expected = @($all | Where-Object { $_.Status -eq 'FAILED' }).Count
    Assert-Equal 'a filter gives what Where-Object gives' @(Get-CadenzaCredential -Status FAILED).Count $expected
    Assert-Equal 'an id finds its credential' (Get-CadenzaCredential $all[0].CredentialId).Nickname $all[0].Nickname
    $failure = $null
    $none = @(Get-CadenzaCredential 'no-such-id' -ErrorVariable failure -ErrorAction SilentlyContinue)
    Assert-Equal 'an unknown id is one error and no object' "$($none.Count) $(@($failure).Count)" '0 1'
    $table = $all | Format-Table | Out-String -Width 200
    Assert-Equal 'the table view has its columns' ($table -match 'Nickname\s+Venue\s+Type\s+Status\s+Updated\s+CredentialId') True
}

function Test-Revoke([string] $Journal) {
    $failed = @(Get-CadenzaCredential -Status FAILED)
    $before = Get-State
    $out = @($failed | Revoke-CadenzaCredential -WhatIf)
    Assert-Equal '-WhatIf emits nothing' $out.Count 0
    Assert-Equal '-WhatIf changes nothing' (Get-State) $before

    $failures = $null
    $revoked = @($failed | Revoke-CadenzaCredential -Force -JournalPath $Journal -ErrorVariable failures -ErrorAction SilentlyContinue)
    $failures = @($failures | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
    Assert-Equal 'every credential comes out once' ($revoked.Count + $failures.Count) $failed.Count
    Assert-Equal 'what comes out is revoked' (($revoked | ForEach-Object { $_.Status } | Sort-Object -Unique) -join ' ') 'REVOKED'
    Assert-Equal 'the one that is in use is an error' (($failures | ForEach-Object { Get-ErrorId $_ }) -join ' ') 'CadenzaCredentialInUse'
    Assert-Equal 'the server has them as revoked' (Get-CadenzaCredential $revoked[0].CredentialId).Status 'REVOKED'

    $latest = @(Get-CadenzaJournal $Journal -Latest)
    $events = ($latest | ForEach-Object { "$($_.Event)" } | Sort-Object) -join ' '
    Assert-Equal 'the journal has the outcome of each' $events ((@('Applied') * $revoked.Count + 'Rejected') -join ' ')
}

function Test-Rotation([string] $Journal) {
    $target = Get-CadenzaCredential -Nickname 'Delta-one desk 7'
    $before = $target.UpdatedAt
    $rotated = Update-CadenzaCredential $target.CredentialId -ApiCredential (New-Key 'smoke-key') -Force -JournalPath $Journal
    Assert-Equal 'a rotation emits the credential' $rotated.CredentialId $target.CredentialId
    Assert-Equal 'a rotation moves UpdatedAt' ($rotated.UpdatedAt -gt $before) True
    $again = @(Update-CadenzaCredential $target.CredentialId -ApiCredential (New-Key 'smoke-key') -Force -JournalPath $Journal)
    Assert-Equal 'the same journal does not rotate twice' $again.Count 0
    $applied = @(Get-CadenzaJournal $Journal | Where-Object { "$($_.Event)" -eq 'Applied' })
    Assert-Equal 'the journal has one applied rotation' $applied.Count 1
    Assert-Equal 'no secret is in the journal' ([System.IO.File]::ReadAllText($Journal).Contains($secretText)) False
}

function Test-Creation {
    $count = @(Get-CadenzaCredential).Count
    $new = New-CadenzaCredential -Venue BINANCE -Nickname 'smoke test' -ApiCredential (New-Key 'smoke-key-2') -Force
    Assert-Equal 'a creation emits the credential' $new.Nickname 'smoke test'
    Assert-Equal 'the server lists one more' @(Get-CadenzaCredential).Count ($count + 1)
    Assert-Equal 'the exchange accepts its keys' ($new | Test-CadenzaCredential).Passed True
    Assert-Equal 'no secret is in the object' (($new | ConvertTo-Json -Depth 5) -match $secretText) False
}

function Test-Report([string] $Path) {
    Export-CadenzaCredentialReport $Path
    $html = [System.IO.File]::ReadAllText($Path)
    Assert-Equal 'the report is a complete HTML file' ($html.TrimEnd().EndsWith('</html>')) True
    $ids = @(Get-CadenzaCredential | ForEach-Object { $_.CredentialId })
    Assert-Equal 'the report holds every credential' @($ids | Where-Object { $html.Contains($_) }).Count $ids.Count
    Assert-Equal 'no secret is in the report' $html.Contains($secretText) False
}

function Test-End {
    Disconnect-Cadenza
    Assert-Equal 'the connection is gone' @(Get-CadenzaConnection).Count 0
    $failure = try { Get-CadenzaCredential; $null } catch { $_ }
    Assert-Equal 'a cmdlet without a connection fails' ($null -ne $failure) True
    Remove-Module CadenzaPS
    Assert-Equal 'the module is removed' @(Get-Module CadenzaPS).Count 0
}

# A connection of the caller's environment is not used.
foreach ($name in 'CADENZA_ACCESS_TOKEN', 'CADENZA_ENVIRONMENT', 'CADENZA_BASE_URL') { [Environment]::SetEnvironmentVariable($name, $null) }
$folder = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), 'cadenza-smoke-' + [guid]::NewGuid().ToString('N'))
$null = New-Item -ItemType Directory $folder
$exitCode = 0
try {
    "PowerShell $($PSVersionTable.PSVersion) ($($PSVersionTable.PSEdition)), $Framework"
    $Module = (Resolve-Path -LiteralPath $Module).ProviderPath
    Test-Import
    Test-Listing
    Test-Revoke ([System.IO.Path]::Combine($folder, 'revoke.jsonl'))
    Test-Rotation ([System.IO.Path]::Combine($folder, 'rotation.jsonl'))
    Test-Creation
    Test-Report ([System.IO.Path]::Combine($folder, 'report.html'))
    Test-End
    "Smoke test passed: $($script:Checks) checks."
}
catch {
    $at = @($_.ScriptStackTrace -split '\r?\n' | Where-Object { $_ -notlike '*Assert-Equal*' })[0]
    $message = "$($_.Exception.Message)" -replace '\s+', ' '
    "Smoke test FAILED after $($script:Checks) checks. $message ($at)"
    $exitCode = 1
}
finally {
    Remove-Item $folder -Recurse -Force -ErrorAction SilentlyContinue
}
exit $exitCode
