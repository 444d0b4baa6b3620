# PowerShell 7 has everything that the net8.0 build needs in the box; Windows PowerShell 5.1 gets the other one.
# No command of Microsoft.PowerShell.Utility here: loading that module would take longer than all the rest of the import.
$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
Import-Module ([System.IO.Path]::Combine($PSScriptRoot, 'bin', $framework, 'CadenzaPS.Binary.psd1'))
Export-ModuleMember -Cmdlet *-Cadenza*
