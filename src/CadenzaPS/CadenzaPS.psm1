# PowerShell 7 has in the box everything that the net8.0 build needs; Windows PowerShell 5.1 gets the other build.
# No command of Microsoft.PowerShell.Utility here: loading that module would take longer than the rest of the import.
$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
$folder = [System.IO.Path]::Combine($PSScriptRoot, 'bin', $framework)

# Throws if a loaded assembly has the name of one of this copy and is not from the same file, or the file was replaced since.
function Assert-SameCopy {
    foreach ($assembly in [System.AppDomain]::CurrentDomain.GetAssemblies()) {
        if ($assembly.FullName -notlike 'Cadenza*') { continue }
        $name = $assembly.GetName()
        $file = [System.IO.Path]::Combine($folder, "$($name.Name).dll")
        if (-not [System.IO.File]::Exists($file)) { continue }
        $source = "from '$($assembly.Location)'"
        if ($assembly.Location -eq $file) {
            # The file of the same build contains the same id. Latin-1 reads every byte as one character.
            $latin1 = [System.Text.Encoding]::GetEncoding(28591)
            $id = $latin1.GetString($assembly.ManifestModule.ModuleVersionId.ToByteArray())
            if ([System.IO.File]::ReadAllText($file, $latin1).Contains($id)) { continue }
            $source = 'from the same folder, whose files were replaced since'
        }
        $message = "CadenzaPS cannot be imported from '$PSScriptRoot': this process has already loaded $($name.Name) " +
            "$($name.Version.ToString(3)) $source. Start a new PowerShell session and import the module there."
        throw [System.Management.Automation.ErrorRecord]::new(
            [System.InvalidOperationException]::new($message), 'CadenzaAlreadyLoaded', 'ResourceExists', $assembly.Location)
    }
}

# .NET cannot unload an assembly. If the process has one of another copy, nothing of this copy is loaded.
if (@([System.AppDomain]::CurrentDomain.GetAssemblies()) -like 'Cadenza*') { Assert-SameCopy }
$binary = Import-Module ([System.IO.Path]::Combine($folder, 'CadenzaPS.Binary.psd1')) -PassThru -ErrorAction Stop

# PowerShell tells the assembly of its removal only when the module that it made of it is removed itself.
$ExecutionContext.SessionState.Module.OnRemove = { if ($binary) { Remove-Module -ModuleInfo $binary -Force } }.GetNewClosure()
Export-ModuleMember -Cmdlet @($binary.ExportedCmdlets.Keys)
