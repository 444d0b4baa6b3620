# PowerShell 7 has everything that the net8.0 build needs in the box; Windows PowerShell 5.1 gets the other one.
# No command of Microsoft.PowerShell.Utility here: loading that module would take longer than all the rest of the import.
$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
$binary = Import-Module ([System.IO.Path]::Combine($PSScriptRoot, 'bin', $framework, 'CadenzaPS.Binary.psd1')) -PassThru

# PowerShell tells the assembly of its removal only when the module that it made of it is removed itself.
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module -ModuleInfo $binary -Force }.GetNewClosure()
Export-ModuleMember -Cmdlet *-Cadenza*
