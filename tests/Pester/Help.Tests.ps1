# The help: its sources in docs/en-US, what Get-Help makes of them, and that what they show is so.

BeforeDiscovery {
    $root = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../..'))
    $path = if ($env:CADENZA_TEST_MODULE) { $env:CADENZA_TEST_MODULE } else { Join-Path $root 'out/CadenzaPS/CadenzaPS.psd1' }
    $cmdlets = @((Import-PowerShellDataFile $path).CmdletsToExport | ForEach-Object { @{ Name = $_ } })

    # The blocks of code on a page, each under its heading, with the output that is shown below it.
    function Find-Example([string] $Page, [string] $Heading) {
        $text = Get-Content -LiteralPath (Join-Path $root "docs/en-US/$Page.md") -Raw -Encoding utf8
        foreach ($section in [regex]::Matches($text, "(?ms)^#+ ($Heading)\r?\n(.*?)(?=^#+ |\z)")) {
            $code = [regex]::Match($section.Groups[2].Value, '(?ms)^```powershell\r?\n(.*?)^```')
            $shown = [regex]::Match($section.Groups[2].Value, '(?ms)^```Output\r?\n(.*?)^```')
            if ($code.Success) { @{ Page = $Page; Title = $section.Groups[1].Value.Trim(); Code = $code.Groups[1].Value; Shown = @($shown.Groups[1].Value -split '\r?\n' -ne '') } }
        }
    }
    $examples = @($cmdlets | Where-Object { Test-Path (Join-Path $root "docs/en-US/$($_.Name).md") } | ForEach-Object { Find-Example $_.Name 'Example [^\n]*' })
    $aboutExamples = @(Find-Example 'about_CadenzaPS' '(?-s).*' | Where-Object Code -Match 'Connect-Cadenza -Sandbox')
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $docs = Join-Path $Root 'docs/en-US'
    $shipped = Join-Path (Split-Path $ModulePath) 'en-US'
    $maml, $about = 'CadenzaPS.dll-Help.xml', 'about_CadenzaPS.help.txt'
    $common = [Management.Automation.Cmdlet]::CommonParameters

    function Get-TypeName([type] $Type) {
        $plain = [Nullable]::GetUnderlyingType($Type)
        if ($plain) { $plain.Name } else { $Type.Name }
    }

    # The facts of a parameter as the command has them, by the names of a platyPS page.
    function Get-Fact([Management.Automation.ParameterMetadata] $Parameter) {
        $sets = $Parameter.ParameterSets
        $first = @($sets.Values)[0]
        $pipeline = @(if ($sets.Values.ValueFromPipelineByPropertyName -contains $true) { 'ByPropertyName' }; if ($sets.Values.ValueFromPipeline -contains $true) { 'ByValue' })
        [ordered]@{
            'Type'                       = Get-TypeName $Parameter.ParameterType
            'Parameter Sets'             = if ($sets.ContainsKey('__AllParameterSets')) { '(All)' } else { $sets.Keys -join ', ' }
            'Aliases'                    = $Parameter.Aliases -join ', '
            'Required'                   = "$($first.IsMandatory)"
            'Position'                   = if ($first.Position -ge 0) { "$($first.Position)" } else { 'Named' }
            'Accept pipeline input'      = if ($pipeline) { "True ($($pipeline -join ', '))" } else { 'False' }
            'Accept wildcard characters' = "$([bool]($Parameter.Attributes | Where-Object { $_ -is [Management.Automation.SupportsWildcardsAttribute] }))"
        }
    }

    # The facts on the page, parameter by parameter.
    function Read-Fact([string] $Page) {
        $facts = @{}
        foreach ($match in [regex]::Matches($Page, '(?ms)^### -(\w+)\r?\n(?:(?!^### ).)*?^```yaml\r?\n(.*?)^```')) {
            $facts[$match.Groups[1].Value] = $own = @{}
            foreach ($line in $match.Groups[2].Value -split '\r?\n' -ne '') { $key, $value = $line -split ':\s*', 2; $own[$key] = $value }
        }
        $facts
    }

    # Runs a script in a session of its own, where nobody is there to ask: what it emits, what it says to the host, what goes wrong.
    function Invoke-Example([string] $Code, [int] $Seconds = 60) {
        $testHost = [CadenzaPS.TestSupport.TestHost]::new()
        $runspace = [runspacefactory]::CreateRunspace($testHost)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $null = $shell.AddCommand('Import-Module').AddParameter('Name', $ModulePath).Invoke()
            $shell.Commands.Clear()
            $output = [Management.Automation.PSDataCollection[psobject]]::new()
            $running = $shell.AddScript($Code).BeginInvoke([Management.Automation.PSDataCollection[psobject]]$null, $output)
            if (-not $running.AsyncWaitHandle.WaitOne($Seconds * 1000)) {
                $null = $shell.BeginStop($null, $null)
                throw "The example did not end within $Seconds seconds."
            }
            $null = $shell.EndInvoke($running)
            [pscustomobject]@{
                Output = @($output.ReadAll()); Lines = @($testHost.Lines); Questions = @($testHost.Questions)
                Errors = @($shell.Streams.Error.ReadAll()); Warnings = @($shell.Streams.Warning.ReadAll())
            }
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }

    # What a prompt shows of objects: those of one kind, one after the other, are one table.
    function Format-Shown([object[]] $Object) {
        $batch = [Collections.Generic.List[object]]::new()
        $last = $null
        foreach ($item in $Object) {
            $kind = "$($item.PSObject.TypeNames[0]) $($item.PSObject.Properties.Name)"
            if ($batch.Count -and $kind -ne $last) { $batch | Out-String -Width 200; $batch.Clear() }
            $batch.Add($item)
            $last = $kind
        }
        if ($batch.Count) { $batch | Out-String -Width 200 }
    }
}
AfterAll { Restore-TestSession }

