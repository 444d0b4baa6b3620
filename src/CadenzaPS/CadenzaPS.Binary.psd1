@{
    # The cmdlets of one PowerShell edition, beside their assemblies. Only CadenzaPS.psm1 imports it.
    # The build fills in the version and the cmdlets, which CadenzaPS.psd1 lists.
    RootModule         = 'CadenzaPS.dll'
    ModuleVersion      = '0.0.0'
    GUID               = '0d1a53c7-2f67-4a0e-8a3b-6a5c3d7d9f21'

    # Loaded before the types file is read, which names their types. (Update-TypeData would need no file, but would load
    # Microsoft.PowerShell.Utility, which takes longer than the rest of the import.)
    # All of ours are loaded at once: the session keeps working when the module is updated or uninstalled meanwhile.
    RequiredAssemblies = @('Cadenza.Client.dll', 'Cadenza.Commands.dll', 'Cadenza.Audit.dll', 'Cadenza.Sandbox.dll', 'CadenzaPS.dll')
    TypesToProcess     = @('CadenzaPS.types.ps1xml')
    FunctionsToExport  = @()
    VariablesToExport  = @()
    AliasesToExport    = @()
    CmdletsToExport    = @()
}
