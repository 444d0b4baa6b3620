# Compares the rules of docs/reliability.md with a careful script that uses Invoke-RestMethod: each case runs once with the script and once
# with CadenzaPS, against sandbox servers on this machine. The result is determined from what the server received and what it holds.
# The cases are in the folder compare-cases. Text in ** breaks the rule of its case.
# Build first, once:
#   dotnet build tests/Cadenza.SandboxServer -c Release; dotnet build tests/CadenzaPS.TestSupport -c Release
#   dotnet build src/CadenzaPS -c Release; dotnet msbuild build/Module.csproj -t:Assemble -v:q
# Run: pwsh -NoProfile -NonInteractive -File docs/examples/compare-cases.ps1
#Requires -Version 7.4
[CmdletBinding()]
param(
    # Which cases to run, by name. Wildcards are supported.
    [string[]] $Include = '*',

    # Skips Invoke-RestMethod in the cases where its retries and waits take seconds.
    [switch] $SkipSlow,

    # Writes the tables of docs/reliability.md instead of objects.
    [switch] $Markdown
)

# Use the servers of the tests.
. ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'tests', 'Pester', 'Support.ps1'))
Set-StrictMode -Off
$ProgressPreference = 'SilentlyContinue'
$cases = [Collections.Generic.List[object]]::new()
foreach ($file in 'Measure', 'Findings', 'Keys', 'Targets', 'Responses', 'Servers', 'Output') {
    . ([IO.Path]::Combine($PSScriptRoot, 'compare-cases', "$file.ps1"))
}

function Get-CaseResult($Case) {
    $result = [ordered]@{ Case = $Case.Name; Rule = $Case.Rule; InvokeRestMethod = 'not applicable'; CadenzaPS = $null }
    foreach ($side in 'InvokeRestMethod', 'CadenzaPS') {
        if (-not $Case[$side]) { continue }
        if ($SkipSlow -and $Case.Slow -and $side -ne 'CadenzaPS') { $result[$side] = 'not measured'; continue }
        $result[$side] = Get-Finding $Case (Measure-Side $Case $side)
    }
    [pscustomobject]$result
}

# Writes one table for each group.
function ConvertTo-CaseTable($Chosen) {
    $group = ''
    foreach ($case in $Chosen) {
        $result = Get-CaseResult $case
        if ($case.Group -ne $group) {
            $group = $case.Group
            '', "### $group", '', '| case | rule | `Invoke-RestMethod` | CadenzaPS |', '|---|---|---|---|'
        }
        "| $($result.Case) | $($result.Rule) | $($result.InvokeRestMethod) | $($result.CadenzaPS) |"
    }
}

try {
    $chosen = $cases.Where{ $case = $_; @($Include).Where{ $case.Name -like $_ } }
    if ($Markdown) { ConvertTo-CaseTable $chosen } else { foreach ($case in $chosen) { Get-CaseResult $case } }
}
finally { Restore-TestSession }
