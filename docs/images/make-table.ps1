# Creates table.svg, the image in the README: the output of Get-CadenzaCredential in a sandbox session, with colors, as text.
# Build the module first. Run on Linux: pwsh -NoProfile -NonInteractive -File docs/images/make-table.ps1
#Requires -Version 7.4
[CmdletBinding()]
param(
    [string] $Path = (Join-Path $PSScriptRoot 'table.svg'),

    # The path of the module.
    [string] $Module = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1'),

    # The width of the window in characters.
    [ValidateRange(80, 200)] [int] $Width = 100,

    # Internal: the file for the output of the session in the terminal.
    [string] $Capture
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ($Capture) {
    Import-Module $Module
    $PSStyle.OutputRendering = 'Ansi'
    # The commands of the image. Each is shown with its output.
    $commands = @(
        { Connect-Cadenza -Sandbox }
        { Get-CadenzaCredential -First 9 }
        { Get-CadenzaCredential -Status FAILED -Venue OKX, BITFINEX | Revoke-CadenzaCredential -Force }
    )
    $shown = foreach ($command in $commands) {
        "$($PSStyle.Foreground.BrightCyan)PS> $($PSStyle.Reset)$("$command".Trim())"
        $text = & $command | Out-String
        # Remove the blank lines around the table and add one after it.
        if ($text.Trim()) { $text.Trim("`r", "`n") -split '\r?\n'; '' }
    }
    [IO.File]::WriteAllLines($Capture, [string[]]$shown)
    return
}

# The views use the width of the window. script(1) of util-linux provides a terminal.
$file = [IO.Path]::GetTempFileName()
try {
    $quote = { "'$($args[0].Replace("'", "'\''"))'" }
    $pwsh = (& "$PSScriptRoot/../../build/Get-PowerShellCommand.ps1" | ForEach-Object { & $quote $_ }) -join ' '
    $inner = "stty cols $Width rows 50; $pwsh -NoProfile -File $(& $quote $PSCommandPath) -Module $(& $quote $Module) -Capture $(& $quote $file)"
    $messages = script --quiet --return --command $inner /dev/null
    $lines = [IO.File]::ReadAllLines($file)
    if ($lines.Count -lt 10) { throw "The session failed. $messages" }
}
finally { Remove-Item -LiteralPath $file }

# Terminal colors on a dark background, each with a contrast of at least 4.5, so that the page can be dark or light.
$ground = '#161b22'
$colors = @{ 30 = '#8b949e'; 31 = '#ff7b72'; 32 = '#56d364'; 33 = '#e3b341'; 34 = '#79c0ff'; 35 = '#d2a8ff'; 36 = '#76e3ea'; 37 = '#e6edf3' }
for ($i = 0; $i -lt 8; $i++) { $colors[90 + $i] = $colors[30 + $i] }
$plain = '#e6edf3'
$cell, $height, $margin = 8.4, 19, 16

# Converts a line with escape sequences to spans. Each span has a position, so that columns are aligned in any font.
function ConvertTo-Span([string] $Line) {
    $color, $isBold, $isItalic, $column = $plain, $false, $false, 0
    foreach ($piece in [regex]::Split($Line, '(\x1b\[[\d;]*m)')) {
        if ($piece -match '^\x1b\[([\d;]*)m$') {
            foreach ($code in $Matches[1] -split ';') {
                switch ([int]"0$code") {
                    0 { $color, $isBold, $isItalic = $plain, $false, $false }
                    1 { $isBold = $true }
                    3 { $isItalic = $true }
                    { $colors.ContainsKey($_) } { $color = $colors[$_] }
                }
            }
            continue
        }
        foreach ($word in [regex]::Matches($piece, '\S+(?: \S+)*')) {
            $style = $(if ($color -ne $plain) { " fill=`"$color`"" }) + $(if ($isBold) { ' font-weight="bold"' }) + $(if ($isItalic) { ' font-style="italic"' })
            $x = [string]::Format([cultureinfo]::InvariantCulture, '{0:0.#}', $margin + ($column + $word.Index) * $cell)
            "<tspan x=`"$x`"$style>$([Security.SecurityElement]::Escape($word.Value))</tspan>"
        }
        $column += $piece.Length
    }
}

$body = for ($i = 0; $i -lt $lines.Count; $i++) {
    $spans = -join (ConvertTo-Span $lines[$i])
    if ($spans) { "<text y=`"$($margin + 12 + $i * $height)`">$spans</text>" }
}
$w = [int]([Math]::Ceiling($Width * $cell + 2 * $margin))
$h = $lines.Count * $height + 2 * $margin - $height
$svg = @(
    "<svg xmlns=`"http://www.w3.org/2000/svg`" viewBox=`"0 0 $w $h`" width=`"$w`" height=`"$h`" role=`"img`" aria-labelledby=`"title`""
    "  font-family=`"ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace`" font-size=`"14`" fill=`"$plain`">"
    '<title id="title">A session in a terminal: a table of credentials with venue, type, status in colour, age and id; two that failed are revoked.</title>'
    "<rect width=`"$w`" height=`"$h`" rx=`"8`" fill=`"$ground`" stroke=`"#30363d`"/>"
    $body
    '</svg>'
)
[IO.File]::WriteAllText($PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path), ($svg -join "`n") + "`n")
