# PowerShell 7 has everything that the net8.0 build needs in the box; Windows PowerShell 5.1 gets the other one.
$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
Import-Module ([System.IO.Path]::Combine($PSScriptRoot, 'bin', $framework, 'CadenzaPS.dll'))
Export-ModuleMember -Cmdlet *-Cadenza*
