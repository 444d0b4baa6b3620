# The coverage verb of build.ps1, which dot-sources this file. It uses $root, $Quick and Invoke-Native.
# Measures the xunit suites of the four assemblies without PowerShell types. What only the Pester tests run is not measured.

function Invoke-Coverage {
    $folder = Join-Path $root 'out/coverage'
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
    $null = New-Item -ItemType Directory -Force $folder
    Invoke-Native 'dotnet', 'restore', 'build/Coverage.csproj', '-v', 'q'
    $versions = [xml](Get-Content -LiteralPath build/Coverage.csproj -Raw)
    $collector = "out/tools/nuget/coverlet.collector/$($versions.SelectSingleNode('//CollectorVersion').InnerText)/build/net10.0"
    $tools = Join-Path $root 'out/tools/reportgenerator'
    $generator = Join-Path $tools ($IsWindows ? 'reportgenerator.exe' : 'reportgenerator')
    if (-not (Test-Path $generator)) {
        $version = $versions.SelectSingleNode('//ReportGeneratorVersion').InnerText
        Invoke-Native 'dotnet', 'tool', 'install', '--tool-path', $tools, 'dotnet-reportgenerator-globaltool', '--version', $version
    }
    foreach ($name in 'Audit', 'Client', 'Commands', 'Sandbox') {
        $command = 'dotnet', 'test', "tests/Cadenza.$name.Tests/bin/Release/net10.0/Cadenza.$name.Tests.dll", '--test-adapter-path', $collector,
        '--collect', 'XPlat Code Coverage', '--settings', 'build/coverage.runsettings', '--results-directory', "$folder/$name"
        Invoke-Native ($command + ($Quick ? @('--filter', 'Speed!=Slow') : @()))
    }
    Invoke-Native $generator, "-reports:$folder/*/*/coverage.cobertura.xml", "-targetdir:$folder/report", "-sourcedirs:$root/src",
    '-reporttypes:TextSummary;Cobertura', '-verbosity:Warning'
    Get-Content "$folder/report/Summary.txt" -TotalCount 20 | Out-Host
    Write-Host "All files: out/coverage/report"
}
