# The cases of docs/reliability.md that are compared with Invoke-RestMethod. Runs docs/examples/compare-cases.ps1 once, in this process: every
# case with CadenzaPS, and those with Invoke-RestMethod whose retries do not take seconds.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $results = @(& (Join-Path $Root 'docs/examples/compare-cases.ps1') -SkipSlow)

    # The rows of the tables: case, rule, Invoke-RestMethod, CadenzaPS.
    $text = Get-Content -LiteralPath (Join-Path $Root 'docs/reliability.md') -Raw
    $section = [regex]::Match($text, '(?s)\n## Cases compared with Invoke-RestMethod\n.*?(?=\n## )').Value
    $documented = @($section -split "`n" | Where-Object { $_ -match '^\| (?!case \|)' } | ForEach-Object {
            $cells = $_.Trim('|', ' ', "`r") -split ' \| '
            [pscustomobject]@{ Case = $cells[0]; Rule = $cells[1]; InvokeRestMethod = $cells[2]; CadenzaPS = $cells[3] }
        })
    function Get-Line($Rows) { $Rows | ForEach-Object { "$($_.Case): $($_.Rule): $($_.CadenzaPS)" } }
}
AfterAll { Restore-TestSession }

Describe 'The cases compared with Invoke-RestMethod' -Tag Slow {
    It 'CadenzaPS keeps the rule of every case' {
        $results.Count | Should -BeGreaterThan 60
        $results | Where-Object { -not $_.CadenzaPS -or $_.CadenzaPS.Contains('**') } | ForEach-Object { "$($_.Case): $($_.CadenzaPS)" } | Should -BeNullOrEmpty
    }

    It 'the tables of the document have the same cases, rules, and results' {
        Get-Line $documented | Should -Be (Get-Line $results)
    }

    It 'the judgement finds what a script does wrong' {
        $found = @{}
        $results | ForEach-Object { $found[$_.Case] = $_.InvokeRestMethod }
        $found['passphrase `007` without quotation marks'] | Should -BeExactly '**sent `7`**'
        $found['a saved plan, rotated since'] | Should -BeExactly '**revoked by the old plan**'
        $found['listed on one server, piped to another with the same ids'] | Should -BeExactly '**revoked on the wrong server**'
        $found['revoke: 202, never done'] | Should -BeExactly '**reported done, was not**'
        $found['-Debug of a rotation'] | Should -BeExactly '**shows the secret**'
    }
}
