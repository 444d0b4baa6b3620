# PowerShell 7 has everything that the net8.0 build needs in the box; Windows PowerShell 5.1 gets the other one.
$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
$binary = Import-Module ([System.IO.Path]::Combine($PSScriptRoot, 'bin', $framework, 'CadenzaPS.dll')) -PassThru

# Not in a types.ps1xml, which is read before the assembly with the converter is there. Also where a script is run with -WhatIf.
$quietly = @{ WhatIf = $false; Confirm = $false }
Update-TypeData -TypeName Cadenza.Client.CadenzaCredential -TypeConverter CadenzaPS.Binding.CredentialConverter -Force @quietly
Update-TypeData -TypeName Deserialized.Cadenza.Client.CadenzaCredential -TargetTypeForDeserialization Cadenza.Client.CadenzaCredential -Force @quietly

# PowerShell tells the assembly of its removal only when the module that it made of it is removed itself.
$ExecutionContext.SessionState.Module.OnRemove = {
    'Cadenza.Client.CadenzaCredential', 'Deserialized.Cadenza.Client.CadenzaCredential' | Remove-TypeData -ErrorAction Ignore @quietly
    Remove-Module -ModuleInfo $binary -Force
}.GetNewClosure()
Export-ModuleMember -Cmdlet *-Cadenza*
