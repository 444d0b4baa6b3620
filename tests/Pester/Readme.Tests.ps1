# README.md: every line of the quick start, and every example for the sandbox, runs as it stands.

BeforeDiscovery {
    $text = Get-Content -Raw "$PSScriptRoot/../../README.md"
    $blocks = [regex]::Matches($text, '(?ms)^```powershell\r?\n(.*?)^```') | ForEach-Object { $_.Groups[1].Value }
    $examples = @($blocks | Where-Object { $_ -match '^Connect-Cadenza -Sandbox' } | ForEach-Object { @{ Code = $_; Title = ($_ -split '\r?\n')[0..1] -join ' / ' } })
    $images = @([regex]::Matches($text, '!\[[^\]]+\]\(([^)]+)\)') | ForEach-Object { @{ Path = $_.Groups[1].Value } })
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $text = Get-Content -Raw (Join-Path $Root README.md)
    $quickStart = ($text -split '(?m)^## Quick start$')[1] -split '(?m)^## ' | Select-Object -First 1
    $lines = @([regex]::Matches($quickStart, '(?ms)^```powershell\r?\n(.*?)^```') | ForEach-Object { $_.Groups[1].Value }) -join "`n"

    # Runs each statement as a user pastes it, in one session, in a folder like that of the repository. Y answers the prompts.
    function Invoke-Line([string] $Code) {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $runbooks = New-Item -ItemType Directory (Join-Path $folder 'docs/examples/runbooks')
        $null = New-Item -ItemType Directory (Join-Path $folder out)
        Copy-Item (Join-Path $Root 'docs/examples/runbooks/keys.sandbox.csv') $runbooks
        $run = Invoke-InSession -Answer Y -Arguments @{ Code = $Code; Folder = $folder } {
            param($Code, $Folder)
            Set-Location $Folder
            # Stands for a person who enters keys.
            Set-Item function:Get-Credential { [pscredential]::new('made-up-key', (ConvertTo-SecureString 'made-up-secret' -AsPlainText -Force)) }
            foreach ($readmeStatement in [Management.Automation.Language.Parser]::ParseInput($Code, [ref]$null, [ref]$null).EndBlock.Statements) {
                $Error.Clear()
                $readmeOutput = @(try { . ([scriptblock]::Create($readmeStatement.Extent.Text)) } catch { $null = $_ })
                [pscustomobject]@{
                    Line = $readmeStatement.Extent.Text; Output = $readmeOutput
                    ErrorIds = @($Error | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] } | Select-Object -Unique)
                }
            }
        }
        $run.Output
    }
}
AfterAll { Restore-TestSession }

Describe 'README.md' -Tag Slow {
    It 'says that no telemetry is collected' { $text | Should -Match 'collects no telemetry' }

    It 'shows <Path>' -ForEach $images {
        $file = Get-Item (Join-Path $Root $Path)
        $file.Length | Should -BeGreaterThan 1KB
        $file.Length | Should -BeLessThan 150KB
    }

    It 'begins with the lines that build and import the module' {
        ($lines -split '\n')[0..2] -replace '\s+#.*' | Should -Be './build.ps1 build', 'Import-Module ./out/CadenzaPS/CadenzaPS.psd1', 'Connect-Cadenza -Sandbox'
    }

    It 'has a quick start whose lines can be pasted, with exactly the errors that the text announces' {
        $results = @(Invoke-Line (($lines -split '\n' | Select-Object -Skip 2) -join "`n"))
        $results.Count | Should -BeGreaterThan 35
        $failed = @($results | Where-Object { $_.ErrorIds } | ForEach-Object { "$($_.Line) => $($_.ErrorIds -join ', ')" })
        $keys = 'Import-Csv ./docs/examples/runbooks/keys.sandbox.csv | Update-CadenzaCredential'
        $failed | Should -Be @(
            "$keys => CadenzaAccessDenied"
            "$keys -ValidateFirst -MaximumFailure 0 => CadenzaTooManyFailures, CadenzaAccessDenied"
            "`$results = $keys -Verify -AsResult -JournalPath ./out/verified.jsonl => CadenzaTooManyFailures"
            'Get-CadenzaCredential -Health Failed | Revoke-CadenzaCredential -Confirm:$false => CadenzaCredentialInUse'
            "$keys -JournalPath ./out/rotation.jsonl => CadenzaAccessDenied"
            "$keys -JournalPath ./out/rotation.jsonl => CadenzaAccessDenied"
        )
        $silent = @($results | Where-Object { $_.Line -like 'Get-*' -and $_.Line -notmatch '-WhatIf|Export-Csv' -and -not $_.Output.Count } | ForEach-Object Line)
        $silent | Should -Be @() -Because 'each of them is there to show something'
    }

    It 'has an example that runs: <Title>' -ForEach $examples {
        $results = @(Invoke-Line $Code)
        $results.Count | Should -BeGreaterThan 1
        @($results | Where-Object { $_.ErrorIds } | ForEach-Object { "$($_.Line) => $($_.ErrorIds -join ', ')" }) | Should -Be @()
    }
}
