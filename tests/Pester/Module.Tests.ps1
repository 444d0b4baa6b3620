# The module as it ships: manifest, files, cmdlets, and how its objects look.

BeforeDiscovery {
    $root = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../..'))
    $path = if ($env:CADENZA_TEST_MODULE) { $env:CADENZA_TEST_MODULE } else { Join-Path $root 'out/CadenzaPS/CadenzaPS.psd1' }
    $cmdlets = @((Import-PowerShellDataFile $path).CmdletsToExport | ForEach-Object { @{ Name = $_ } })
    $onCredentials = @($cmdlets | Where-Object { $_.Name -like '*-CadenzaCredential' })
    $changing = @($onCredentials | Where-Object { $_.Name -notlike 'Get-*' -and $_.Name -notlike 'Test-*' })
    $byId = @($cmdlets | Where-Object { $_.Name -match '-CadenzaCredential(Impact|Finding)?$' -and $_.Name -notlike 'New-*' })
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $folder = Split-Path $ModulePath

    # A fresh process: what an import loads shows only where nothing is loaded yet.
    function Invoke-Fresh([string] $Script) {
        [string[]] $command = if ((Split-Path -LeafBase ([Environment]::ProcessPath)) -eq 'pwsh') { [Environment]::ProcessPath }
                              else { 'dotnet', (Join-Path $PSHOME 'pwsh.dll') }
        $program, $arguments = $command + '-NoProfile', '-NonInteractive', '-Command', $Script
        $env:CADENZA_TEST_IMPORT = $ModulePath
        try { & $program @arguments } finally { $env:CADENZA_TEST_IMPORT = $null }
    }
}
AfterAll { Restore-TestSession }

