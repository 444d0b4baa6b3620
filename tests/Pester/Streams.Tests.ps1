# Verbose, debug, warnings, progress, and connections by name.

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'Streams' {
    AfterEach { Disconnect-Cadenza }

    It '-Verbose writes one line for each attempt, with method, path, status, time, attempt and request id' {
        Connect-Cadenza -Sandbox -Fault 'credential/list:ServiceUnavailableJson:times=1'
        $lines = Get-CadenzaCredential -First 1 -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | ForEach-Object ToString
        $lines | Should -HaveCount 2
        $lines[0] | Should -Match '^GET /api/v3/credential/list: HTTP 503, \d+ ms, attempt 1, request req-\d+$'
        $lines[1] | Should -Match '^GET /api/v3/credential/list: HTTP 200, \d+ ms, attempt 2, request req-\d+$'
    }

    It '-Debug shows headers and bodies with every secret masked, and asks nothing' {
        Connect-Cadenza -Sandbox
        $id = (Get-CadenzaCredential -First 1).CredentialId
        $text = (Update-CadenzaCredential $id -ApiKey canary-key -ApiSecret canary-secret -Debug 5>&1 |
            Where-Object { $_ -is [Management.Automation.DebugRecord] } | ForEach-Object ToString) -join "`n"
        $text | Should -BeLike '*> POST /api/v3/credential/rotate*'
        $text | Should -Match '> Authorization: Bearer \*\*\*\n'
        $text | Should -Match '"apiKey":"\*\*\*","apiSecret":"\*\*\*"'
        $text | Should -BeLike '*< HTTP 200*'
        $text | Should -BeLike '*< X-Request-Id: req-*'
        $text | Should -BeLike "*`"credentialId`":`"$id`"*`"success`":true*"
        $text | Should -Not -BeLike '*canary*'
    }

    It 'the first change in Production is a warning, once for each connection' {
        # The address is Production's; nothing is sent, since the proxy refuses.
        Connect-Cadenza -Environment Production -AccessToken (ConvertTo-Secret 'token') -SkipCheck -Proxy (Get-DeadAddress) -MaximumRetryCount 0
        'a', 'b' | Revoke-CadenzaCredential -Force -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable errors -ErrorAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*Production (cadenza-api.algo724.com)*'
        $errors | Should -HaveCount 2
        $errors | ForEach-Object { $_.Exception.Outcome | Should -Be 'NotSent' }
    }

    It 'a token that ends soon and cannot be renewed is a warning, once' {
        $part = { param($text) [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($text)).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
        $exp = [DateTimeOffset]::UtcNow.AddMinutes(4).ToUnixTimeSeconds()
        $token = '{0}.{1}.x' -f (& $part '{"alg":"none"}'), (& $part "{`"exp`":$exp}")
        Connect-Cadenza -BaseUri (Get-DeadAddress) -AccessToken $token -SkipCheck -MaximumRetryCount 0
        Get-CadenzaCredential -WarningVariable first -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Get-CadenzaCredential -WarningVariable second -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        "$first" | Should -Match '^The access token expires in [34] minutes'
        $second | Should -HaveCount 0
    }

    It 'progress shows after a second, with count and rate, and is gone at the end' -Tag Slow {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($m) Import-Module $m; Connect-Cadenza -Sandbox -Fault "credential/verify:Delay:delay=400ms"; $ids = (Get-CadenzaCredential -Venue BYBIT, BINANCE_UAT, COINBASE).CredentialId; Test-CadenzaCredential $ids -ThrottleLimit 1').AddArgument($ModulePath)
            $null = $shell.Invoke()
            $records = @($shell.Streams.Progress | Where-Object Activity -EQ 'Test-CadenzaCredential')
            $records.Count | Should -BeGreaterThan 1
            $records[0].StatusDescription | Should -Match '^\d+ of 5, [\d.]+ per second$'
            $records[0].PercentComplete | Should -BeGreaterThan 0
            $records[-1].RecordType | Should -Be 'Completed'
        }
        finally { $shell.Dispose() }
    }

    It 'quick work shows no progress' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($m) Import-Module $m; Connect-Cadenza -Sandbox; Get-CadenzaCredential -First 3').AddArgument($ModulePath).Invoke()
            $shell.Streams.Progress | Where-Object Activity -Like '*Cadenza*' | Should -HaveCount 0
        }
        finally { $shell.Dispose() }
    }
}

Describe 'Connections by name' {
    BeforeEach {
        Connect-Cadenza -Sandbox -Name one -CredentialCount 5
        Connect-Cadenza -Sandbox -Name 'number two' -CredentialCount 7
    }
    AfterEach { Get-CadenzaConnection -All | Disconnect-Cadenza }

    It '-Connection takes a name, in any case, or an object; the last one is the default' {
        Get-CadenzaCredential | Should -HaveCount 7
        Get-CadenzaCredential -Connection one | Should -HaveCount 5
        Get-CadenzaCredential -Connection 'NUMBER TWO' | Should -HaveCount 7
        Get-CadenzaCredential -Connection (Get-CadenzaConnection one) | Should -HaveCount 5
    }

    It 'Get-CadenzaConnection shows the default, one by name, or all' {
        (Get-CadenzaConnection).Name | Should -Be 'number two'
        (Get-CadenzaConnection one).Name | Should -Be 'one'
        (Get-CadenzaConnection -All).Name | Sort-Object | Should -Be 'number two', 'one'
        { Get-CadenzaConnection nobody } | Should -Throw -ErrorId 'CadenzaNotConnected,*'
    }

    It 'a name that nobody has is an error, and nothing goes to the default' {
        { Get-CadenzaCredential -Connection nobody } | Should -Throw "*no connection named 'nobody'*"
    }

    It 'Disconnect-Cadenza by name closes that one only' {
        Disconnect-Cadenza one
        { Get-CadenzaCredential -Connection one } | Should -Throw
        Get-CadenzaCredential | Should -HaveCount 7
    }

    It 'a second connection of a name takes its place' {
        Connect-Cadenza -Sandbox -Name ONE -CredentialCount 2
        Get-CadenzaCredential -Connection one | Should -HaveCount 2
        Get-CadenzaConnection -All | Should -HaveCount 2
    }

    It 'names complete, quoted where needed' {
        $line = 'Get-CadenzaCredential -Connection n'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain "'number two'"
    }
}

Describe 'A proxy' {
    AfterEach { Disconnect-Cadenza }

    It 'carries what goes beyond this machine' {
        Connect-Cadenza -BaseUri https://cadenza.example -AccessToken (ConvertTo-Secret 'token') -SkipCheck -Proxy (Get-DeadAddress) -MaximumRetryCount 0
        Get-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaConnectionFailed,*'
        $errors[0].Exception.Outcome | Should -Be 'NotSent'
    }

    It '<Title> is refused' -ForEach @(
        @{ Title = 'another scheme'; Arguments = @{ Proxy = 'ftp://127.0.0.1' } }
        @{ Title = 'a password in the address'; Arguments = @{ Proxy = 'http://u:canary@127.0.0.1:1' } }
        @{ Title = 'a credential without a proxy'; Arguments = @{ ProxyCredential = [pscredential]::new('u', [securestring]::new()) } }
    ) {
        $caught = { Connect-Cadenza -BaseUri https://cadenza.example -AccessToken x @Arguments } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidConnection,*'
        $caught.ToString() | Should -Not -BeLike '*canary*'
    }
}
