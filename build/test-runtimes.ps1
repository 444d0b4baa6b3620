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

# The command that starts the program for .NET Framework: on Windows itself, elsewhere Mono. $null if this runtime is missing or incomplete.
function Find-NetFrameworkCommand([string] $Program) {
    $command = @(if (-not $IsWindows) { (Get-Command mono -CommandType Application -TotalCount 1 -ErrorAction Ignore).Source }; $Program) | Where-Object { $_ }
    if (($IsWindows -or $command.Count -eq 2) -and (Test-Native 60 ($command + '--probe'))) { $command }
}

# The job that loads the module's assemblies for Windows PowerShell 5.1 on .NET Framework or Mono, and lists, revokes and rotates.
function Get-NetFrameworkJob([string[]] $Command, [string] $Program) {
    $result = Join-Path $results "$([IO.Path]::GetFileNameWithoutExtension($Program)).json"
    $server = Join-Path $root 'tests/Cadenza.SandboxServer/bin/Release/net10.0/Cadenza.SandboxServer.dll'
    $folder = Join-Path $root 'out/CadenzaPS/bin/netstandard2.0'
    @{ Suite = 'Cadenza.NetFramework.Smoke'; Command = $Command + $folder + $server + $result; Result = $result }
}

# Adds to the jobs those on other runtimes. What is missing is added to the suites as skipped.
function Add-RuntimeJob([Collections.Generic.List[object]] $Jobs, [Collections.Generic.List[object]] $Suites) {
    $net8 = Find-Net8Host
    if ($net8) { $Jobs.Add((Get-Net8Job $net8)) }
    else {
        $Suites.Add((New-MissingSuite 'Cadenza.Net8.Tests' ('Requires the runtimes of .NET 8 and its ASP.NET Core. They are not installed, ' +
                    'and NuGet could not be reached: https://dotnet.microsoft.com/download/dotnet/8.0')))
    }
    if ($Filter) { return }
    $program = Join-Path $root 'tests/Cadenza.NetFramework.Smoke/bin/Release/net472/Cadenza.NetFramework.Smoke.exe'
    $command = Find-NetFrameworkCommand $program
    if ($command) { $Jobs.Add((Get-NetFrameworkJob $command $program)) }
    else {
        $Suites.Add((New-MissingSuite 'Cadenza.NetFramework.Smoke' ('Requires .NET Framework 4.7.2, or Mono 6 with its class libraries: ' +
                    'apt-get install mono-devel, or https://www.mono-project.com/download/stable')))
    }
}

# Stands for a suite that cannot run on this machine.
function New-MissingSuite([string] $Name, [string] $Reason) {
    $suite = New-Suite $Name
    $suite.Skipped = 1
    $suite.Skips = @([pscustomobject]@{ Name = $Name; Reason = $Reason })
    $suite
}