Describe 'The help of <Name>' -Tag Slow -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $Name -Module CadenzaPS
        $parameters = @($command.Parameters.Values | Where-Object Name -NotIn $common)
        $help = Get-Help $Name -Full
        $page = Get-Content -LiteralPath (Join-Path $docs "$Name.md") -Raw -Encoding utf8
        $facts = Read-Fact $page
        # Get-Help hides -WhatIf and -Confirm of what does not support them, and is asked for nothing else here.
        $described = @($help.parameters.parameter | Where-Object { $_ })
    }

    It 'has a synopsis and a description, not the syntax in their place' {
        $help.Synopsis | Should -Match '^[A-Z][^\r\n]{20,}\.$'
        $help.Synopsis | Should -Not -Match "^\s*$Name"
        ($help.description.Text -join ' ').Length | Should -BeGreaterThan 200
    }

    It 'describes every parameter, and none that does not exist' {
        @($described.name | Sort-Object) | Should -Be @($parameters.Name | Sort-Object)
        foreach ($parameter in $described) { ($parameter.description.Text -join ' ').Length | Should -BeGreaterThan 20 -Because "-$($parameter.name) must be described" }
    }

    It 'tells the facts of each parameter as the command has them' {
        foreach ($parameter in $parameters) {
            $fact = Get-Fact $parameter
            $shown = $described | Where-Object name -EQ $parameter.Name
            foreach ($key in $fact.Keys) { $facts[$parameter.Name][$key] | Should -Be $fact[$key] -Because "it is the $key of -$($parameter.Name)" }
            $shown.type.name | Should -Be $fact['Type']
            $shown.required | Should -Be $fact['Required']
            $shown.position | Should -Be $fact['Position']
            $shown.pipelineInput | Should -Be $fact['Accept pipeline input']
            $shown.globbing | Should -Be $fact['Accept wildcard characters']
            $shown.aliases | Should -Be $(if ($fact['Aliases']) { $fact['Aliases'] } else { 'none' })
        }
    }

    It 'tells the default values that the cmdlet has' {
        $cmdlet = [Activator]::CreateInstance($command.ImplementingType)
        foreach ($parameter in $parameters | Where-Object Name -NotIn 'WhatIf', 'Confirm') {
            $value = $command.ImplementingType.GetProperty($parameter.Name).GetValue($cmdlet)
            if ($null -ne $value) { $facts[$parameter.Name]['Default value'] | Should -Be "$value" -Because "it is the default of -$($parameter.Name)" }
        }
    }

    It 'has the accepted values of each parameter that has a closed list of them' {
        foreach ($parameter in $parameters | Where-Object { $_.ParameterType.IsEnum }) {
            $facts[$parameter.Name]['Accepted values'] | Should -Be ([enum]::GetNames($parameter.ParameterType) -join ', ')
        }
    }

    It 'shows the syntax of the command, set by set' {
        $items = @($help.syntax.syntaxItem)
        $items | Should -HaveCount $command.ParameterSets.Count
        for ($i = 0; $i -lt $items.Count; $i++) {
            $set = $command.ParameterSets[$i]
            $expected = @([regex]::Matches($set.ToString(), '(?<=^|[\s\[])-(\w+)') | ForEach-Object { $_.Groups[1].Value })
            @($items[$i].parameter | Where-Object { $_ } | ForEach-Object name) | Should -Be $expected -Because "it is the set $($set.Name)"
            foreach ($parameter in $items[$i].parameter | Where-Object { $_ }) {
                $parameter.required | Should -Be "$(($set.Parameters | Where-Object Name -EQ $parameter.name).IsMandatory)"
            }
        }
    }

    It 'has at least three examples, each with an introduction, remarks, and the output' {
        $shown = @($help.examples.example)
        $shown.Count | Should -BeGreaterOrEqual 3
        foreach ($example in $shown) {
            $example.title | Should -Match 'Example \d+: \S'
            $example.code | Should -Match 'Connect-Cadenza'
            ($example.introduction.Text -join ' ') | Should -Match '^[A-Z].{20,}\.\s*$' -Because $example.title
            $remarks = @($example.remarks.Text -ne '')
            $remarks.Count | Should -BeGreaterOrEqual 2 -Because "$($example.title) needs its output and a sentence about it"
            $remarks[-1] | Should -Match '^[A-Z].{20,}\.$' -Because $example.title
            # Get-Help indents it by 4, and wraps it at the edge of the window.
            ($example.code -split '\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 115 -Because $example.code
        }
        [regex]::Matches($page, '(?m)^```Output').Count | Should -Be $shown.Count
    }

    It 'says what goes in and what comes out' {
        $in = @($help.inputTypes.inputType.type.name)
        $out = @($help.returnValues.returnValue.type.name)
        $in | Should -Not -BeNullOrEmpty
        $out | Should -Not -BeNullOrEmpty
        if ($parameters.ParameterSets.Values.ValueFromPipeline -contains $true) { $in | Should -Not -Contain 'None' }
        foreach ($type in $command.OutputType.Type | Where-Object { $_ -ne [void] }) { $out | Should -Contain $type.FullName }
    }

    It 'links to what there is' {
        $links = [regex]::Matches(($page -split '(?m)^## RELATED LINKS')[1], '\[([^\]]+)\]\(([^)]+)\)')
        $links.Count | Should -BeGreaterOrEqual 3
        foreach ($link in $links | Where-Object { $_.Groups[2].Value -notlike 'https:*' }) { Join-Path $docs $link.Groups[2].Value | Should -Exist }
        @($help.relatedLinks.navigationLink.linkText -ne 'Online Version') | Should -Be @($links | ForEach-Object { $_.Groups[1].Value })
    }

    It 'has no Markdown left in it' {
        $text = $help | Out-String -Width 200
        [regex]::Matches($text, '(?m)^.*(`\w|\w`|\*\*|\]\().*$').Value | Should -BeNullOrEmpty
    }

    It '-? shows it' {
        $text = & $Name -? | Out-String -Width 200
        $text | Should -Match ([regex]::Escape($help.Synopsis))
        $text | Should -Match "(?m)^\s*$Name"
    }
}

