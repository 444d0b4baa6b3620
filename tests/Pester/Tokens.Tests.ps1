# A token that is read again when it has expired: Connect-Cadenza -AccessTokenSource, and its rehearsal in the sandbox.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    function Get-Secret { $script:reads++; $script:threads += [Environment]::CurrentManagedThreadId; $script:token }
}
AfterAll { Restore-TestSession }

Describe 'Connect-Cadenza -AccessTokenSource' {
    BeforeEach {
        $script:reads = 0
        $script:threads = @()
        $server = Start-SandboxServer
        $script:token = $server.Token
    }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'reads the token once, as <Title>' -ForEach @(
        @{ Title = 'a SecureString'; AsText = $false }, @{ Title = 'a string'; AsText = $true }
    ) {
        if ($AsText) { $script:token = ConvertFrom-SecureString $server.Token -AsPlainText }
        Connect-Cadenza -BaseUri $server.Address -AccessTokenSource { Get-Secret }
        Get-CadenzaCredential | Should -HaveCount 24
        $reads | Should -Be 1
        (Get-CadenzaConnection).User | Should -Be 'admin@sandbox.example'
        (Get-CadenzaConnection).IsLogin | Should -BeFalse
    }

    It 'reads it again on the thread of the pipeline when the server rejects it, once per request' {
        Connect-Cadenza -Sandbox -AccessTokenSource { Get-Secret } -Fault 'credential/list:Unauthorized:times=1' -MaximumRetryCount 0
        Get-CadenzaCredential | Should -HaveCount 24
        $reads | Should -Be 2
        $threads | Select-Object -Unique | Should -Be ([Environment]::CurrentManagedThreadId)
        Connect-Cadenza -Sandbox -AccessTokenSource { Get-Secret } -Fault 'credential/list:Unauthorized' -MaximumRetryCount 0
        { Get-CadenzaCredential } | Should -Throw -ErrorId 'CadenzaUnauthorized,*'
        $reads | Should -Be 4
    }

    It 'reads it again in the middle of a pipeline of changes' {
        Connect-Cadenza -Sandbox -AccessTokenSource { Get-Secret } -Fault 'credential/rotate:Unauthorized:skip=2,times=1'
        $rows = Get-CadenzaCredential -Status VERIFIED -First 5 | ForEach-Object { [pscustomobject]@{ CredentialId = $_.CredentialId; ApiKey = "key-$($_.CredentialId)"; ApiSecret = 's'; ApiPassphrase = if ($_.Venue -like 'OKX*') { 'p' } } }
        $done = $rows | Update-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | Where-Object { $_.FullyQualifiedErrorId -like 'CadenzaUnauthorized*' } | Should -HaveCount 0
        @($done).Count | Should -BeGreaterThan 2
        $reads | Should -Be 2
    }

    It 'a token that <Title> is one terminating error without its value, and there is no connection' -ForEach @(
        @{ Title = 'is nothing'; Says = '*returned nothing*'; Script = { } }
        @{ Title = 'is null'; Says = '*returned 1 object*'; Script = { $null } }
        @{ Title = 'is two'; Says = '*returned 2 objects*'; Script = { 'canary-token'; 'canary-token' } }
        @{ Title = 'is a login'; Says = '*returned a PSCredential instead of a SecureString*'; Script = { New-Login 'canary-token' 'canary-token' } }
        @{ Title = 'cannot be sent'; Says = '*-AccessTokenSource cannot be used*'; Script = { "canary-token`n" } }
        @{ Title = 'fails'; Says = '*failed (RuntimeException)*'; Script = { throw 'canary-token' } }
        @{ Title = 'fails with a non-terminating error'; Says = '*failed (*'; Script = { Write-Error 'canary-token' } }
    ) {
        foreach ($arguments in @{ BaseUri = $server.Address }, @{ Sandbox = $true }) {
            $caught = { Connect-Cadenza @arguments -AccessTokenSource $Script } | Should -Throw -PassThru
            $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidConnection,*'
            "$caught" | Should -BeLike $Says
            ($caught | Format-List * -Force | Out-String) + $caught.Exception | Should -Not -BeLike '*canary*'
            Get-CadenzaConnection | Should -BeNullOrEmpty
        }
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'a source that fails later is one terminating error, and nothing is sent' {
        Connect-Cadenza -Sandbox -AccessTokenSource { if ($script:reads++) { throw 'canary-token' } else { 'first' } } -Fault 'credential/list:Unauthorized'
        $caught = { Get-CadenzaCredential } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaUnauthorized,*'
        "$caught" | Should -BeLike '*-AccessTokenSource failed (RuntimeException)*'
        "$caught" | Should -Not -BeLike '*canary*'
        $caught.CategoryInfo.Reason | Should -Be 'NotSent'
    }

    It 'is refused beside another way to sign in' {
        { Connect-Cadenza -BaseUri $server.Address -AccessTokenSource { Get-Secret } -AccessToken $server.Token } | Should -Throw '*only one of -AccessTokenSource*'
        { Connect-Cadenza -BaseUri $server.Address -AccessTokenSource { Get-Secret } -Credential (New-Login a b) } | Should -Throw '*only one of -AccessTokenSource*'
        { Connect-Cadenza -BaseUri $server.Address -AccessTokenSource $null } | Should -Throw -ErrorId 'CadenzaInvalidConnection,*'
        $reads | Should -Be 0
    }

    It 'runs only in the runspace of the connection' {
        Connect-Cadenza -Sandbox -AccessTokenSource { Get-Secret } -Fault 'credential/list:Unauthorized:times=1'
        $run = Invoke-InSession -Arguments @{ Connection = Get-CadenzaConnection } { param($Connection) Get-CadenzaCredential -Connection $Connection }
        "$($run.Errors)" | Should -BeLike '*only in the runspace that opened the connection*'
        $reads | Should -Be 1
    }
}

Describe 'Connect-Cadenza -TokenLifetimeSec' -Tag Slow {
    AfterEach { Disconnect-Cadenza }

    It 'sets when the token of the sandbox expires, and says so' {
        Connect-Cadenza -Sandbox -TokenLifetimeSec 7200
        ((Get-CadenzaConnection).TokenExpiresAt - [datetimeoffset]::UtcNow).TotalMinutes | Should -BeGreaterThan 100
        Connect-Cadenza -Sandbox -TokenLifetimeSec 60
        Get-CadenzaCredential -First 1 -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 1
        "$warnings" | Should -BeLike '*expires in * minute*'
        foreach ($bad in 0, 86401) { { Connect-Cadenza -Sandbox -TokenLifetimeSec $bad } | Should -Throw '*-TokenLifetimeSec must be from 1 to 86400*' }
    }

    It 'an expired token ends with an error that says when, and with a source it is read again' {
        # A token ends in the second that follows, because its time of expiry has whole seconds.
        function Wait-Expiry { while ([datetimeoffset]::UtcNow -le (Get-CadenzaConnection).TokenExpiresAt.AddSeconds(1)) { [Threading.Thread]::Sleep(50) } }
        Connect-Cadenza -Sandbox -TokenLifetimeSec 1
        Wait-Expiry
        $end = (Get-CadenzaConnection).TokenExpiresAt.ToString('yyyy-MM-dd HH:mm:ss', [cultureinfo]::InvariantCulture)
        { Get-CadenzaCredential -WarningAction SilentlyContinue } | Should -Throw "*The access token expired at ${end}Z.*"
        $script:reads = 0
        Connect-Cadenza -Sandbox -TokenLifetimeSec 2 -AccessTokenSource { $script:reads++; 'vault' }
        Wait-Expiry
        Get-CadenzaCredential -First 1 -WarningVariable warnings | Should -HaveCount 1
        $warnings | Should -HaveCount 0
        $script:reads | Should -Be 2
    }
}
