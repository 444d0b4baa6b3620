# Creates report.png, the picture of a report in the README, from a sandbox. Requires Chromium or Google Chrome (CADENZA_CHROMIUM or PATH).
# Build the module first. Run on Linux or macOS: pwsh -NoProfile -NonInteractive -File docs/images/make-report.ps1
#Requires -Version 7.4
[CmdletBinding()]
param(
    [string] $Path = (Join-Path $PSScriptRoot 'report.png'),

    # The path of the module.
    [string] $Module = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1'),

    # The size of the picture in pixels.
    [int] $Width = 1200,
    [int] $Height = 980
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$browser = @($env:CADENZA_CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome', 'chrome') |
    Where-Object { $_ -and (Get-Command $_ -CommandType Application -ErrorAction Ignore) } | Select-Object -First 1
if (-not $browser) { throw 'Chromium or Google Chrome is required. Install it, or set CADENZA_CHROMIUM to its path.' }

Import-Module $Module
$folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) (New-Guid))).FullName
try {
    Connect-Cadenza -Sandbox
    $page = Join-Path $folder report.html
    $report = @{ StatePath = Join-Path $folder state.json; KeyLifetimeDays = @{ BINANCE = 90; OKX = 60; '*' = 180 } }
    Export-CadenzaCredentialReport $page @report -WarningAction Ignore

    # Changes for the section "Since the last report".
    $keys = [pscredential]::new('made-up-key', (ConvertTo-SecureString 'made-up-secret' -AsPlainText -Force))
    $journal = Join-Path $folder rotation.jsonl
    $null = Get-CadenzaCredential -Nickname 'Market making BTC-perp', 'RFQ evening desk' |
        Update-CadenzaCredential -ApiCredential $keys -Force -JournalPath $journal
    $null = Get-CadenzaCredential -Nickname 'Lending ladder' | Revoke-CadenzaCredential -Force
    Export-CadenzaCredentialReport $page @report -JournalPath $journal

    $options = '--headless', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=1', "--user-data-dir=$folder/profile",
        "--window-size=$Width,$Height", "--screenshot=$Path"
    # Chromium does not start as root otherwise.
    if ([Environment]::IsPrivilegedProcess) { $options += '--no-sandbox' }
    $log = & $browser @options ([uri]::new($page).AbsoluteUri) 2>&1
    if ($LASTEXITCODE -ne 0 -or -not (Test-Path $Path)) { throw "The browser did not create the picture.`n$($log -join "`n")" }
    Get-Item $Path
}
finally {
    Disconnect-Cadenza
    Remove-Item $folder -Recurse -Force
}
