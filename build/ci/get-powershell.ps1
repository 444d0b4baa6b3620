<#
.SYNOPSIS
    Downloads a PowerShell from its GitHub releases, checks its SHA-256 sum and puts it first on the PATH of the steps that follow.
.DESCRIPTION
    For GitHub Actions: it needs the command line tool gh, with GH_TOKEN set, and writes to GITHUB_PATH and GITHUB_OUTPUT (version).
.EXAMPLE
    build/ci/get-powershell.ps1 -Channel 7.6 -Destination "$env:RUNNER_TEMP/powershell"
.EXAMPLE
    build/ci/get-powershell.ps1 -Channel preview -Destination "$env:RUNNER_TEMP/powershell"
#>
#Requires -Version 7.4
param(
    # A version such as 7.6, for its newest stable release, or preview, for the newest prerelease of all.
    [Parameter(Mandatory)] [ValidatePattern('^(preview|\d+\.\d+)$')] [string] $Channel,

    # The folder to create.
    [Parameter(Mandatory)] [string] $Destination
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$repository = 'PowerShell/PowerShell'

$versions = gh release list --repo $repository --limit 100 --exclude-drafts --json tagName | ConvertFrom-Json |
    ForEach-Object { $_.tagName.TrimStart('v') -as [semver] } | Where-Object { $_ }
$version = $versions | Where-Object {
    if ($Channel -eq 'preview') { $_.PreReleaseLabel } else { -not $_.PreReleaseLabel -and "$($_.Major).$($_.Minor)" -eq $Channel }
} | Sort-Object -Descending | Select-Object -First 1
if (-not $version) { throw "$repository has no release for the channel $Channel." }

$architecture = "$([Runtime.InteropServices.RuntimeInformation]::OSArchitecture)".ToLowerInvariant()
$file = if ($IsWindows) { "PowerShell-$version-win-$architecture.zip" }
        elseif ($IsMacOS) { "powershell-$version-osx-$architecture.tar.gz" }
        else { "powershell-$version-linux-$architecture.tar.gz" }
$null = New-Item -ItemType Directory $Destination
$download = New-Item -ItemType Directory (Join-Path $Destination '.download')
gh release download "v$version" --repo $repository --pattern $file --pattern hashes.sha256 --dir $download

$sums = Get-Content -LiteralPath (Join-Path $download 'hashes.sha256') -Raw
if ($sums -notmatch "(?im)^([0-9a-f]{64})\s+\*?$([regex]::Escape($file))\s*$") { throw "hashes.sha256 has no line for $file." }
$expected = $Matches[1]
$archive = Join-Path $download $file
$actual = (Get-FileHash -LiteralPath $archive -Algorithm SHA256).Hash
if ($actual -ne $expected) { throw "The SHA-256 sum of $file is $actual, expected $expected." }

if ($IsWindows) { Expand-Archive -LiteralPath $archive -DestinationPath $Destination }
else {
    tar -xzf $archive -C $Destination
    chmod +x (Join-Path $Destination 'pwsh')
}
Remove-Item -LiteralPath $download -Recurse -Force
$Destination | Out-File -LiteralPath $env:GITHUB_PATH -Append
"version=$version" | Out-File -LiteralPath $env:GITHUB_OUTPUT -Append
"PowerShell $version is in $Destination"
