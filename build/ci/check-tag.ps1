<#
.SYNOPSIS
    Fails unless a tag is v and the version of CadenzaPS.psd1, with its prerelease label where it has one.
#>
#Requires -Version 7.4
param([Parameter(Mandatory)] [string] $Tag)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot '../../CadenzaPS.psd1')
$label = $manifest.PrivateData.PSData['Prerelease']
$expected = "v$($manifest.ModuleVersion)" + $(if ($label) { "-$($label.TrimStart('-'))" })
if ($Tag -cne $expected) { throw "The tag is $Tag, and the manifest's version asks for $expected." }
"$Tag is the manifest's version."
