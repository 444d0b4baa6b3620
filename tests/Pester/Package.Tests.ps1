# The package: what it says about itself, and that PSResourceGet installs, updates and uninstalls it.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/ModuleCopy.ps1"
    $version = (Import-PowerShellDataFile $ModulePath).ModuleVersion
    $project = Join-Path $Root build/Module.csproj

    function Invoke-Dotnet([string[]] $Arguments) {
        $lines = & dotnet @Arguments -nologo -v:m "-p:BaseIntermediateOutputPath=$TestDrive/obj/" 2>&1
        if ($LASTEXITCODE -ne 0) { throw ($lines -join "`n") }
    }

    # Packs a module folder and returns the path of the package.
    function New-Package([string] $Manifest, [string] $Destination) {
        Invoke-Dotnet 'pack', $project, "-p:ModuleFolder=$(Split-Path $Manifest)/", "-p:PackageOutputPath=$Destination/"
        (Get-ChildItem $Destination -Filter *.nupkg).FullName
    }

    function Read-Nuspec([string] $Package) {
        $archive = [IO.Compression.ZipFile]::OpenRead($Package)
        try {
            $reader = [IO.StreamReader]::new($archive.GetEntry('CadenzaPS.nuspec').Open())
            @{ Metadata = ([xml]$reader.ReadToEnd()).package.metadata; Files = @($archive.Entries.FullName) }
        }
        finally { $archive.Dispose() }
    }
}
AfterAll { Restore-TestSession }