Describe 'An example of <Page>' -Tag Slow -ForEach $examples {
    It '<Title>: it runs on the sandbox and shows what the page shows' {
        $run = Invoke-Example $Code
        $run.Errors | Should -HaveCount 0
        $run.Warnings | Should -HaveCount 0
        $run.Questions | Should -HaveCount 0
        $text = (@($run.Lines) + @(Format-Shown $run.Output)) -join "`n"
        $lines = @($text -split '\r?\n' | ForEach-Object { ($_ -replace '\s+', ' ').Trim() })
        $from = 0
        foreach ($line in $Shown) {
            $at = [array]::IndexOf($lines, ($line -replace '\s+', ' ').Trim(), $from)
            $at | Should -BeGreaterOrEqual 0 -Because "'$line' must come out, in this order, of:`n$text"
            $from = $at + 1
        }
    }
}

Describe 'about_CadenzaPS' {
    BeforeAll { $text = Get-Content -LiteralPath (Join-Path $docs $about) -Raw -Encoding utf8 }

    It 'is found by Get-Help, with a synopsis in lists of topics' {
        Get-Help about_CadenzaPS | Should -Match 'SHORT DESCRIPTION'
        (Get-Help about_Cadenza*).Synopsis | Should -Match 'credentials'
    }

    It 'names every cmdlet of the module' {
        foreach ($name in (Get-Module CadenzaPS).ExportedCommands.Keys) { $text | Should -Match "\b$name\b" }
    }

    It 'names every error id' {
        foreach ($kind in [enum]::GetNames([Cadenza.Client.Errors.CadenzaErrorKind])) { $text | Should -Match "\bCadenza$kind\b" }
    }

    It 'is plain text of at most 80 characters a line' {
        ($text -split '\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $text | Should -Not -Match '`|\*\*|\]\(|\t|\r'
    }

    It 'names pages that there are' {
        $pages = @([regex]::Matches($text, 'docs/[\w./-]+\w') | ForEach-Object Value)
        $pages | Should -Not -BeNullOrEmpty
        foreach ($page in $pages) { Join-Path $Root $page | Should -Exist }
    }

    It 'the code under "<Title>" runs on the sandbox' -ForEach $aboutExamples {
        $run = Invoke-Example $Code
        $run.Errors | Should -HaveCount 0
        $run.Warnings | Should -HaveCount 0
    }
}

Describe 'The help files' -Tag Slow {
    It 'are what their sources say: else run build/help/ConvertTo-Maml.ps1' {
        & (Join-Path $Root 'build/help/ConvertTo-Maml.ps1') -Source $docs -Destination $TestDrive
        foreach ($file in $maml, $about) {
            $fresh = [IO.File]::ReadAllText((Join-Path $TestDrive $file))
            # A checkout may have turned the line ends.
            [IO.File]::ReadAllText((Join-Path $docs $file)).Replace("`r`n", "`n") -ceq $fresh | Should -BeTrue -Because "docs/en-US/$file is stale"
        }
    }

    It 'ship with the module' {
        (Get-FileHash (Join-Path $shipped $about)).Hash | Should -Be (Get-FileHash (Join-Path $docs $about)).Hash
        # A release adds the address of each page.
        $texts = foreach ($folder in $shipped, $docs) {
            $help = [xml]::new()
            $help.Load((Join-Path $folder $maml))
            $help.SelectNodes('//*[local-name() = "navigationLink"][*[. = "Online Version"]]') | ForEach-Object { $null = $_.ParentNode.RemoveChild($_) }
            $help.DocumentElement.InnerXml
        }
        $texts[0] -ceq $texts[1] | Should -BeTrue
    }

    It 'have a page for every cmdlet, and none for another' {
        (Get-ChildItem $docs -Filter *-*.md).BaseName | Sort-Object | Should -Be ((Get-Module CadenzaPS).ExportedCommands.Keys | Sort-Object)
    }

    It 'name every kind of fault of the sandbox' {
        $text = Get-Help Connect-Cadenza -Parameter Fault | Out-String -Width 500
        foreach ($kind in [enum]::GetNames([Cadenza.Sandbox.SandboxFaultKind])) { $text | Should -Match "\b$kind\b" }
    }

    It 'are found where the module is installed and not imported, under any culture' {
        $run = Invoke-PowerShell '-Command', @'
            [cultureinfo]::CurrentUICulture = [cultureinfo]::new('de-DE')
            $env:PSModulePath = $env:CADENZA_TEST_FOLDER + [IO.Path]::PathSeparator + $env:PSModulePath
            (Get-Help Revoke-CadenzaCredential).Synopsis
            (Get-Help about_CadenzaPS | Out-String) -match 'SHORT DESCRIPTION'
'@ @{ CADENZA_TEST_FOLDER = Split-Path (Split-Path $ModulePath) }
        $run.Out.Trim() -split '\r?\n' | Should -Be (Get-Help Revoke-CadenzaCredential).Synopsis, 'True'
    }
}
