<#
.SYNOPSIS
    Changes one decision of the product at a time, and runs the tests that should notice it.
.DESCRIPTION
    tests/Mutations has the list of these changes, which are called mutants. Each one names its file, the original and the changed text, and the tests.
    The script works in a copy in the temporary folder and never changes the working tree. First, all these tests run without a mutant and must pass.
    A mutant is killed if a test fails or does not end in time. It survives if all of them pass. An equivalent mutant, which no test can notice, is
    accepted if the list gives the reason.

    The exit code is 1 if a mutant survives or an entry of the list is wrong: it does not compile, its tests do not exist, or it is accepted
    although a test notices it.
.EXAMPLE
    ./build.ps1 mutate
.EXAMPLE
    ./build.ps1 mutate -Only retry-*
#>
[CmdletBinding()]
param(
    # Only the mutants with these ids. Wildcards are allowed.
    [string[]] $Only = '*',

    # The time for the tests of one mutant.
    [ValidateRange(1, 3600)]
    [int] $TimeoutSeconds = 120
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$root = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '..'))
$copy = Join-Path ([IO.Path]::GetTempPath()) "cadenza-mutants-$([guid]::NewGuid().ToString('N'))"
# A mutant may leave a variable unused. Analyzers and documentation would only cost time.
$buildOptions = '-c', 'Release', '-nologo', '-v', 'q', '-m:1', '-nodeReuse:false', '-p:UseSharedCompilation=true', '-p:RunAnalyzers=false',
'-p:TreatWarningsAsErrors=false', '-p:GenerateDocumentationFile=false'

# The selected entries of the list.
function Read-Mutant {
    foreach ($file in Get-ChildItem (Join-Path $root 'tests/Mutations') -Filter *.json) {
        Get-Content -LiteralPath $file -Raw | ConvertFrom-Json -NoEnumerate | ForEach-Object { $_ } | Where-Object {
            $id = $_.id
            @($Only | Where-Object { $id -like $_ }).Count -gt 0
        }
    }
}

# Copies the files that git knows or would add, as they are in the working tree.
function Copy-Source {
    $files = & git -C $root -c core.quotePath=false ls-files --cached --others --exclude-standard
    if ($LASTEXITCODE -ne 0) { throw 'git ls-files failed. The mutation run requires a clone of the repository.' }
    foreach ($file in $files | Where-Object { Test-Path -LiteralPath (Join-Path $root $_) -PathType Leaf }) {
        $target = [IO.FileInfo](Join-Path $copy $file)
        $target.Directory.Create()
        [IO.File]::Copy((Join-Path $root $file), $target.FullName)
    }
}

# Runs dotnet in the copy. Returns its exit code and output; the exit code is $null if it was ended because it took too long.
function Invoke-Dotnet([string[]] $Arguments, [int] $Seconds = 600) {
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet', $Arguments)
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.WorkingDirectory = $copy
    $process = [Diagnostics.Process]::Start($start)
    try {
        $output = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
        $isEnded = $process.WaitForExit($Seconds * 1000)
        if (-not $isEnded) { $process.Kill($true) }
        # A compiler server that this process started may hold the pipes longer.
        $null = [Threading.Tasks.Task]::WaitAll([Threading.Tasks.Task[]]$output, 5000)
        $text = @($output | Where-Object IsCompletedSuccessfully | ForEach-Object Result) -join ''
        [pscustomobject]@{ ExitCode = $isEnded ? $process.ExitCode : $null; Output = $text }
    }
    finally { $process.Dispose() }
}

function Get-TestAssembly([string] $Project) { Join-Path $copy "tests/$Project/bin/Release/net10.0/$Project.dll" }

# A name is a class or Class.Method.
function Get-TestFilter([string[]] $Name) { ($Name | ForEach-Object { "FullyQualifiedName~.$_" }) -join '|' }

function Invoke-TestRun([string] $Project, [string] $TestFilter, [int] $Seconds) {
    Invoke-Dotnet @('test', (Get-TestAssembly $Project), '--nologo', '--filter', $TestFilter) $Seconds
}

function Invoke-SourceBuild([string] $Source) {
    Invoke-Dotnet (@('build', "src/$Source", '-f', 'net8.0', '--no-restore', '--no-dependencies') + $buildOptions)
}

