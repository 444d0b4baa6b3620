# The coverage verb of build.ps1, which dot-sources this file. It uses $root, $pwsh, $Quick and Invoke-Native.
# The report adds up what the xunit suites run in the test folders, and what the Pester tests run in a copy of the module for PowerShell 7.

function Invoke-Coverage {
    $folder = Join-Path $root 'out/coverage'
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
    $null = New-Item -ItemType Directory -Force $folder
    Invoke-Native 'dotnet', 'restore', 'build/Coverage.csproj', '-v', 'q'
    $versions = [xml](Get-Content -LiteralPath build/Coverage.csproj -Raw)
    $generator = Install-ReportGenerator $versions.SelectSingleNode('//ReportGeneratorVersion').InnerText
    $collector = "out/tools/nuget/coverlet.collector/$($versions.SelectSingleNode('//CoverletVersion').InnerText)/build/net10.0"
    foreach ($name in 'Cadenza.Audit', 'Cadenza.Client', 'Cadenza.Commands', 'Cadenza.Sandbox', 'CadenzaPS') {
        Measure-XunitCoverage $name $collector "$folder/$name"
    }
    Measure-PesterCoverage $folder
    Invoke-Native $generator, "-reports:$folder/*/*/coverage.cobertura.xml", "-targetdir:$folder/report", "-sourcedirs:$root/src",
    '-reporttypes:TextSummary;Cobertura', '-verbosity:Warning'
    Get-Content "$folder/report/Summary.txt" -TotalCount 20 | Out-Host
    Write-Host "All files: out/coverage/report"
}

# Returns the program. It is a .NET tool.
function Install-ReportGenerator([string] $Version) {
    $tools = Join-Path $root 'out/tools/reportgenerator'
    $generator = Join-Path $tools ($IsWindows ? 'reportgenerator.exe' : 'reportgenerator')
    if (-not (Test-Path $generator)) {
        Invoke-Native 'dotnet', 'tool', 'install', '--tool-path', $tools, 'dotnet-reportgenerator-globaltool', '--version', $Version
    }
    $generator
}

# The architecture tests do not run: they read the assemblies, which the collector changes.
function Measure-XunitCoverage([string] $Name, [string] $Collector, [string] $Folder) {
    $selection = @(if ($Quick) { 'Speed!=Slow' }) + 'FullyQualifiedName!~Architecture'
    Invoke-Native 'dotnet', 'test', "tests/$Name.Tests/bin/Release/net10.0/$Name.Tests.dll", '--test-adapter-path', $Collector,
    '--collect', 'XPlat Code Coverage', '--settings', 'build/coverage.runsettings', '--results-directory', $Folder,
    '--filter', ($selection -join '&')
}

function Measure-PesterCoverage([string] $Folder) {
    $null = New-Item -ItemType Directory "$Folder/module", "$Folder/Pester/all"
    Copy-Item out/CadenzaPS "$Folder/module" -Recurse
    $test = $pwsh + '-File', "$root/build.ps1", 'test', '-Module', "$Folder/module/CadenzaPS/CadenzaPS.psd1" + @(if ($Quick) { '-Quick' })
    # In environment variables, because MSBuild splits arguments at quotes. The command runs in a shell.
    $env:TestCommand = ($test | ForEach-Object { '"{0}"' -f $_ }) -join ' '
    $env:ModuleFolder = "$Folder/module/CadenzaPS"
    $env:Report = "$Folder/Pester/all/coverage.cobertura.xml"
    Invoke-Native 'dotnet', 'msbuild', 'build/Coverage.csproj', '-t:Pester', '-nologo', '-v:m'
}
