# Secrets.Session.ps1 sends canaries as key, secret, passphrase, tokens and password through every success and every failure, in a
# PowerShell of its own, and looks for them wherever a user, a log or a colleague with the transcript could see them.

BeforeDiscovery {
    $scenarios = @(
        @{ Scenario = 'connect and list'; Ids = @() }
        @{ Scenario = 'token refused'; Ids = 'CadenzaUnauthorized' }
        @{ Scenario = 'token refused by an echo'; Ids = 'CadenzaUnauthorized' }
        @{ Scenario = 'token as a string refused'; Ids = 'CadenzaUnauthorized' }
        @{ Scenario = 'token with a line break'; Ids = 'CadenzaInvalidConnection'; IsSilent = $true }
        @{ Scenario = 'token from the environment refused'; Ids = 'CadenzaUnauthorized' }
        @{ Scenario = 'login'; Ids = @() }
        @{ Scenario = 'login refused'; Ids = 'CadenzaLoginRejected' }
        @{ Scenario = 'login refused by an echo'; Ids = 'CadenzaInvalidRequest' }
        @{ Scenario = 'login and renewal refused'; Ids = 'CadenzaSessionExpired' }
        @{ Scenario = 'login answered with half a session'; Ids = 'CadenzaBadResponse' }
        @{ Scenario = 'both token and login'; Ids = 'CadenzaInvalidConnection'; IsSilent = $true }
        @{ Scenario = 'impact'; Ids = @() }
        @{ Scenario = 'impact refused by an echo'; Ids = @() }
        @{ Scenario = 'impact of rows with secrets'; Ids = 'CadenzaInvalidCredentialId' }
        @{ Scenario = 'findings'; Ids = @() }
        @{ Scenario = 'findings refused by an echo'; Ids = 'CadenzaInvalidRequest' }
        @{ Scenario = 'report'; Ids = @() }
        @{ Scenario = 'report of an echo'; Ids = @() }
        @{ Scenario = 'report to no folder'; Ids = 'CadenzaFileNotWritten'; IsSilent = $true }
        @{ Scenario = 'rotate'; Ids = @() }
        @{ Scenario = 'rotate with strings'; Ids = @() }
        @{ Scenario = 'rotate with a login object'; Ids = @() }
        @{ Scenario = 'rotate with hashtables'; Ids = 'CadenzaInvalidKeys'; IsSilent = $true }
        @{ Scenario = 'rotate from a CSV'; Ids = 'CadenzaCredentialNotFound', 'CadenzaInvalidKeys' }
        @{ Scenario = 'rotate -WhatIf'; Ids = @() }
        @{ Scenario = 'key refused'; Ids = 'CadenzaInvalidApiKey' }
        @{ Scenario = 'key of a login object refused'; Ids = 'CadenzaInvalidApiKey' }
        @{ Scenario = 'no such credential'; Ids = 'CadenzaCredentialNotFound' }
        @{ Scenario = 'blank id'; Ids = 'CadenzaInvalidCredentialId'; IsSilent = $true }
        @{ Scenario = 'not connected'; Ids = 'CadenzaNotConnected'; IsSilent = $true }
        @{ Scenario = 'row without a key'; Ids = 'CadenzaInvalidKeys' }
        @{ Scenario = 'row without an id'; Ids = 'CadenzaInvalidCredentialId'; IsSilent = $true }
        @{ Scenario = 'both ways of giving keys'; Ids = 'CadenzaInvalidKeys'; IsSilent = $true }
        @{ Scenario = 'secret of the wrong type'; Ids = 'CadenzaInvalidKeys'; IsSilent = $true }
        @{ Scenario = 'row with a secret of the wrong type'; Ids = 'CadenzaInvalidKeys' }
        @{ Scenario = 'row with text for a login object'; Ids = 'CadenzaInvalidKeys' }
        @{ Scenario = 'row with an object for a login'; Ids = 'CadenzaInvalidKeys' }
        @{ Scenario = 'object for a login'; Ids = 'CadenzaInvalidKeys'; IsSilent = $true }
        @{ Scenario = 'object for a login to connect'; Ids = 'CadenzaInvalidConnection'; IsSilent = $true }
        @{ Scenario = 'object for a token'; Ids = 'CadenzaInvalidConnection'; IsSilent = $true }
        @{ Scenario = 'key with a line break'; Ids = 'CadenzaInvalidKeys'; IsSilent = $true }
        @{ Scenario = 'key that is the secret'; Ids = 'CadenzaInvalidKeys'; IsSilent = $true }
        @{ Scenario = 'keys with warnings'; Ids = @(); IsSilent = $true; HasVerbose = $true }
        @{ Scenario = 'keys for several'; Ids = 'CadenzaInvalidKeys'; IsSilent = $true }
        @{ Scenario = 'rows of one credential'; Ids = 'CadenzaInvalidKeys' }
        @{ Scenario = 'create from hashtables'; Ids = 'CadenzaInvalidKeys', 'CadenzaInvalidNewCredential'; IsSilent = $true }
        @{ Scenario = 'create from a CSV of another kind'; Ids = 'CadenzaInvalidNewCredential'; IsSilent = $true }
        @{ Scenario = 'create from a CSV without a header'; Ids = 'CadenzaInvalidNewCredential'; IsSilent = $true }
        @{ Scenario = 'rotate from a CSV without a header'; Ids = 'CadenzaInvalidCredentialId'; IsSilent = $true }
        @{ Scenario = 'row with columns that are not read'; Ids = 'CadenzaInvalidKeys' }
        @{ Scenario = 'script block for a row'; Ids = 'CadenzaInvalidParameter'; IsSilent = $true }
        @{ Scenario = 'unauthorized'; Ids = 'CadenzaUnauthorized' }
        @{ Scenario = 'server quotes the secrets'; Ids = 'CadenzaInvalidRequest' }
        @{ Scenario = 'server quotes a secret in every form'; Ids = 'CadenzaInvalidRequest' }
        @{ Scenario = 'server quotes a login object'; Ids = 'CadenzaInvalidRequest' }
        @{ Scenario = 'server returns the secrets'; Ids = @() }
        @{ Scenario = 'HTML 502'; Ids = 'CadenzaBadResponse' }
        @{ Scenario = 'answer cut off'; Ids = 'CadenzaBadResponse' }
        @{ Scenario = 'redirect'; Ids = 'CadenzaRedirected' }
        @{ Scenario = 'connection refused'; Ids = 'CadenzaConnectionFailed' }
        @{ Scenario = 'keys of a vault'; Ids = @() }
        @{ Scenario = 'keys of a vault that fails'; Ids = 'CadenzaInvalidKeys', 'NoSuchSecret'; IsSilent = $true }
        @{ Scenario = 'token of a vault'; Ids = 'CadenzaUnauthorized' }
        @{ Scenario = 'token of a vault of the wrong type'; Ids = 'CadenzaInvalidConnection'; IsSilent = $true }
        @{ Scenario = 'keys of a vault of the wrong type'; Ids = 'CadenzaInvalidKeys'; IsSilent = $true }
        @{ Scenario = 'list refused by an echo'; Ids = 'CadenzaInvalidRequest' }
    )
}

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'The detector of canaries' {
    It 'finds a canary planted in <Where>' -ForEach @(
        @{ Where = 'a text'; Plant = { 'x CANARY y' } }
        @{ Where = 'a text of another case'; Plant = { 'x canary y' } }
        @{ Where = 'a list in a dictionary'; Plant = { @{ a = 1, 'CANARY' } } }
        @{ Where = 'a key of a dictionary'; Plant = { @{ CANARY = 1 } } }
        @{ Where = 'a generic dictionary'; Plant = { $d = [Collections.Generic.Dictionary[string, object]]::new(); $d.a = 'CANARY'; , $d } }
        @{ Where = 'a note property'; Plant = { 5 | Add-Member -NotePropertyName Note -NotePropertyValue CANARY -PassThru } }
        @{ Where = 'the user name of a login'; Plant = { [pscredential]::new('CANARY', [securestring]::new()) } }
        @{ Where = 'the message of an inner exception'; Plant = { [Management.Automation.ErrorRecord]::new([Exception]::new('outer', [Exception]::new('CANARY')), 'Id', 'NotSpecified', $null) } }
        @{ Where = 'the target of an error'; Plant = { [Management.Automation.ErrorRecord]::new([Exception]::new('x'), 'Id', 'NotSpecified', @{ a = @{ b = 'CANARY' } }) } }
        @{ Where = 'what the command of a verbose line was given'; Plant = { $given = 'CANARY'; Write-Verbose -Message x -Verbose -InformationVariable $given 4>&1 } }
        @{ Where = 'a property of one of our objects'; Plant = { Connect-Cadenza -Sandbox; $one = Get-CadenzaCredential -First 1; Disconnect-Cadenza; @{ it = $one; also = 'CANARY' } } }
        @{ Where = 'a Uri'; Plant = { [uri]'https://user:CANARY@host.example' } }
        @{ Where = 'an array of characters'; Plant = { , 'CANARY'.ToCharArray() } }
    ) {
        Find-Canary (& $Plant) 'CANARY' | Should -Not -BeNullOrEmpty
    }

    It 'does not open a SecureString or a PSCredential''s password, and ends on cycles' {
        $cycle = @{ Secret = ConvertTo-Secret 'CANARY'; Login = New-Login 'user' 'CANARY' }
        $cycle.Self = $cycle
        Find-Canary $cycle 'CANARY' | Should -BeNullOrEmpty
    }
}

