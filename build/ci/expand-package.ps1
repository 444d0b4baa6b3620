<#
.SYNOPSIS
    Unpacks the one package of a folder to out/CadenzaPS, where the tests look for the module. Runs in Windows PowerShell 5.1, too.
#>
#Requires -Version 5.1
param(
    # The folder with CadenzaPS.<version>.nupkg.
    [Parameter(Mandatory)] [string] $Folder
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$packages = @(Get-ChildItem -Path $Folder -Filter 'CadenzaPS.*.nupkg')
if ($packages.Count -ne 1) { throw "$Folder holds $($packages.Count) packages, expected 1." }
$module = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'CadenzaPS'))
if (Test-Path -LiteralPath $module) { throw "$module exists: the tests would not test the package." }
Add-Type -AssemblyName System.IO.Compression.FileSystem
[System.IO.Compression.ZipFile]::ExtractToDirectory($packages[0].FullName, $module)
# What NuGet adds to a package and an installation leaves out.
foreach ($name in '_rels', 'package', '[Content_Types].xml', 'CadenzaPS.nuspec') {
    Remove-Item -LiteralPath ([System.IO.Path]::Combine($module, $name)) -Recurse -Force
}
"$($packages[0].Name) is in $module"