Describe 'The package of the module as it was built' -Tag Slow {
    BeforeAll {
        $repository = Join-Path $TestDrive repository
        $package = New-Package $ModulePath $repository
        $nuspec = Read-Nuspec $package
    }

    It 'holds every file of the module folder, with license, README and third-party notices' {
        $folder = Split-Path $ModulePath
        $files = @(Get-ChildItem $folder -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($folder, $_.FullName).Replace('\', '/') })
        foreach ($file in 'LICENSE', 'README.md', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.txt') { $files | Should -Contain $file }
        $nuspec.Files | Where-Object { $_ -in $files } | Sort-Object | Should -Be ($files | Sort-Object)
    }

    It 'says what the manifest says' {
        $data = Import-PowerShellDataFile $ModulePath
        $nuspec.Metadata.version | Should -Be $data.ModuleVersion
        $nuspec.Metadata.description | Should -Be $data.Description
        $nuspec.Metadata.licenseUrl | Should -Be $data.PrivateData.PSData.LicenseUri
        $data.PrivateData.PSData.ReleaseNotes | Should -BeLike '*CHANGELOG.md*'
        foreach ($cmdlet in $data.CmdletsToExport) { -split $nuspec.Metadata.tags | Should -Contain "PSCmdlet_$cmdlet" }
    }

    It 'has the top section of the changelog as release notes' {
        $top = ((Get-Content -Raw (Join-Path $Root CHANGELOG.md)) -split '(?m)^## .*$')[1].Trim()
        $top | Should -Not -BeNullOrEmpty
        $nuspec.Metadata.releaseNotes.Replace("`r`n", "`n").Trim() | Should -BeExactly $top.Replace("`r`n", "`n")
    }

    It 'is installed, updated and uninstalled by PSResourceGet' {
        if ($IsWindows -and -not $env:CI) { Set-ItResult -Skipped -Because 'On Windows it would be installed for you: the folder cannot be redirected. Set CI to run it.' }
        $newer = New-ModuleCopy (Join-Path $TestDrive newer) 9.8.7
        $script = Join-Path $TestDrive install.ps1
        Set-Content $script @'
param($Repository, $Version, $Newer)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
function Get-Installed { (Get-InstalledPSResource CadenzaPS -ErrorAction Ignore).Version | Sort-Object | Join-String -Separator ' ' }
function Get-Session { Connect-Cadenza -Sandbox; "$((Get-Module CadenzaPS).Version): $(@(Get-CadenzaCredential).Count) credentials" }
Register-PSResourceRepository CadenzaTest -Uri $Repository -Trusted
"found: $((Find-PSResource CadenzaPS -Repository CadenzaTest).Version)"
Install-PSResource CadenzaPS -Version $Version -Repository CadenzaTest
"installed: $(Get-Installed)"
Import-Module CadenzaPS
"imported $(Get-Session)"
Publish-PSResource -Path (Split-Path $Newer) -Repository CadenzaTest
Update-PSResource CadenzaPS -Repository CadenzaTest
"updated: $(Get-Installed)"
"still $(Get-Session)"
try { Import-Module CadenzaPS -Force } catch { "the newer one here: $($_.FullyQualifiedErrorId.Split(',')[0])" }
'@
        $next = Join-Path $TestDrive next.ps1
        Set-Content $next @'
$ErrorActionPreference = 'Stop'
Import-Module CadenzaPS
Connect-Cadenza -Sandbox
"imported $((Get-Module CadenzaPS).Version): $(@(Get-CadenzaCredential).Count) credentials"
Uninstall-PSResource CadenzaPS -Version '*'
"uninstalled: $(@(Get-InstalledPSResource CadenzaPS -ErrorAction Ignore).Count) left, $(@(Get-Module CadenzaPS -ListAvailable).Count) found"
"still $(@(Get-CadenzaCredentialFinding).Count -gt 0)"
'@
        $userFolder = Join-Path $TestDrive home
        $variables = @{ HOME = $userFolder; PSModulePath = $null }
        # PowerShell looks for modules in XDG_DATA_HOME, and PSResourceGet installs to .local/share whatever it says. What does not exist
        # PSResourceGet replaces by the current folder.
        foreach ($pair in @('XDG_DATA_HOME', '.local/share'), @('XDG_CONFIG_HOME', '.config'), @('XDG_CACHE_HOME', '.cache')) {
            $variables[$pair[0]] = (New-Item -ItemType Directory -Force (Join-Path $userFolder $pair[1])).FullName
        }

        $first = Invoke-PowerShell '-File', $script, '-Repository', $repository, '-Version', $version, '-Newer', $newer $variables $userFolder
        $first.Err | Should -BeNullOrEmpty
        $first.Out.Trim() -split '\r?\n' | Should -Be @(
            "found: $version", "installed: $version", "imported ${version}: 24 credentials"
            "updated: $version 9.8.7", "still ${version}: 24 credentials", 'the newer one here: CadenzaAlreadyLoaded')

        $second = Invoke-PowerShell '-File', $next $variables $userFolder
        $second.Err | Should -BeNullOrEmpty
        $second.Out.Trim() -split '\r?\n' | Should -Be 'imported 9.8.7: 24 credentials', 'uninstalled: 0 left, 0 found', 'still True'
    }
}

Describe 'The properties that a release sets' -Tag Slow {
    BeforeAll {
        $isBuilt = Test-Path (Join-Path $Root src/CadenzaPS/bin/Release)
        if ($isBuilt) {
            $folder = Join-Path $TestDrive released/CadenzaPS
            Invoke-Dotnet 'msbuild', $project, '-t:Assemble', '-p:HelpBaseUri=https://help.example.com/en-US/', '-p:IconUri=https://example.com/icon.png',
                '-p:ProjectUri=https://example.com/it%27s', "-p:ModuleFolder=$folder/", "-p:Staging=$TestDrive/staging/", "-p:NetStandardFolder=$TestDrive/netstandard/"
            $nuspec = Read-Nuspec (New-Package "$folder/CadenzaPS.psd1" (Join-Path $TestDrive released-package))
        }
    }
    BeforeEach {
        if (-not $isBuilt) { Set-ItResult -Skipped -Because 'Requires the output of the build: ./build.ps1 build' }
    }

    It 'stand in the manifest and in the package' {
        $data = (Import-PowerShellDataFile "$folder/CadenzaPS.psd1").PrivateData.PSData
        $data.ProjectUri, $nuspec.Metadata.projectUrl | Should -Be 'https://example.com/it''s', 'https://example.com/it''s'
        $data.IconUri, $nuspec.Metadata.iconUrl | Should -Be 'https://example.com/icon.png', 'https://example.com/icon.png'
    }

    It 'give every cmdlet of the help its address' {
        $help = [xml](Get-Content -Raw "$folder/en-US/CadenzaPS.dll-Help.xml")
        $commands = @($help.helpItems.command | Where-Object { $_ -is [Xml.XmlElement] })
        $commands.details.name | Sort-Object | Should -Be ((Import-PowerShellDataFile $ModulePath).CmdletsToExport | Sort-Object)
        foreach ($command in $commands) {
            @($command.relatedLinks.navigationLink)[0].uri | Should -Be "https://help.example.com/en-US/$($command.details.name).md"
            @($command.relatedLinks.navigationLink)[0].linkText | Should -Be 'Online Version'
        }
    }

    It 'are left out where they are not set' {
        Invoke-Dotnet 'msbuild', $project, '-t:Assemble', '-p:HelpBaseUri=', '-p:IconUri=', '-p:ProjectUri=',
            "-p:ModuleFolder=$TestDrive/plain/", "-p:Staging=$TestDrive/staging/", "-p:NetStandardFolder=$TestDrive/netstandard/"
        $data = (Import-PowerShellDataFile "$TestDrive/plain/CadenzaPS.psd1").PrivateData.PSData
        $data.Keys | Sort-Object | Should -Be 'LicenseUri', 'ReleaseNotes', 'Tags'
        Get-Content -Raw "$TestDrive/plain/en-US/CadenzaPS.dll-Help.xml" | Should -Not -Match 'Online Version'
    }
}