Describe 'The module' {
    It 'has a manifest that Test-ModuleManifest accepts' {
        (Test-ModuleManifest $ModulePath -ErrorAction Stop).Name | Should -Be 'CadenzaPS'
    }

    It 'has a manifest of literal values, which Import-PowerShellDataFile reads' {
        $data = Import-PowerShellDataFile $ModulePath -ErrorAction Stop
        [version]$data.ModuleVersion | Should -BeGreaterThan ([version]'0.0')
        foreach ($list in 'CmdletsToExport', 'FunctionsToExport', 'VariablesToExport', 'AliasesToExport') { $data[$list] | Should -Not -Contain '*' }
    }

    It 'exports exactly the cmdlets that the manifest lists' {
        $exported = (Get-Module CadenzaPS).ExportedCommands.Values
        $exported | Should -BeOfType System.Management.Automation.CmdletInfo
        $exported.Name | Sort-Object | Should -Be ((Import-PowerShellDataFile $ModulePath).CmdletsToExport | Sort-Object)
    }

    It 'ships nothing but our own assemblies for PowerShell 7' {
        Get-ChildItem (Join-Path $folder 'bin/net8.0') -Recurse -File | ForEach-Object Name | Sort-Object |
            Should -Be 'Cadenza.Audit.dll', 'Cadenza.Client.dll', 'Cadenza.Commands.dll', 'Cadenza.Sandbox.dll', 'CadenzaPS.Binary.psd1', 'CadenzaPS.dll', 'CadenzaPS.types.ps1xml'
    }

    It 'imports no other module, which would take longer than it does itself' {
        Invoke-Fresh 'Import-Module $env:CADENZA_TEST_IMPORT; (Get-Module).Name' | Should -Be 'CadenzaPS'
    }

    It 'ships nothing of PowerShell itself' {
        Get-ChildItem $folder -Recurse -File -Include 'System.Management.Automation*', 'PowerShellStandard*' | Should -BeNullOrEmpty
    }

    It 'loads no assembly from its folder but our own, and lists credentials so' {
        $found = Invoke-Fresh @'
            $ErrorActionPreference = 'Stop'
            Import-Module $env:CADENZA_TEST_IMPORT
            Connect-Cadenza -Sandbox
            $null = Get-CadenzaCredential
            $inTheBox = $PSHOME, [Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()
            foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
                if (-not $assembly.IsDynamic -and $assembly.Location -and -not ($inTheBox | Where-Object { $assembly.Location.StartsWith($_) })) { [IO.Path]::GetFileName($assembly.Location) }
            }
'@
        # Not the audit: who only lists or changes credentials does without it, and so does the import.
        $found | Sort-Object | Should -Be 'Cadenza.Client.dll', 'Cadenza.Commands.dll', 'Cadenza.Sandbox.dll', 'CadenzaPS.dll'
    }

    It 'loads the audit when it is asked for one' {
        Invoke-Fresh @'
            Import-Module $env:CADENZA_TEST_IMPORT
            Connect-Cadenza -Sandbox
            $null = Get-CadenzaCredential | Get-CadenzaCredentialImpact
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -contains 'Cadenza.Audit'
            $null = Get-CadenzaCredentialFinding
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -contains 'Cadenza.Audit'
'@ | Should -Be 'False', 'True'
    }

    It 'can be removed and imported again' {
        $result = Invoke-InSession -Arguments @{ Path = $ModulePath } {
            param($Path)
            Connect-Cadenza -Sandbox
            Remove-Module CadenzaPS
            [bool](Get-Command Get-CadenzaCredential -ErrorAction Ignore -ListImported)
            Import-Module $Path
            [bool](Get-CadenzaConnection)
            Connect-Cadenza -Sandbox
            @(Get-CadenzaCredential).Count
        }
        $result.Errors | Should -HaveCount 0
        $result.Output | Should -Be $false, $false, 24
    }

    It 'works under the strictest mode and with $ErrorActionPreference = Stop' {
        $result = Invoke-InSession {
            Set-StrictMode -Version Latest
            $ErrorActionPreference = 'Stop'
            Connect-Cadenza -Sandbox
            Get-CadenzaConnection | Format-List | Out-String
            $all = Get-CadenzaCredential
            $all | Out-String -Width 100
            $all | Format-List | Out-String
            $all | Where-Object Nickname -EQ 'Lending ladder' | Revoke-CadenzaCredential -Force | Out-String
            Update-CadenzaCredential $all[0].CredentialId -ApiKey k -ApiSecret s | Format-List | Out-String
            Disconnect-Cadenza
        }
        $result.Failure | Should -BeNullOrEmpty
        $result.Errors | Should -HaveCount 0
        $result.Output | Should -HaveCount 5
    }
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $Name -Module CadenzaPS
        $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
        $parameters = $command.Parameters.Values | Where-Object Name -NotIn $common
    }

    It 'has an approved verb' { (Get-Verb).Verb | Should -Contain $command.Verb }

    It 'declares what it emits' { $command.OutputType | Should -Not -BeNullOrEmpty }

    It 'takes secrets as SecureString or PSCredential only' {
        $secret = $parameters | Where-Object Name -Match 'secret|passphrase|password|token|apikey|credential$' | Where-Object Name -NE 'ApiCredentialId'
        foreach ($parameter in $secret) { $parameter.ParameterType | Should -BeIn ([securestring]), ([pscredential]) }
    }

    It 'has parameter names in PascalCase and in the singular' {
        if ($parameters) { $parameters.Name | Should -MatchExactly '^[A-Z][A-Za-z]+$' }
        # A number of days is a plural.
        $parameters.Name | Where-Object { $_ -match '[^us]s$' -and $_ -notlike '*AfterDays' } | Should -BeNullOrEmpty
    }
}

Describe '<Name> among the cmdlets on existing credentials' -ForEach $byId {
    BeforeAll { $command = Get-Command $Name -Module CadenzaPS }

    It 'takes the id by property name, under CredentialId and Id' {
        $id = $command.Parameters['CredentialId']
        $id.Aliases | Should -Contain 'Id'
        $id.ParameterSets.Values.ValueFromPipelineByPropertyName | Should -Contain $true
    }

    It 'takes whole objects from the pipeline' {
        $command.Parameters.Values.ParameterSets.Values.ValueFromPipeline | Should -Contain $true
    }

}

