# PowerShell 7 has in the box everything that the net8.0 build needs; Windows PowerShell 5.1 gets the other build.
# No command of Microsoft.PowerShell.Utility here: loading that module would take longer than the rest of the import.
$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
$folder = [System.IO.Path]::Combine($PSScriptRoot, 'bin', $framework)

# .NET cannot unload an assembly. With one of another copy in the process, nothing of this copy is loaded beside it.
foreach ($assembly in [System.AppDomain]::CurrentDomain.GetAssemblies()) {
    if ($assembly.FullName -notmatch '^(Cadenza(?:PS|[.][a-z]+)), Version=([0-9]+[.][0-9]+[.][0-9]+)') { continue }
    $file = [System.IO.Path]::Combine($folder, "$($Matches[1]).dll")
    if (-not [System.IO.File]::Exists($file)) { continue }
    $change = if ($assembly.Location -ne $file) { "from '$($assembly.Location)'" } else {
        # The same build has the same id in its file (Latin-1 keeps every byte as one character).
        $latin1 = [System.Text.Encoding]::GetEncoding(28591)
        $id = $latin1.GetString($assembly.ManifestModule.ModuleVersionId.ToByteArray())
        if (-not [System.IO.File]::ReadAllText($file, $latin1).Contains($id)) { "from the same folder, whose files were replaced since" }
    }
    if ($change) {
        $message = "CadenzaPS cannot be imported from '$PSScriptRoot': this process has already loaded $($Matches[1]) $($Matches[2]) " +
            "$change. Start a new PowerShell session and import the module there."
        throw [System.Management.Automation.ErrorRecord]::new(
            [System.InvalidOperationException]::new($message), 'CadenzaAlreadyLoaded', 'ResourceExists', $assembly.Location)
    }
}

$binary = Import-Module ([System.IO.Path]::Combine($folder, 'CadenzaPS.Binary.psd1')) -PassThru -ErrorAction Stop

# PowerShell tells the assembly of its removal only when the module that it made of it is removed itself.
$ExecutionContext.SessionState.Module.OnRemove = { if ($binary) { Remove-Module -ModuleInfo $binary -Force } }.GetNewClosure()
Export-ModuleMember -Cmdlet @($binary.ExportedCmdlets.Keys)