Describe 'Secrets' -Tag Slow {
    BeforeAll {
        $console = Invoke-PowerShell '-File', "$PSScriptRoot/Secrets.Session.ps1", '-Folder', "$TestDrive"
        $path = Join-Path $TestDrive 'report.json'
        if (-not (Test-Path $path)) { throw "The session ended without a report.`n$($console.All)" }
        $report = @(Get-Content $path -Raw | ConvertFrom-Json)
        $canaries = Get-Content (Join-Path $TestDrive 'canaries.txt')
    }

    It 'show nowhere: <Scenario>' -ForEach $scenarios {
        $result = $report | Where-Object Name -EQ $Scenario
        $result.Leaks | Should -BeNullOrEmpty

        # That nothing leaked counts only if what was to happen did happen, and was told of.
        $result | Should -HaveCount 1
        if ($null -ne $Ids) { $result.ErrorIds | Sort-Object | Should -Be ($Ids | Sort-Object) }
        $result.HasTranscript | Should -Be (-not $IsSilent)
        $result.Requests -gt 0 | Should -Be (-not $IsSilent)
        $result.Verbose -gt 0 | Should -Be ($HasVerbose -or -not $IsSilent)
        $result.Debug -gt 0 | Should -Be (-not $IsSilent)
    }

    It 'were looked for in every scenario that was played' -ForEach @(@{ Names = $scenarios.Scenario }) {
        $report.Name | Sort-Object | Should -Be ($Names | Sort-Object)
        $canaries | Should -HaveCount 12
    }

    It 'show nowhere on the console' {
        $console.All | Should -Match 'VERBOSE: POST /api/v3/credential/rotate'
        foreach ($canary in $canaries) { $console.All.Contains($canary, 'OrdinalIgnoreCase') | Should -BeFalse }
    }
}
