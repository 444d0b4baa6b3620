# Makes table.svg, the picture in the README: what Get-CadenzaCredential shows in a real session on the sandbox, colours and all, as text.
# Build the module first. Run, on Linux: pwsh -NoProfile -NonInteractive -File docs/images/make-table.ps1
#Requires -Version 7.4
[CmdletBinding()]
param(
    [string] $Path = (Join-Path $PSScriptRoot 'table.svg'),

    # The module to use.
    [string] $Module = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'CadenzaPS', 'CadenzaPS.psd1'),

    # How many characters the window is wide.
    [ValidateRange(80, 200)] [int] $Width = 100,

    # Inside the terminal: where to write what the session shows. Not for you.
    [string] $Capture
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ($Capture) {
    Import-Module $Module
    $PSStyle.OutputRendering = 'Ansi'
    # Commands that show one of each: what is typed, and what comes out.
    $commands = @(
        { Connect-Cadenza -Sandbox }
        { Get-CadenzaCredential -First 9 }
        { Get-CadenzaCredential -Status FAILED -Venue OKX, BITFINEX | Revoke-CadenzaCredential -Force }
    )
    $shown = foreach ($command in $commands) {
        "$($PSStyle.Foreground.BrightCyan)PS> $($PSStyle.Reset)$("$command".Trim())"
        $text = & $command | Out-String
        # Of the table's own blank lines none, but one after it.
        if ($text.Trim()) { $text.Trim("`r", "`n") -split '\r?\n'; '' }
    }
    [IO.File]::WriteAllLines($Capture, [string[]]$shown)
    return
}

# The views ask how wide the window is, so the session needs one: script(1) of util-linux gives it a terminal.
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

# A terminal's colours on its own dark ground, each with a contrast of at least 4.5 to it: so the page around may be dark or light.
$ground = '#161b22'
$colors = @{ 30 = '#8b949e'; 31 = '#ff7b72'; 32 = '#56d364'; 33 = '#e3b341'; 34 = '#79c0ff'; 35 = '#d2a8ff'; 36 = '#76e3ea'; 37 = '#e6edf3' }
for ($i = 0; $i -lt 8; $i++) { $colors[90 + $i] = $colors[30 + $i] }
$plain = '#e6edf3'
$cell, $height, $margin = 8.4, 19, 16

# One line of text with escape sequences, as spans. Each span says where it begins, so that it stands in its column in any font.
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
