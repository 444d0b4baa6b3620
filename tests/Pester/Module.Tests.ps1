# The module as it ships: manifest, files, cmdlets, and how its objects look.

BeforeDiscovery {
    $root = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../..'))
    $path = if ($env:CADENZA_TEST_MODULE) { $env:CADENZA_TEST_MODULE } else { Join-Path $root 'out/CadenzaPS/CadenzaPS.psd1' }
    $netStandardScript = Join-Path $root out/netstandard2.0/CadenzaPS/CadenzaPS.psm1
    $cmdlets = @((Import-PowerShellDataFile $path).CmdletsToExport | ForEach-Object { @{ Name = $_ } })
    $onCredentials = @($cmdlets | Where-Object { $_.Name -like '*-CadenzaCredential' })
    $changing = @($onCredentials | Where-Object { $_.Name -notmatch '^(Get|Test|Watch)-' })
    $byId = @($cmdlets | Where-Object { $_.Name -match '-CadenzaCredential(Impact|Finding)?$' -and $_.Name -notlike 'New-*' })
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $folder = Split-Path $ModulePath

    # A fresh process: what an import loads shows only where nothing is loaded yet.
    function Invoke-Fresh([string] $Script) {
        $run = Invoke-PowerShell '-Command', $Script @{ CADENZA_TEST_IMPORT = $ModulePath }
        if ($run.Err) { throw $run.Err }
        $run.Out.Trim() -split '\r?\n'
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

    It 'ships for Windows PowerShell 5.1 every assembly that the build refers to, in the version that it refers to' {
        # What .NET Framework 4.7.2 and Windows PowerShell have in the box.
        $inTheBox = 'netstandard', 'System.Management.Automation'
        $files = Get-ChildItem (Join-Path $folder 'bin/netstandard2.0') -Filter *.dll
        $shipped = @{}
        foreach ($file in $files) { $shipped[$file.BaseName] = [Reflection.AssemblyName]::GetAssemblyName($file.FullName).Version }
        $referred = foreach ($file in $files) {
            $reader = [Reflection.PortableExecutable.PEReader]::new([IO.File]::OpenRead($file.FullName))
            $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($reader)
            foreach ($handle in $metadata.AssemblyReferences) {
                $reference = $metadata.GetAssemblyReference($handle)
                @{ From = $file.Name; Name = $metadata.GetString($reference.Name); Version = $reference.Version }
            }
            $reader.Dispose()
        }
        $referred.Name | Should -Contain 'System.Text.Json'
        $referred | Where-Object { $_.Name -notin $inTheBox -and -not ($shipped[$_.Name] -ge $_.Version) } |
            ForEach-Object { "$($_.From) needs $($_.Name) $($_.Version); shipped: $($shipped[$_.Name])" } | Should -BeNullOrEmpty
    }

    It 'has one inner manifest for each build, with the version, the cmdlets and all assemblies of the module' -ForEach 'net8.0', 'netstandard2.0' {
        $outer = Import-PowerShellDataFile $ModulePath
        $inner = Import-PowerShellDataFile (Join-Path $folder "bin/$_/CadenzaPS.Binary.psd1")
        $inner.ModuleVersion | Should -Be $outer.ModuleVersion
        $inner.CmdletsToExport | Should -Be $outer.CmdletsToExport
        $inner.RequiredAssemblies | Sort-Object | Should -Be ((Get-ChildItem (Join-Path $folder "bin/$_/Cadenza*.dll")).Name | Sort-Object)
    }

    # Where the module was built here: a package that was built elsewhere comes without this folder.
    if (Test-Path $netStandardScript) {
        It 'differs by one line from the copy that the tests of the netstandard2.0 build import' {
            $shipped, $copy = $modulePsm1, $netStandardScript | ForEach-Object { , @(Get-Content -LiteralPath $_) }
            $copy | Should -HaveCount $shipped.Count
            @(0..($shipped.Count - 1) | Where-Object { $shipped[$_] -cne $copy[$_] } | ForEach-Object { $copy[$_] }) |
                Should -BeExactly @("`$framework = 'netstandard2.0'")
        } -TestCases @{ modulePsm1 = Join-Path $root src/CadenzaPS/CadenzaPS.psm1; netStandardScript = $netStandardScript }
    }

    It 'names every library that it ships in THIRD-PARTY-NOTICES.txt, and no other' {
        $named = @(Get-Content (Join-Path $folder THIRD-PARTY-NOTICES.txt) | Where-Object { $_ -match '^  (\S+)$' } | ForEach-Object Trim)
        $shipped = (Get-ChildItem (Join-Path $folder bin) -Recurse -Filter *.dll).BaseName | Where-Object { $_ -notlike 'Cadenza*' }
        $named | Sort-Object | Should -Be ($shipped | Sort-Object)
    }

    It 'imports no other module, which would take longer than it does itself' -Tag Slow {
        Invoke-Fresh 'Import-Module $env:CADENZA_TEST_IMPORT; (Get-Module).Name' | Should -Be 'CadenzaPS'
    }

    It 'ships nothing of PowerShell itself' {
        Get-ChildItem $folder -Recurse -File -Include 'System.Management.Automation*', 'PowerShellStandard*' | Should -BeNullOrEmpty
    }

    It 'loads no assembly from its folder but our own, and lists credentials so' -Tag Slow {
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
        # The build for Windows PowerShell has TimeProvider in an assembly of its own.
        $found | Where-Object { $_ -ne 'Microsoft.Bcl.TimeProvider.dll' -or $ModulePath -notlike '*netstandard2.0*' } | Sort-Object | Should -Be 'Cadenza.Audit.dll', 'Cadenza.Client.dll', 'Cadenza.Commands.dll', 'Cadenza.Sandbox.dll', 'CadenzaPS.dll'
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
        # -AccessTokenSource is a script block that returns the secret.
        $secret = $parameters | Where-Object Name -Match 'secret|passphrase|password|token|apikey|credential$' | Where-Object Name -NotIn 'ApiCredentialId', 'AccessTokenSource', 'TokenLifetimeSec'
        foreach ($parameter in $secret) { $parameter.ParameterType | Should -BeIn ([securestring]), ([pscredential]) }
    }

    It 'has parameter names in PascalCase and in the singular' {
        if ($parameters) { $parameters.Name | Should -MatchExactly '^[A-Z][A-Za-z]+$' }
        # A number of days is a plural.
        $parameters.Name | Where-Object { $_ -match '[^us]s$' -and $_ -notlike '*Days' } | Should -BeNullOrEmpty
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

    It 'emits credentials, what a test of them found, or their changes' {
        $expected = switch -Wildcard ($Name) {
            'Test-*' { [Cadenza.Client.Models.VerificationResult], [bool] }
            'Watch-*' { [Cadenza.Commands.Watching.CredentialEvent] }
            default { [Cadenza.Client.Models.CadenzaCredential] }
        }
        if ($command.Parameters.ContainsKey('AsResult')) { $expected = @($expected) + [Cadenza.Commands.Results.CredentialResult] }
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
