<#
.SYNOPSIS
    Finds the Chrome of a hosted runner and sets CADENZA_CHROMIUM for the steps that follow. Fails where there is none, since the report's
    tests would be skipped then.
#>
#Requires -Version 7.4
$ErrorActionPreference = 'Stop'
$candidates = @(
    Get-Command google-chrome, chromium, chrome -CommandType Application -ErrorAction Ignore | ForEach-Object Source
    if ($IsWindows) { $env:ProgramFiles, ${env:ProgramFiles(x86)} | ForEach-Object { Join-Path $_ 'Google/Chrome/Application/chrome.exe' } }
    if ($IsMacOS) { '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' }
)
$found = $candidates | Where-Object { Test-Path -LiteralPath $_ -PathType Leaf } | Select-Object -First 1
if (-not $found) { throw "No Chrome or Chromium was found: $($candidates -join ', ')" }
"CADENZA_CHROMIUM=$found" | Out-File -LiteralPath $env:GITHUB_ENV -Append
"CADENZA_CHROMIUM is $found"
