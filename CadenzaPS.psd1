@{
    # Literal values only: Import-PowerShellDataFile and the Gallery read this file without running it.
    RootModule             = 'CadenzaPS.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '7d0a4f0e-5c1b-4f43-9f0a-2b6f7a3f1c58'
    Author                 = 'The CadenzaPS authors'
    CompanyName            = 'The CadenzaPS authors'
    Copyright              = '(c) The CadenzaPS authors. MIT license.'
    Description            = 'Manage exchange API credentials on the Cadenza trading platform: list, rotate and revoke, and always know what happened to each.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @('CadenzaPS.format.ps1xml')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    CmdletsToExport        = @(
        'Connect-Cadenza'
        'Disconnect-Cadenza'
        'Export-CadenzaCredentialReport'
        'Get-CadenzaConnection'
        'Get-CadenzaCredential'
        'Get-CadenzaCredentialFinding'
        'Get-CadenzaCredentialImpact'
        'Get-CadenzaJournal'
        'Get-CadenzaRequest'
        'New-CadenzaCredential'
        'Revoke-CadenzaCredential'
        'Select-CadenzaConnection'
        'Select-CadenzaShard'
        'Test-CadenzaCredential'
        'Update-CadenzaCredential'
        'Watch-CadenzaCredential'
    )
    PrivateData            = @{
        PSData = @{
            Tags       = @('Cadenza', 'trading', 'exchange', 'credential', 'API', 'key', 'rotation', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
            # Short: PowerShell parses this file at each import. The package has the whole section of CHANGELOG.md.
            ReleaseNotes = 'See CHANGELOG.md, which is part of the module.'
        }
    }
}
