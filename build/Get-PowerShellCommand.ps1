<#
.SYNOPSIS
    Gets the command line of the PowerShell that runs this script: a program and its leading arguments.
.DESCRIPTION
    Everything in this repository that starts another PowerShell starts it with this command. A PowerShell that was installed as a .NET tool
    has no program of its own: its process is "dotnet pwsh.dll". The tool's "pwsh" only starts that process and does not pass signals on.
.EXAMPLE
    $program, [string[]] $arguments = & ./build/Get-PowerShellCommand.ps1
    & $program @arguments -NoProfile -Command 'Get-Date'
#>
#Requires -Version 7.4
[CmdletBinding()]
[OutputType([string])]
param()
$process = [Environment]::ProcessPath
$process
if ((Split-Path -LeafBase $process) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }
