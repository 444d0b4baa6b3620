#Requires -Version 7.4
<#
.SYNOPSIS
    Converts the help sources docs/en-US/*.md to the files that Get-Help reads: CadenzaPS.dll-Help.xml and about_CadenzaPS.help.txt.
.DESCRIPTION
    The sources have the form of platyPS. The script supports the Markdown that they use: headings, paragraphs, lists, fenced code,
    `code`, **strong**, *emphasis* and [links](https://example.com). Any other Markdown is an error.
    Both results are committed, so a build needs neither this script nor platyPS. tests/Pester/Help.Tests.ps1 fails if they are stale.
.EXAMPLE
    ./build/help/ConvertTo-Maml.ps1
#>
[CmdletBinding()]
param(
    [string] $Source = (Join-Path $PSScriptRoot '../../docs/en-US'),
    [string] $Destination = $Source
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$maml = 'http://schemas.microsoft.com/maml/2004/10'
$command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
$dev = 'http://schemas.microsoft.com/maml/dev/2004/10'

# --- Markdown ---

# Lines to blocks, each with Kind (heading, text, list, code), Level and Language where it has one, and its Lines.
function Read-Block([string[]] $Line) {
    $block = $null
    $fence = $false
    foreach ($text in $Line) {
        if ($fence) {
            if ($text -match '^```\s*$') { $fence = $false; $block; $block = $null }
            else { $block.Lines.Add($text) }
            continue
        }
        $kind, $level, $language, $content = switch -Regex ($text) {
            '^```(\w*)\s*$' { 'code', 0, $Matches[1], $null; break }
            '^(#+) (.+)$' { 'heading', $Matches[1].Length, '', $Matches[2].Trim(); break }
            '^- (.+)$' { 'list', 0, '', $Matches[1]; break }
            '^\s*$' { 'none', 0, '', $null; break }
            '^(\||>|\d+\. |\s*[*+] )' { throw "No such Markdown in help sources: $text" }
            default { 'text', 0, '', $text.Trim() }
        }
        # A line goes on with the text, or the item, above it.
        if ($kind -eq 'text' -and $block -and $block.Kind -in 'text', 'list') {
            $block.Lines[$block.Lines.Count - 1] += " $content"
            continue
        }
        if ($kind -eq 'list' -and $block -and $block.Kind -eq 'list') { $block.Lines.Add($content); continue }
        if ($block) { $block; $block = $null }
        if ($kind -eq 'none') { continue }
        $block = [pscustomobject]@{ Kind = $kind; Level = $level; Language = $language; Lines = [Collections.Generic.List[string]]::new() }
        if ($kind -eq 'code') { $fence = $true } else { $block.Lines.Add($content) }
    }
    if ($fence) { throw 'A code block is not closed.' }
    if ($block) { $block }
}

# The blocks below each heading of a level, by the heading.
function Split-Section([object[]] $Block, [int] $Level) {
    $sections = [ordered]@{}
    $name = ''
    foreach ($item in $Block) {
        if ($item.Kind -eq 'heading' -and $item.Level -eq $Level) {
            $name = $item.Lines[0]
            $sections[$name] = [Collections.Generic.List[object]]::new()
        }
        elseif ($name) { $sections[$name].Add($item) }
    }
    $sections
}

# A line without its marks. What stands in `code` stays as it is.
function ConvertFrom-Inline([string] $Text) {
    $parts = foreach ($part in [regex]::Split($Text, '(`[^`]+`)')) {
        if ($part.StartsWith('`')) { $part.Trim('`') }
        else { $part -replace '\[([^\]]+)\]\(([^)]+)\)', '$1 ($2)' -replace '\*\*([^*]+)\*\*', '$1' -replace '\*([^*\s][^*]*)\*', '$1' }
    }
    -join $parts
}

# Blocks as paragraphs of plain text: a list is one of them, and so is a piece of code.
function ConvertTo-Paragraph([object[]] $Block) {
    foreach ($item in $Block) {
        switch ($item.Kind) {
            'text' { ConvertFrom-Inline $item.Lines[0] }
            'list' { ($item.Lines | ForEach-Object { "- $(ConvertFrom-Inline $_)" }) -join "`n" }
            'code' { $item.Lines -join "`n" }
            default { throw "A heading of level $($item.Level) has no place here: $($item.Lines[0])" }
        }
    }
}

# --- MAML ---

function Write-Text([string] $Element, [string] $Text, [string] $Namespace = $maml) { $xml.WriteElementString($Element, $Namespace, $Text) }

# An element around what the script block writes.
function Write-Element([string] $Element, [string] $Namespace, [scriptblock] $Content, [Collections.IDictionary] $Attribute = @{}) {
    $xml.WriteStartElement($Element, $Namespace)
    foreach ($name in $Attribute.Keys) { $xml.WriteAttributeString($name, $Attribute[$name]) }
    . $Content
    $xml.WriteEndElement()
}

function Write-Paragraph([string] $Element, [object[]] $Block, [string] $Namespace = $maml) {
    Write-Element $Element $Namespace { ConvertTo-Paragraph $Block | ForEach-Object { Write-Text 'para' $_ } }
}

# A parameter's description and the facts of its yaml block.
function Read-Parameter([string] $Name, [object[]] $Block) {
    $yaml = @($Block | Where-Object { $_.Kind -eq 'code' -and $_.Language -eq 'yaml' })
    if ($yaml.Count -ne 1) { throw "-$Name needs one yaml block, not $($yaml.Count)." }
    $facts = @{}
    foreach ($line in $yaml[0].Lines) {
        $key, $value = $line -split ':\s*', 2
        $facts[$key] = $value
    }
    $aliases = if ($facts['Aliases']) { $facts['Aliases'] } else { 'none' }
    $pipeline = $facts['Accept pipeline input']
    [pscustomobject]@{
        Name = $Name
        Type = $facts['Type']
        Default = $facts['Default value']
        Description = @($Block | Where-Object { $_ -ne $yaml[0] })
        Attribute = [ordered]@{
            required = $facts['Required'].ToLowerInvariant()
            variableLength = 'true'
            globbing = $facts['Accept wildcard characters'].ToLowerInvariant()
            pipelineInput = if ($pipeline -eq 'False') { 'False' } else { $pipeline }
            position = $facts['Position'].ToLowerInvariant()
            aliases = $aliases
        }
    }
}

function Write-Parameter($Parameter, [bool] $IsRequired) {
    $attribute = $Parameter.Attribute
    # Of the set at hand: a parameter may be required in one and not in another.
    $attribute['required'] = "$IsRequired".ToLowerInvariant()
    Write-Element 'parameter' $command -Attribute $attribute {
        Write-Text 'name' $Parameter.Name
        Write-Paragraph 'description' $Parameter.Description
        if ($Parameter.Type -ne 'SwitchParameter') {
            Write-Element 'parameterValue' $command -Attribute ([ordered]@{ required = 'true'; variableLength = 'false' }) { $xml.WriteString($Parameter.Type) }
        }
        Write-Element 'type' $dev { Write-Text 'name' $Parameter.Type; Write-Element 'uri' $maml { } }
        Write-Text 'defaultValue' $Parameter.Default $dev
    }
}

# A syntax block names the parameters of a set in their order; the brackets say which are required: -Name <Type> and [-Name] <Type> are.
function Write-Syntax([string] $Name, [object[]] $Block, [Collections.IDictionary] $Parameter) {
    foreach ($code in $Block | Where-Object Kind -EQ 'code') {
        Write-Element 'syntaxItem' $command {
            Write-Text 'name' $Name
            foreach ($match in [regex]::Matches(($code.Lines -join ' '), '(?<!\S)(\[?\[?)-(\w+)(\](?=\s+<))?')) {
                $parameterName = $match.Groups[2].Value
                if (-not $Parameter.Contains($parameterName)) { throw "-$parameterName of the syntax is not described." }
                Write-Parameter $Parameter[$parameterName] ($match.Groups[1].Value -eq '' -or ($match.Groups[1].Value -eq '[' -and $match.Groups[3].Success))
            }
        }
    }
}

function Write-TypeList([string] $List, [string] $Item, [object[]] $Block) {
    $sections = if ($Block) { Split-Section $Block 3 } else { @{} }
    Write-Element $List $command {
        foreach ($type in $sections.Keys) {
            Write-Element $Item $command {
                Write-Element 'type' $dev { Write-Text 'name' $type }
                Write-Paragraph 'description' $sections[$type]
            }
        }
    }
}

# What stands before the code is the introduction, and what stands after it are the remarks.
function Write-Example([string] $Title, [object[]] $Block) {
    $code = @($Block | Where-Object { $_.Kind -eq 'code' -and $_.Language -eq 'powershell' })
    if ($code.Count -ne 1) { throw "$Title needs one block of PowerShell, not $($code.Count)." }
    $at = [array]::IndexOf($Block, $code[0])
    Write-Element 'example' $command {
        Write-Text 'title' "--------- $(ConvertFrom-Inline $Title) ---------"
        # Get-Help puts no line between the introduction and the code.
        Write-Element 'introduction' $maml { ConvertTo-Paragraph @($Block | Select-Object -First $at) | ForEach-Object { Write-Text 'para' "$_`n`n" } }
        Write-Text 'code' ($code[0].Lines -join "`n") $dev
        Write-Element 'remarks' $dev {
            ConvertTo-Paragraph @($Block | Select-Object -Skip ($at + 1)) | ForEach-Object { Write-Text 'para' $_ }
            # Get-Help puts no line between two examples.
            Write-Text 'para' ''
        }
    }
}

function Write-Cmdlet([string] $Name, [object[]] $Block) {
    $page = Split-Section $Block 2
    foreach ($section in 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
        if (-not $page.Contains($section)) { throw "The section $section is missing." }
    }
    $parameters = [ordered]@{}
    $sections = Split-Section $page['PARAMETERS'] 3
    foreach ($heading in $sections.Keys | Where-Object { $_ -match '^-' }) {
        $parameters[$heading.TrimStart('-')] = Read-Parameter $heading.TrimStart('-') $sections[$heading]
    }
    $verb, $noun = $Name -split '-', 2

    Write-Element 'command' $command {
        Write-Element 'details' $command {
            Write-Text 'name' $Name $command
            Write-Text 'verb' $verb $command
            Write-Text 'noun' $noun $command
            Write-Paragraph 'description' $page['SYNOPSIS']
        }
        Write-Paragraph 'description' $page['DESCRIPTION']
        Write-Element 'syntax' $command { Write-Syntax $Name $page['SYNTAX'] $parameters }
        Write-Element 'parameters' $command {
            foreach ($parameter in $parameters.Values) { Write-Parameter $parameter ($parameter.Attribute['required'] -eq 'true') }
        }
        Write-TypeList 'inputTypes' 'inputType' $page['INPUTS']
        Write-TypeList 'returnValues' 'returnValue' $page['OUTPUTS']
        Write-Element 'alertSet' $maml { Write-Paragraph 'alert' $page['NOTES'] }
        Write-Element 'examples' $command {
            $examples = Split-Section $page['EXAMPLES'] 3
            foreach ($title in $examples.Keys) { Write-Example $title $examples[$title] }
        }
        Write-Element 'relatedLinks' $command {
            foreach ($line in $page['RELATED LINKS'] | Where-Object Kind -EQ 'list' | ForEach-Object Lines) {
                if ($line -notmatch '^\[([^\]]+)\]\(([^)]*)\)$') { throw "Not a link: $line" }
                $text, $address = $Matches[1, 2]
                # Get-Help -Online opens the first address: a page beside this one has none.
                Write-Element 'navigationLink' $maml { Write-Text 'linkText' $text; Write-Text 'uri' $(if ($address -match '^https:') { $address } else { '' }) }
            }
        }
    }
}

# --- the about text ---

# A paragraph in lines of at most 80 characters.
function Format-Line([string] $Text, [string] $First, [string] $Next) {
    $line = $First
    $isEmpty = $true
    foreach ($word in $Text -split ' ') {
        if (-not $isEmpty -and $line.Length + 1 + $word.Length -gt 80) { $line; $line = $Next; $isEmpty = $true }
        $line += $(if ($isEmpty) { $word } else { " $word" })
        $isEmpty = $false
    }
    $line
}

function Format-About([object[]] $Block) {
    $lines = foreach ($item in $Block) {
        switch ($item.Kind) {
            'heading' {
                if ($item.Level -eq 1) { 'TOPIC'; "    $($item.Lines[0])" }
                elseif ($item.Level -eq 2) { $item.Lines[0].ToUpperInvariant() }
                else { "  $($item.Lines[0])" }
            }
            'text' { Format-Line (ConvertFrom-Inline $item.Lines[0]) '    ' '    ' }
            'list' { foreach ($line in $item.Lines) { Format-Line (ConvertFrom-Inline $line) '    - ' '      ' } }
            'code' { $item.Lines | ForEach-Object { "        $_".TrimEnd() } }
        }
        # A heading stands right above its text.
        if ($item.Kind -ne 'heading' -or $item.Level -eq 1) { '' }
    }
    $long = @($lines | Where-Object Length -GT 80)
    if ($long) { throw "Longer than 80 characters: $($long[0])" }
    ($lines -join "`n").TrimEnd() + "`n"
}

# --- both ---

# The blocks of a page, without the yaml header between its two lines of dashes.
function Read-Page([string] $Path) {
    $lines = Get-Content -LiteralPath $Path -Encoding utf8
    if ($lines[0] -eq '---') { $lines = $lines | Select-Object -Skip (1 + [array]::IndexOf($lines, '---', 1)) }
    Read-Block $lines
}

$utf8 = [Text.UTF8Encoding]::new($false)
$settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = $utf8 }
$pages = Get-ChildItem -LiteralPath $Source -Filter *-*.md | Sort-Object Name -Culture ''
$stream = [IO.MemoryStream]::new()
$xml = [Xml.XmlWriter]::Create($stream, $settings)
$xml.WriteStartElement('helpItems', 'http://msh')
$xml.WriteAttributeString('schema', 'maml')
foreach ($prefix in 'maml', 'command', 'dev') { $xml.WriteAttributeString('xmlns', $prefix, $null, (Get-Variable $prefix -ValueOnly)) }
foreach ($page in $pages) {
    try { Write-Cmdlet $page.BaseName (Read-Page $page.FullName) }
    catch { throw "$($page.Name): $_" }
}
$xml.WriteEndElement()
$xml.Dispose()
[IO.File]::WriteAllText((Join-Path $Destination 'CadenzaPS.dll-Help.xml'), $utf8.GetString($stream.ToArray()) + "`n", $utf8)

$about = Format-About (Read-Page (Join-Path $Source 'about_CadenzaPS.md'))
[IO.File]::WriteAllText((Join-Path $Destination 'about_CadenzaPS.help.txt'), $about, $utf8)
