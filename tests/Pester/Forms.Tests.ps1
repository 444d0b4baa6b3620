# What a script compares is the same word live, in files, from jobs and over a serialized boundary, and it can be filtered there.

BeforeDiscovery {
    $forms = @(
        @{ Form = 'live'; Convert = { param($Items) $Items } }
        @{ Form = 'CSV'; Convert = { param($Items) $Items | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Form = 'JSON'; Convert = { param($Items) ConvertTo-Json @($Items) -Depth 4 | ConvertFrom-Json } }
        @{ Form = 'CLIXML'; Convert = {
                param($Items)
                $file = Join-Path $TestDrive "$([guid]::NewGuid()).xml"
                $Items | Export-Clixml $file
                Import-Clixml $file
            }
        }
        @{ Form = 'CLIXML in a nested object'; Convert = {
                param($Items)
                $file = Join-Path $TestDrive "$([guid]::NewGuid()).xml"
                @{ Items = @($Items) } | Export-Clixml $file -Depth 4
                (Import-Clixml $file).Items
            }
        }
    )
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # One revoke that is lost, one that is rejected, and one that is not sent.
    function Get-Failure {
        Connect-Cadenza -Sandbox -MaximumRetryCount 1 -Fault 'credential/revoke:BadGatewayEmpty:times=2'
        $id = (Get-CadenzaCredential -First 1).CredentialId
        $id, '00000000-0000-4000-8000-000000000000', 'not an id' |
            Revoke-CadenzaCredential -Force -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed
    }

    # The filter that docs/errors.md documents.
    function Select-Outcome($Errors, [string] $Outcome) { @($Errors | Where-Object { $_.CategoryInfo.Reason -eq $Outcome }) }
}
AfterAll { Restore-TestSession }

Describe 'Words in the form <Form>' -ForEach $forms {
    BeforeAll { Connect-Cadenza -Sandbox }
    AfterAll { Disconnect-Cadenza }

    It 'the severity of a finding' {
        $live = @(Get-CadenzaCredentialFinding)
        $back = @(& $Convert $live)
        $back.Severity | ForEach-Object { $_ | Should -BeOfType string }
        $back.Severity | Should -Be $live.Severity
        @($back | Where-Object Severity -EQ High).Count | Should -BeGreaterThan 0
        @($back | Where-Object Severity -In High, Medium).CredentialId | Should -Be @(Get-CadenzaCredentialFinding -MinimumSeverity Medium).CredentialId
    }

    It 'the health of a credential' {
        $live = @(Get-CadenzaCredential)
        $back = @(& $Convert $live)
        $back.Health | ForEach-Object { $_ | Should -BeOfType string }
        $back.Health | Should -Be $live.Health
        @($back | Where-Object Health -EQ Failed).CredentialId | Should -Be @(Get-CadenzaCredential -Health Failed).CredentialId
        @($back | Where-Object Health -EQ Failed).Count | Should -BeGreaterThan 0
    }

    It 'the event of a journal line' {
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        Get-CadenzaCredential -First 1 | Update-CadenzaCredential -ApiKey 'made-up-key' -ApiSecret 'made-up-secret' -JournalPath $journal
        $back = @(& $Convert @(Get-CadenzaJournal $journal))
        $back.Event | ForEach-Object { $_ | Should -BeOfType string }
        $back.Event | Should -Be 'Intent', 'Applied'
    }

    It 'the effect of a revoke, the answer of a verification and the environment' {
        $credentials = @(Get-CadenzaCredential -First 3)
        (& $Convert @($credentials | Get-CadenzaCredentialImpact)).Effect | Should -Be @($credentials | Get-CadenzaCredentialImpact).Effect
        (& $Convert @($credentials | Test-CadenzaCredential -ThrottleLimit 1)).Answer | Should -Be 'Accepted', 'Rejected', 'Rejected'
        (& $Convert @(Get-CadenzaConnection)).Environment | Should -Be Sandbox
    }

    It 'no public property of an output object is an enumeration' {
        $types = [Cadenza.Client.Models.CadenzaCredential], [Cadenza.Client.Models.VerificationResult], [Cadenza.Client.Models.TradingAccount],
            [Cadenza.Audit.CredentialFinding], [Cadenza.Commands.Impact.CredentialImpact], [Cadenza.Commands.Journal.JournalEntry],
            [Cadenza.Commands.Connections.CadenzaConnection], [Cadenza.Commands.Watching.CredentialEvent]
        $types.GetProperties() | Where-Object { $_.PropertyType.IsEnum } | Should -BeNullOrEmpty
    }
}

Describe '-MinimumSeverity' {
    BeforeAll { Connect-Cadenza -Sandbox }
    AfterAll { Disconnect-Cadenza }

    It '<Minimum> gets <Expected>' -ForEach @(
        @{ Minimum = 'High'; Expected = 'High' }
        @{ Minimum = 'medium'; Expected = 'High', 'Medium' }
        @{ Minimum = 'Low'; Expected = 'High', 'Low', 'Medium' }
    ) {
        @((Get-CadenzaCredentialFinding -MinimumSeverity $Minimum).Severity | Sort-Object -Unique) | Should -Be $Expected
    }

    It 'refuses another word' {
        { Get-CadenzaCredentialFinding -MinimumSeverity Critical } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe '-Health' {
    AfterEach { Disconnect-Cadenza }

    It 'finds what a server of the dialect <Dialect> calls <Statuses>' -ForEach @(
        @{ Dialect = 'Guide'; Statuses = @('FAILED') }
        @{ Dialect = 'OpenApi'; Statuses = @('EXPIRED') }
    ) {
        Connect-Cadenza -Sandbox -Dialect $Dialect
        $found = @(Get-CadenzaCredential -Health Failed)
        @($found.Status | Sort-Object -Unique) | Should -Be $Statuses
        $found.CredentialId | Should -Be @(Get-CadenzaCredential -Status $Statuses).CredentialId
        (Get-CadenzaCredential -Health failed, Working, Waiting, Revoked, Other).Count | Should -Be (Get-CadenzaCredential).Count
    }

    It 'is applied with the other filters, with an id, and before -First' {
        Connect-Cadenza -Sandbox
        @(Get-CadenzaCredential -Health Failed -Venue OKX).Nickname | Should -Be 'Treasury hedge'
        @(Get-CadenzaCredential -Health Failed -First 2) | Should -HaveCount 2
        Get-CadenzaCredential -Health Failed | Get-CadenzaCredential -Health Working | Should -BeNullOrEmpty
    }

    It 'refuses another word and names the words' {
        { Get-CadenzaCredential -Health Broken } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*' -ExpectedMessage '*Working*Waiting*Failed*Revoked*Other*'
    }

    It 'in a row of a CSV file does not disturb a change' {
        Connect-Cadenza -Sandbox
        $rows = Get-CadenzaCredential -Nickname 'Lending ladder' | ConvertTo-Csv | ConvertFrom-Csv
        $rows.Health | Should -Be Failed
        ($rows | Revoke-CadenzaCredential -Force -WarningVariable warned).Health | Should -Be Revoked
        $warned | Should -BeNullOrEmpty
    }
}

Describe 'The outcome of an error' -Tag Slow {
    It 'is found by one filter, live and after Import-Clixml' {
        $live = @(Get-Failure)
        $file = Join-Path $TestDrive errors.xml
        $live | Export-Clixml $file
        foreach ($errors in $live, @(Import-Clixml $file)) {
            $errors | Should -HaveCount 3
            (Select-Outcome $errors Unknown).TargetObject | Should -Be $live[0].TargetObject
            (Select-Outcome $errors Rejected).TargetObject | Should -Be '00000000-0000-4000-8000-000000000000'
            (Select-Outcome $errors NotSent).TargetObject | Should -Be 'not an id'
        }

        $live.Exception.Outcome | Should -Be (Import-Clixml $file).Exception.Outcome
        $live.Exception.Kind | Should -Be (Import-Clixml $file).Exception.Kind
    }

    It 'is found where the module is not imported' {
        $file = Join-Path $TestDrive bare.xml
        Get-Failure | Export-Clixml $file
        $run = Invoke-PowerShell '-Command', "@(Import-Clixml '$file' | Where-Object { `$_.CategoryInfo.Reason -eq 'Unknown' }).Count; @(Get-Module Cadenza*).Count"
        $run.Out.Trim() -split '\s+' | Should -Be 1, 0
    }

    It 'is found in the errors, the output and the caught error of a job' {
        $script = {
            param($Module, $GetFailure)
            Import-Module $Module
            $failed = & ([scriptblock]::Create($GetFailure))
            $failed
            [pscustomobject]@{ Failure = $failed[0] }
            $failed | ForEach-Object { Write-Error -ErrorRecord $_ }
        }
        $job = Start-Job -ScriptBlock $script -ArgumentList $ModulePath, ${function:Get-Failure}
        try {
            $null = Wait-Job $job -Timeout 120
            $output = @(Receive-Job $job -ErrorVariable errors -ErrorAction SilentlyContinue)
        }
        finally { Remove-Job $job -Force }

        Select-Outcome $errors Unknown | Should -HaveCount 1
        Select-Outcome $errors Rejected | Should -HaveCount 1
        Select-Outcome $errors NotSent | Should -HaveCount 1
        Select-Outcome $output[0..2] Unknown | Should -HaveCount 1
        $output[3].Failure.CategoryInfo.Reason | Should -Be Unknown
    }

    It 'is found in the errors of a runspace in another process' {
        $instance = [System.Management.Automation.Runspaces.PowerShellProcessInstance]::new()
        $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null, $instance)
        $runspace.Open()
        try {
            $shell = [powershell]::Create($runspace)
            $null = $shell.AddScript({
                    param($Module)
                    Import-Module $Module
                    Connect-Cadenza -Sandbox
                    Revoke-CadenzaCredential '00000000-0000-4000-8000-000000000000', 'not an id' -Force -ThrottleLimit 1
                }).AddArgument($ModulePath)
            $null = $shell.Invoke()
            Select-Outcome $shell.Streams.Error Rejected | Should -HaveCount 1
            Select-Outcome $shell.Streams.Error NotSent | Should -HaveCount 1
        }
        finally { $runspace.Dispose(); $instance.Dispose() }
    }

    It 'is found in a caught error after Import-Clixml' {
        Connect-Cadenza -Sandbox
        foreach ($action in { Revoke-CadenzaCredential 'not an id' -Force -ErrorAction Stop }, { Disconnect-Cadenza; Get-CadenzaCredential }) {
            $caught = try { & $action } catch { $_ }
            $file = Join-Path $TestDrive "$([guid]::NewGuid()).xml"
            $caught, $Error[0] | Export-Clixml $file
            Select-Outcome @(Import-Clixml $file) NotSent | Should -HaveCount 2
        }
    }
}
