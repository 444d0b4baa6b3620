# Copies of the module folder as another version, for the tests that import, update or uninstall one. Dot-source it after Support.ps1.

# Copies the module to a folder and returns the path of the copy's manifest. With -Version, the manifests and assemblies have that version.
function New-ModuleCopy([string] $Folder, [version] $Version) {
    $copy = Join-Path $Folder CadenzaPS
    $null = New-Item -ItemType Directory -Force $Folder
    Copy-Item -LiteralPath (Split-Path $ModulePath) $copy -Recurse
    if ($Version) {
        $old = (Import-PowerShellDataFile $ModulePath).ModuleVersion
        foreach ($file in Get-ChildItem $copy -Recurse -Filter CadenzaPS*.psd1) {
            $text = Get-Content -LiteralPath $file -Raw
            $text | Should -Match "(?m)^\s*ModuleVersion\s*=\s*'$([regex]::Escape($old))'"
            Set-Content -LiteralPath $file ($text -replace "(?m)^(\s*ModuleVersion\s*=\s*)'[^']*'", "`$1'$Version'")
        }
        foreach ($file in Get-ChildItem (Join-Path $copy bin/*/Cadenza*.dll)) { Set-AssemblyVersion $file.FullName $Version }
    }
    Join-Path $copy CadenzaPS.psd1
}

# Gives an assembly another version and, as another build has one, another module version id.
function Set-AssemblyVersion([string] $Path, [version] $Version) {
    $bytes = [IO.File]::ReadAllBytes($Path)
    $file = [Reflection.PortableExecutable.PEReader]::new([IO.MemoryStream]::new($bytes))
    $reader = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($file)
    $metadata = $file.PEHeaders.MetadataStartOffset
    # A row of the Assembly table begins with the hash algorithm (4 bytes), then four numbers of 2 bytes each.
    $row = $metadata + [Reflection.Metadata.Ecma335.MetadataReaderExtensions]::GetTableMetadataOffset($reader, 'Assembly') + 4
    [BitConverter]::GetBytes([uint16]$Version.Major).CopyTo($bytes, $row)
    [BitConverter]::GetBytes([uint16]$Version.Minor).CopyTo($bytes, $row + 2)
    [BitConverter]::GetBytes([uint16]$Version.Build).CopyTo($bytes, $row + 4)
    $id = $metadata + [Reflection.Metadata.Ecma335.MetadataReaderExtensions]::GetHeapMetadataOffset($reader, 'Guid')
    $bytes[$id] = $bytes[$id] -bxor 0xFF
    $file.Dispose()
    [IO.File]::WriteAllBytes($Path, $bytes)
}
