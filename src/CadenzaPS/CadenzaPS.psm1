# PowerShell 7 has in the box everything that the net8.0 build needs; Windows PowerShell 5.1 gets the other build.
# The import avoids what the engine must compile or load first: commands of Microsoft.PowerShell.Utility, comparison operators, and closures.
$framework = if ($IsCoreCLR) { 'net8.0' } else { 'netstandard2.0' }

# A type of each assembly. One that the process has loaded is found.
$types = 'CadenzaPS.Cmdlets.GetCadenzaCredential', 'Cadenza.Client.CadenzaClient', 'Cadenza.Commands.CadenzaErrorReport',
    'Cadenza.Audit.CredentialAudit', 'Cadenza.Sandbox.SandboxHandler'

# In ConstrainedLanguage mode, methods of most types cannot be called. The import needs none. FullLanguage is the mode 0.
$isFullLanguage = -not $ExecutionContext.SessionState.LanguageMode

# Whether the file of a loaded assembly still has the build that is loaded, whose id it contains.
function Test-SameBuild($Assembly) {
    # Latin-1 reads every byte as one character.
    $content = if ($isFullLanguage) {
        [System.IO.File]::ReadAllText($Assembly.Location, [System.Text.Encoding]::GetEncoding(28591))
    }
    elseif ($PSVersionTable.PSEdition -eq 'Core') {
        Get-Content -LiteralPath $Assembly.Location -Raw -Encoding latin1
    }

    # Windows does not let anyone replace the file of a loaded assembly.
    $null -eq $content -or $content.Contains(-join [char[]]$Assembly.ManifestModule.ModuleVersionId.ToByteArray())
}

# Fails if a loaded assembly has the name of one of this copy and is not from the same file, or the file was replaced since.
function Assert-SameCopy {
    $separator = [System.IO.Path]::DirectorySeparatorChar
    foreach ($typeName in $types) {
        $type = $typeName -as [type]
        if ($null -eq $type) { continue }
        $assembly = $type.Assembly
        $name = $assembly.FullName -replace ',.*$'
        $source = "from '$($assembly.Location)'"
        if ($assembly.Location -eq "$PSScriptRoot${separator}bin$separator$framework$separator$name.dll") {
            if (Test-SameBuild $assembly) { continue }
            $source = 'from the same folder, whose files were replaced since'
        }

        # Of the name of an assembly, only the text can be read without a method.
        $version = $assembly.FullName -replace '^.*Version=([0-9]+[.][0-9]+[.][0-9]+).*$', '$1'
        $message = "CadenzaPS cannot be imported from '$PSScriptRoot': this process has already loaded $name $version $source. " +
            'Start a new PowerShell session and import the module there.'
        if (-not $isFullLanguage) {
            Write-Error $message -ErrorId CadenzaAlreadyLoaded -Category ResourceExists -TargetObject $assembly.Location -ErrorAction Stop
        }

        throw [System.Management.Automation.ErrorRecord]::new(
            [System.InvalidOperationException]::new($message), 'CadenzaAlreadyLoaded', 'ResourceExists', $assembly.Location)
    }
}

# .NET cannot unload an assembly. If the process has one of another copy, nothing of this copy is loaded.
foreach ($typeName in $types) {
    if ($typeName -as [type]) {
        Assert-SameCopy
        break
    }
}

$binary = Import-Module "$PSScriptRoot/bin/$framework/CadenzaPS.Binary.psd1" -PassThru -ErrorAction Stop

# PowerShell tells the assembly of its removal only when the module that it made of it is removed itself.
if ($isFullLanguage) {
    $ExecutionContext.SessionState.Module.OnRemove = { if ($binary) { Remove-Module -ModuleInfo $binary -Force } }
}

# Completes the value of Where-Object for the words in our objects, such as Status -eq <Tab>. For anything else, it returns
# nothing, and PowerShell completes as usual.
Register-ArgumentCompleter -CommandName Where-Object -ParameterName Value -ScriptBlock {
    param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)

    # The last command of ours before Where-Object determines the type of the objects.
    $source = foreach ($element in $commandAst.Parent.PipelineElements) {
        if ($element.Extent.StartOffset -ge $commandAst.Extent.StartOffset) { break }
        "$($element.CommandElements[0])"
    }
    $source = @($source) -match '-Cadenza' | Select-Object -Last 1
    $property = $fakeBoundParameters.Property
    $words = switch ("$source $property") {
        'Get-CadenzaCredentialFinding AgeSource' { [Cadenza.Audit.AgeSource]::All }
        'Get-CadenzaCredentialImpact Effect' { [Cadenza.Commands.Impact.ImpactEffect]::All }
        'Get-CadenzaJournal Event' { [Cadenza.Commands.Journal.JournalEvent]::All }
        'Test-CadenzaCredential Answer' { [Cadenza.Client.Models.VerificationAnswer]::All }
        'Watch-CadenzaCredential Event' { [Cadenza.Commands.Watching.CredentialEventKind]::All }
    }

    if ($words) { return $words -like "$wordToComplete*" }
    $command = switch -Regex ("$source $property") {
        '^Get-CadenzaCredentialFinding (Rule|Severity)$' { 'Get-CadenzaCredentialFinding' }
        '^(Get|Test|Watch|Update|Revoke|New)-CadenzaCredential(Finding|Impact)? (Status|Health|Venue|CredentialType|Nickname)$' {
            'Get-CadenzaCredential'
        }
    }

    if ($command) {
        # These parameters have the same values.
        $line = "$command -$property $wordToComplete"
        (TabExpansion2 $line $line.Length).CompletionMatches
    }
}

Export-ModuleMember -Cmdlet *-Cadenza*