Describe '<Name> among the cmdlets on credentials' -ForEach $onCredentials {
    BeforeAll { $command = Get-Command $Name -Module CadenzaPS }

    It 'emits credentials, or what a test of them found' {
        $expected = if ($Name -like 'Test-*') { [Cadenza.Client.Models.VerificationResult], [bool] } else { [Cadenza.Client.Models.CadenzaCredential] }
        $command.OutputType.Type | Should -Be $expected
    }

    It 'takes a connection' { $command.Parameters['Connection'].ParameterType | Should -Be ([Cadenza.Commands.Connections.CadenzaConnection]) }

    It 'takes its input by property name' {
        $command.Parameters.Values.ParameterSets.Values.ValueFromPipelineByPropertyName | Should -Contain $true
    }
}

Describe '<Name> among the cmdlets that change something' -ForEach $changing {
    It 'supports -WhatIf, -Confirm and -Force' {
        foreach ($switch in 'WhatIf', 'Confirm', 'Force') { (Get-Command $Name).Parameters.Keys | Should -Contain $switch }
    }
}

Describe 'The impact of a change' {
    It '<Name> has the impact <Impact>' -ForEach @(
        @{ Name = 'Revoke-CadenzaCredential'; Impact = 'High' }
        @{ Name = 'Update-CadenzaCredential'; Impact = 'Medium' }
        @{ Name = 'New-CadenzaCredential'; Impact = 'Medium' }
        @{ Name = 'Export-CadenzaCredentialReport'; Impact = 'Low' }
    ) {
        $type = (Get-Command $Name).ImplementingType
        [Reflection.CustomAttributeExtensions]::GetCustomAttribute($type, [Management.Automation.CmdletAttribute]).ConfirmImpact | Should -Be $Impact
    }
}

Describe 'The views' {
    BeforeAll {
        Connect-Cadenza -Sandbox
        $all = @(Get-CadenzaCredential)
    }
    AfterAll { Disconnect-Cadenza }

    It 'the table has the columns Nickname, Venue, Type, Status, Updated, CredentialId' {
        (($all | Out-String -Width 100) -split '\r?\n' | Where-Object { $_.Trim() })[0] -split '\s+' -ne '' |
            Should -Be 'Nickname', 'Venue', 'Type', 'Status', 'Updated', 'CredentialId'
    }

    It 'the table fits 100 characters with every id whole, also where only some are shown' -ForEach @(
        @{ Nicknames = '*' }
        @{ Nicknames = 'Lending ladder', 'Treasury hedge' }
    ) {
        $shown = @(Get-CadenzaCredential -Nickname $Nicknames)
        $text = $shown | Out-String -Width 100
        $text -split '\r?\n' | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        foreach ($credential in $shown) { $text | Should -BeLike "*$($credential.CredentialId)*" }
    }

    It 'the list shows the id, the times and what the key reaches' {
        $text = $all[0] | Format-List | Out-String -Width 120
        foreach ($line in 'CredentialId', 'Nickname', 'Venue', 'CredentialType', 'Status', 'Identities', 'CreatedAt', 'UpdatedAt') { $text | Should -Match "(?m)^$line\s*: \S" }
    }

    It 'the connection shows its view without being asked for a list' {
        $text = Get-CadenzaConnection | Out-String -Width 120
        foreach ($line in 'Environment', 'Host', 'User', 'TokenExpiresAt') { $text | Should -Match "(?m)^$line\s*: \S" }
    }

    It 'every culture sees the same dates' {
        $before = [cultureinfo]::CurrentCulture
        $expected = ($all | Out-String -Width 100), ($all[0] | Format-List | Out-String -Width 100)
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::new('ar-SA')
            ($all | Out-String -Width 100), ($all[0] | Format-List | Out-String -Width 100) | Should -Be $expected
        }
        finally { [cultureinfo]::CurrentCulture = $before }
    }
}
