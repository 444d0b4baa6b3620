# What an import does in a process that has loaded another copy of the module, and what the session does when the files change meanwhile.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/ModuleCopy.ps1"
    $first = New-ModuleCopy (Join-Path $TestDrive first)
    $same = New-ModuleCopy (Join-Path $TestDrive same)
    $other = New-ModuleCopy (Join-Path $TestDrive other) 9.8.7
    $version = [version](Import-PowerShellDataFile $ModulePath).ModuleVersion

    # Runs a script in a new process that has $first, $same and $other, and Import-Copy, which imports one of them and returns its error.
    function Invoke-Import([string] $Script) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).ps1"
        Set-Content $file @"
`$first, `$same, `$other = '$first', '$same', '$other'
function Import-Copy([string] `$Path, [switch] `$Force) {
    try { Import-Module `$Path -Force:`$Force -ErrorAction Stop } catch { @{ Id = `$_.FullyQualifiedErrorId.Split(',')[0]; Message = "`$_" } }
}
function Get-Loaded {
    @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object FullName -Like 'Cadenza*' | ForEach-Object { Split-Path `$_.Location } | Sort-Object -Unique)
}
`$result = @{}
$Script
`$result.Errors = @(`$Error | ForEach-Object { "`$_" })
'RESULT ' + (ConvertTo-Json `$result -Compress -Depth 3)
"@
        $run = Invoke-PowerShell '-File', $file
        $run.Err | Should -BeNullOrEmpty
        $run.Out | Should -Match '(?m)^RESULT '
        [regex]::Match($run.Out, '(?m)^RESULT (.*)$').Groups[1].Value | ConvertFrom-Json
    }

    function Get-Sentence([string] $Copy, [string] $Reason) {
        "CadenzaPS cannot be imported from '$(Split-Path $Copy)': this process has already loaded * $Reason. " +
            'Start a new PowerShell session and import the module there.'
    }
}
AfterAll { Restore-TestSession }

Describe 'Importing another copy of the module' -Tag Slow {
    It 'ends in one error, and the imported copy still works: <Title>' -ForEach @(
        @{ Title = 'another version'; Copy = 'other'; Force = '' }
        @{ Title = 'another version with -Force'; Copy = 'other'; Force = '-Force' }
        @{ Title = 'the same version in another folder'; Copy = 'same'; Force = '' }
    ) {
        $result = Invoke-Import @"
Import-Module `$first
`$before = (Get-TypeData Cadenza.*, Deserialized.Cadenza.*).TypeName
`$result.Failure = Import-Copy `$$Copy $Force
`$result.Modules = @((Get-Module -All Cadenza*).ModuleBase)
`$result.IsSameTypeData = "`$before" -eq "`$((Get-TypeData Cadenza.*, Deserialized.Cadenza.*).TypeName)"
`$result.Folders = Get-Loaded
Connect-Cadenza -Sandbox
`$result.Table = Get-CadenzaCredential | Out-String -Width 120
Remove-Module CadenzaPS
`$result.Commands = @(Get-Command *-Cadenza*).Count
"@
        $result.Failure.Id | Should -Be CadenzaAlreadyLoaded
        $copy = Get-Variable $Copy -ValueOnly
        $result.Failure.Message | Should -BeLike (Get-Sentence $copy "$version from '$(Split-Path $first)*.dll'")
        $result.Errors | Should -HaveCount 1
        $result.Modules | Should -Contain (Split-Path $first)
        $result.Modules | Where-Object { $_ -notlike "$(Split-Path $first)*" } | Should -BeNullOrEmpty
        $result.IsSameTypeData | Should -BeTrue
        @($result.Folders) | Should -HaveCount 1
        $result.Folders | Should -BeLike "$(Split-Path $first)*"
        $result.Table | Should -Match '(?m)^Nickname\s+Venue\s+Type\s+Status\s+Updated\s+CredentialId\s*$'
        $result.Commands | Should -Be 0
    }

    It 'ends in one error also after Remove-Module, and leaves nothing behind' {
        $result = Invoke-Import @'
Import-Module $first
Remove-Module CadenzaPS
$result.Failure = Import-Copy $other
$result.Left = @((Get-Module -All Cadenza*).Name) + (Get-Command *-Cadenza*).Name + (Get-TypeData Cadenza.*, Deserialized.Cadenza.*).TypeName | Where-Object { $_ }
Import-Module $first
Connect-Cadenza -Sandbox
$result.Count = @(Get-CadenzaCredential).Count
'@
        $result.Failure.Id | Should -Be CadenzaAlreadyLoaded
        $result.Failure.Message | Should -BeLike (Get-Sentence $other "$version from '$(Split-Path $first)*.dll'")
        $result.Errors | Should -HaveCount 1
        $result.Left | Should -BeNullOrEmpty
        $result.Count | Should -Be 24
    }

    It 'works where the process has loaded no other copy' {
        $result = Invoke-Import @'
$result.Failure = Import-Copy $other
$result.Version = "$((Get-Module CadenzaPS).Version)"
$result.Again = Import-Copy $other -Force
Remove-Module CadenzaPS
'@
        $result.Failure | Should -BeNullOrEmpty
        $result.Again | Should -BeNullOrEmpty
        $result.Version | Should -Be 9.8.7
        $result.Errors | Should -HaveCount 0
    }

    It 'ends in one error when the assembly cannot be loaded, and leaves nothing behind' {
        $broken = New-ModuleCopy (Join-Path $TestDrive broken)
        Get-ChildItem (Join-Path (Split-Path $broken) bin/*/CadenzaPS.dll) | ForEach-Object { [IO.File]::WriteAllText($_, 'not an assembly') }
        $result = Invoke-Import @"
`$result.Failure = Import-Copy '$broken'
`$result.Left = @((Get-Module -All Cadenza*).Name) + (Get-Command *-Cadenza*).Name | Where-Object { `$_ }
"@
        $result.Failure.Message | Should -Match 'CadenzaPS\.dll'
        $result.Left | Should -BeNullOrEmpty
    }
}

Describe 'While the module is imported' -Tag Slow {
    It 'an update of its files in place does not go unnoticed: -Force ends in one error' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows does not let anyone replace the file of a loaded assembly.' }
        $updated = New-ModuleCopy (Join-Path $TestDrive updated)
        $result = Invoke-Import @"
Import-Module '$updated'
Remove-Item '$(Split-Path $updated)' -Recurse -Force
Copy-Item '$(Split-Path $other)' '$(Split-Path $updated)' -Recurse
Connect-Cadenza -Sandbox
`$result.Findings = @(Get-CadenzaCredentialFinding).Count
`$result.Failure = Import-Copy '$updated' -Force
`$result.Commands = @(Get-Command *-Cadenza*).Count
"@
        $result.Findings | Should -BeGreaterThan 0
        $result.Failure.Id | Should -Be CadenzaAlreadyLoaded
        $result.Failure.Message | Should -BeLike (Get-Sentence $updated "$version from the same folder, whose files were replaced since")
        $result.Errors | Should -HaveCount 1
        $result.Commands | Should -Be 0
    }

    It 'its cmdlets work on after it was uninstalled' {
        $removed = New-ModuleCopy (Join-Path $TestDrive removed)
        # On Windows the loaded assemblies stay where they are, and everything else goes.
        $result = Invoke-Import @"
Import-Module '$removed'
Remove-Item '$(Split-Path $removed)' -Recurse -Force -ErrorAction Ignore
Connect-Cadenza -Sandbox
`$result.Credentials = @(Get-CadenzaCredential).Count
`$result.Findings = @(Get-CadenzaCredentialFinding).Count
`$result.Report = (Export-CadenzaCredentialReport '$(Join-Path $TestDrive report.html)' -PassThru).Length
`$result.Status = (Get-CadenzaCredential -Nickname 'Lending ladder' | Revoke-CadenzaCredential -Force).Status
Remove-Module CadenzaPS
"@
        $result.Errors | Should -HaveCount 0
        $result.Credentials | Should -Be 24
        $result.Findings | Should -BeGreaterThan 0
        $result.Report | Should -BeGreaterThan 10000
        $result.Status | Should -Be REVOKED
    }
}
