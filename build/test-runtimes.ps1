# Suites on other runtimes than the SDK's, which the test verb adds where these runtimes can be had. build/test.ps1 dot-sources this file.

# The dotnet program with .NET 8 and its ASP.NET Core: the installed one, or one with the runtimes from NuGet. $null if there is none.
function Find-Net8Host {
    $runtimes = @(& dotnet --list-runtimes)
    if ($runtimes -match '^Microsoft\.NETCore\.App 8\.' -and $runtimes -match '^Microsoft\.AspNetCore\.App 8\.') {
        return (Get-Command dotnet -CommandType Application -TotalCount 1).Source
    }
    $version = ([xml](Get-Content -LiteralPath "$root/build/Net8Runtime.csproj" -Raw)).SelectSingleNode('//RuntimeVersion').InnerText
    $program = Join-Path $root "out/tools/dotnet/$version/$($IsWindows ? 'dotnet.exe' : 'dotnet')"
    if (-not (Test-Path -LiteralPath $program)) { $null = Test-Native 240 'dotnet', 'msbuild', 'build/Net8Runtime.csproj', '-restore', '-t:Install', '-nologo' }
    if (Test-Path -LiteralPath $program) { $program }
}

# The job of the suite on .NET 8, which PowerShell 7.4 uses. It has the tests of a quick run: what differs is the runtime, not the load.
function Get-Net8Job([string] $DotnetHost) {
    $name = 'Cadenza.Net8.Tests'
    $result = Join-Path $results "$name.trx"
    $command = 'dotnet', 'test', (Join-Path $root "tests/$name/bin/Release/net8.0/$name.dll"), '--results-directory', $results,
    '--logger', "trx;LogFileName=$name.trx", '--filter', ($Filter ? "($Filter)&Speed!=Slow" : 'Speed!=Slow'),
    '--', "RunConfiguration.DotNetHostPath=$DotnetHost"
    @{ Suite = $name; Command = $command; Result = $result }
}

# Stands for a suite that cannot run on this machine.
function New-MissingSuite([string] $Name, [string] $Reason) {
    $suite = New-Suite $Name
    $suite.Skipped = 1
    $suite.Skips = @([pscustomobject]@{ Name = $Name; Reason = $Reason })
    $suite
}
