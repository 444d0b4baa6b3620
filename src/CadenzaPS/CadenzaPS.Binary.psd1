@{
    # The cmdlets of one PowerShell edition, beside their assemblies. CadenzaPS.psm1 imports it; nobody else has reason to.
    RootModule         = 'CadenzaPS.dll'
    ModuleVersion      = '0.1.0'
    GUID               = '0d1a53c7-2f67-4a0e-8a3b-6a5c3d7d9f21'

    # Loaded before the types file is read, which names types of theirs. (Update-TypeData would do without a file, at the price of
    # loading Microsoft.PowerShell.Utility, which takes longer than all the rest of the import.)
    RequiredAssemblies = @('Cadenza.Client.dll', 'Cadenza.Commands.dll', 'CadenzaPS.dll')
    TypesToProcess     = @('CadenzaPS.types.ps1xml')
    FunctionsToExport  = @()
    VariablesToExport  = @()
    AliasesToExport    = @()
    CmdletsToExport    = @('*-Cadenza*')
}