# Builds each test project and runs all tests that the mutants name. They must pass without a mutant.
function Test-Original($Mutants) {
    foreach ($group in $Mutants | Group-Object project) {
        $build = Invoke-Dotnet (@('build', "tests/$($group.Name)") + $buildOptions)
        if ($build.ExitCode -ne 0) { throw "tests/$($group.Name) does not build.`n$($build.Output)" }
    }
    foreach ($group in $Mutants | Group-Object project) {
        $names = @($group.Group.tests | Sort-Object -Unique)
        $run = Invoke-TestRun $group.Name (Get-TestFilter $names) (10 * $TimeoutSeconds)
        if ($run.ExitCode -ne 0) { throw "The tests of $($group.Name) do not pass without a mutant.`n$($run.Output)" }
        Write-Host "$($group.Name): $($names.Count) classes or methods pass without a mutant."
    }
}

# Returns Killed, KilledByTimeout, Survived, or an error of the list.
function Test-Mutant($Mutant) {
    $file = Join-Path $copy $Mutant.file
    $text = [IO.File]::ReadAllText($file)
    if ($text.Split([string[]]@($Mutant.original), [StringSplitOptions]::None).Count -ne 2) { return 'Error: the original text does not occur exactly once' }
    $source = $Mutant.file.Split('/')[1]
    $assembly = Join-Path (Split-Path (Get-TestAssembly $Mutant.project)) "$source.dll"
    $original = [IO.File]::ReadAllBytes($assembly)
    try {
        [IO.File]::WriteAllText($file, $text.Replace($Mutant.original, $Mutant.changed))
        $build = Invoke-SourceBuild $source
        if ($build.ExitCode -ne 0) { return "Error: it does not compile`n$($build.Output)" }
        [IO.File]::Copy((Join-Path $copy "src/$source/bin/Release/net8.0/$source.dll"), $assembly, $true)
        $run = Invoke-TestRun $Mutant.project (Get-TestFilter $Mutant.tests) $TimeoutSeconds
        if ($null -eq $run.ExitCode) { return 'KilledByTimeout' }
        if ($run.ExitCode -ne 0) { return 'Killed' }
        if ($run.Output -notmatch ':\s*[1-9][0-9]*,.*\.dll') { return "Error: no test matches`n$($run.Output)" }
        return 'Survived'
    }
    finally {
        [IO.File]::WriteAllText($file, $text)
        [IO.File]::WriteAllBytes($assembly, $original)
    }
}

# Tests the mutants in groups of one source project. Each project is built from its original sources before the next one, because a
# constant of a mutant would become part of the projects that use it.
function Invoke-MutantList($Mutants) {
    $number = 0
    foreach ($group in $Mutants | Group-Object { $_.file.Split('/')[1] }) {
        foreach ($mutant in $group.Group) {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $result = Test-Mutant $mutant
            $reason = $mutant.PSObject.Properties['accepted']?.Value
            $verdict, $remark = switch -Wildcard ($result) {
                'Killed*' {
                    if ($reason) { 'error', 'It is accepted as surviving, but a test notices it.' }
                    else { 'killed', ($_ -eq 'Killed' ? '' : 'by the timeout') }
                }
                'Survived' { if ($reason) { 'accepted', $reason } else { 'SURVIVED', ($mutant.tests -join ', ') } }
                default { 'error', $_ }
            }
            Write-Host ('{0,3} {1,-9} {2,-44} {3,4:0.0} s  {4}' -f ++$number, $verdict, $mutant.id, $watch.Elapsed.TotalSeconds, $remark).TrimEnd()
            $verdict
        }
        $build = Invoke-SourceBuild $group.Name
        if ($build.ExitCode -ne 0) { throw "src/$($group.Name) does not build.`n$($build.Output)" }
    }
}

$mutants = @(Read-Mutant)
if ($mutants.Count -eq 0) { throw "No mutant has an id like $($Only -join ', ')." }
try {
    Copy-Source
    Test-Original $mutants
    $verdicts = @(Invoke-MutantList $mutants)
}
finally {
    if (Test-Path -LiteralPath $copy) { Remove-Item -LiteralPath $copy -Recurse -Force }
}
$count = @{ killed = 0; accepted = 0; SURVIVED = 0; error = 0 }
$verdicts | ForEach-Object { $count[$_]++ }
if ($count.error -gt 0) { Write-Host "$($count.error) entries of the list are wrong." }
Write-Host "$($count.killed) of $($mutants.Count) mutants killed, $($count.accepted) accepted, $($count.SURVIVED) survived"
exit [int]($count.SURVIVED + $count.error -gt 0)
