<#
.SYNOPSIS
    Checks a finished module folder: its manifest is valid, it imports, and it has the cmdlets that the manifest lists and no others.
    build.ps1 starts it in a fresh pwsh, since an imported module stays loaded.
#>
param([Parameter(Mandatory)][string] $Manifest)
$ErrorActionPreference = 'Stop'
try {
    $null = Test-ModuleManifest $Manifest
    $listed = @((Import-PowerShellDataFile $Manifest).CmdletsToExport)
    $module = Import-Module $Manifest -PassThru
    $present = @(@($module) + $module.NestedModules | ForEach-Object { $_.ExportedCmdlets.Keys } | Sort-Object -Unique)
    $missing = @($listed | Where-Object { $_ -notin $module.ExportedCmdlets.Keys })
    $unlisted = @($present | Where-Object { $_ -notin $listed })
    if ($missing) { throw "The manifest lists cmdlets that the module does not export: $($missing -join ', ')." }
    if ($unlisted) { throw "The module has cmdlets that the manifest does not list: $($unlisted -join ', ')." }
}
catch {
    [Console]::Error.WriteLine("The module folder is not sound. $($_.Exception.Message)")
    exit 1
}
