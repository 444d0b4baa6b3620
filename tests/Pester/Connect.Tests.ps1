# Connecting: by token, by login, by environment variables, to the sandbox; and all the ways to get it wrong.

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'Connecting to a server' {
    BeforeEach {
        # As in a new session: once Connect-Cadenza has run, the environment variables are out of play.
        Import-Module $ModulePath -Force
        $server = Start-SandboxServer
    }
    AfterEach {
        Disconnect-Cadenza
        Stop-AllServers
        foreach ($name in $ConnectionVariables) { [Environment]::SetEnvironmentVariable($name, $null) }
    }

    It 'Connect-Cadenza emits nothing without -PassThru' {
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token | Should -BeNullOrEmpty
        (Get-CadenzaConnection).BaseUri | Should -Be "$($server.Address)/"
    }

    It 'Connect-Cadenza -PassThru emits the connection that Get-CadenzaConnection then shows' {
        $connection = Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -PassThru
        $connection | Should -BeOfType Cadenza.Commands.Connections.CadenzaConnection
        [object]::ReferenceEquals($connection, (Get-CadenzaConnection)) | Should -BeTrue
    }

    It 'Connect-Cadenza -SkipCheck sends nothing' {
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -SkipCheck
        Get-CadenzaConnection | Should -Not -BeNullOrEmpty
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'the check of the token is one GET that lists nothing' {
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token
        $requests = @(Get-ServerRequest $server)
        $requests | Should -HaveCount 1
        $requests[0].method | Should -Be 'GET'
        $requests[0].path | Should -Be '/api/v3/auth/user'
    }

    It 'a token that the server refuses ends in CadenzaUnauthorized, and there is no connection' {
        $caught = { Connect-Cadenza -BaseUri $server.Address -AccessToken (ConvertTo-Secret 'no-such-token') } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaUnauthorized,*'
        Get-CadenzaConnection | Should -BeNullOrEmpty
    }

    It 'a failed Connect-Cadenza leaves no connection, so that the next command does not use the previous one' {
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token
        { Connect-Cadenza -BaseUri $server.Address -AccessToken (ConvertTo-Secret 'no-such-token') } | Should -Throw
        Get-CadenzaConnection | Should -BeNullOrEmpty
        { Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token; Connect-Cadenza -BaseUri ftp://example.com -AccessToken $server.Token } |
            Should -Throw
        Get-CadenzaConnection | Should -BeNullOrEmpty
    }

    It 'a connection that was closed says so at once' {
        $connection = Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -PassThru
        Disconnect-Cadenza
        $caught = { Get-CadenzaCredential -Connection $connection } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaNotConnected,*'
        $caught.ToString() | Should -BeLike '*was closed*'
    }

    It '-<Parameter> $null is an error, also where environment variables would do' -ForEach @(
        @{ Parameter = 'AccessToken' }, @{ Parameter = 'Credential' }, @{ Parameter = 'BaseUri' }, @{ Parameter = 'Environment' }
    ) {
        $env:CADENZA_ACCESS_TOKEN = ConvertFrom-SecureString $server.Token -AsPlainText
        $env:CADENZA_BASE_URL = $server.Address
        $arguments = @{ $Parameter = $null }
        $caught = { Connect-Cadenza @arguments } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidConnection,*'
        $caught.ToString() | Should -BeLike "-$Parameter *"
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It '-Connection with another object is refused without its value: <Title>' -Tag Slow -ForEach @(
        @{ Title = 'an object'; Type = 'PSCustomObject'; Value = { [pscustomobject]@{ Password = 'canary-of-object' } } }
        @{ Title = 'an object with a text'; Type = 'PSCustomObject'; Value = { [pscustomobject]@{} | Add-Member ScriptMethod ToString { 'canary-of-object' } -Force -PassThru } }
        @{ Title = 'a hashtable'; Type = 'Hashtable'; Value = { @{ Password = 'canary-of-object' } } }
        @{ Title = 'a list'; Type = 'list'; Value = { , @('canary-of-object', 'canary-of-object') } }
        @{ Title = 'a login'; Type = 'PSCredential'; Value = { New-Login 'canary-of-object' 'canary-of-object' } }
        @{ Title = 'a script block'; Type = 'script block'; Value = { { 'canary-of-object' } } }
        @{ Title = 'a URI'; Type = 'Uri'; Value = { [uri]'https://canary-of-object/' } }
    ) {
        $value = & $Value
        foreach ($command in 'Get-CadenzaCredential', 'Get-CadenzaConnection', 'Disconnect-Cadenza', 'Test-CadenzaCredential', 'Update-CadenzaCredential') {
            # PowerShell does not pass a script block to a parameter of the pipeline.
            if ($command -eq 'Disconnect-Cadenza' -and $value -is [scriptblock]) { continue }
            if (-not (Get-Command $command).Parameters.ContainsKey('Connection')) { continue }
            $Error.Clear()
            $caught = { & $command -Connection $value -ErrorAction Stop } | Should -Throw -PassThru
            $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidParameter,*'
            "$caught" | Should -BeLike "-Connection is neither a connection nor the name of one, but *$Type*"
            foreach ($record in @($caught) + @($Error)) {
                ($record | Format-List * -Force | Out-String) + $record.Exception + $record.TargetObject | Should -Not -BeLike '*canary-of-object*'
            }
        }
    }

    It 'nobody listening ends in CadenzaConnectionFailed that names the address' {
        $address = Get-DeadAddress
        $caught = { Connect-Cadenza -BaseUri $address -AccessToken (ConvertTo-Secret 'any') -MaximumRetryCount 0 } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaConnectionFailed,*'
        $caught.ToString() | Should -BeLike "*$address*"
        Get-CadenzaConnection | Should -BeNullOrEmpty
    }

    It 'Connect-Cadenza -Credential signs in by email and password' {
        $connection = Connect-Cadenza -BaseUri $server.Address -Credential (New-Login 'admin@sandbox.example' 'sandbox-password') -PassThru
        $connection.IsLogin | Should -BeTrue
        $connection.User | Should -Be 'admin@sandbox.example'
        $connection.TokenExpiresAt | Should -BeGreaterThan ([datetimeoffset]::UtcNow.AddMinutes(10))
        Get-CadenzaCredential | Should -HaveCount 24
    }

    It 'a wrong password ends in CadenzaLoginRejected' {
        $caught = { Connect-Cadenza -BaseUri $server.Address -Credential (New-Login 'admin@sandbox.example' 'wrong-password') } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaLoginRejected,*'
        $caught.CategoryInfo.Category | Should -Be 'AuthenticationError'
        Get-CadenzaConnection | Should -BeNullOrEmpty
    }

    It 'Disconnect-Cadenza ends at the server the session that a login began' {
        Connect-Cadenza -BaseUri $server.Address -Credential (New-Login 'admin@sandbox.example' 'sandbox-password')
        Disconnect-Cadenza | Should -BeNullOrEmpty
        $last = @(Get-ServerRequest $server)[-1]
        "$($last.method) $($last.path) $($last.status)" | Should -Be 'POST /api/v3/auth/logout 200'
        Get-CadenzaConnection | Should -BeNullOrEmpty
    }

    It 'Disconnect-Cadenza leaves alone the session of a token that it was given' {
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -SkipCheck
        Disconnect-Cadenza
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'Disconnect-Cadenza without a connection is no error' {
        Disconnect-Cadenza -ErrorVariable errors
        $errors | Should -HaveCount 0
    }

    It 'a closed connection in a variable gives an error' {
        $connection = Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -SkipCheck -PassThru
        Disconnect-Cadenza
        $failure = $null
        try { Get-CadenzaCredential -Connection $connection -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Cadenza*,*'
    }

    It 'environment variables are enough' {
        $env:CADENZA_ACCESS_TOKEN = [pscredential]::new('x', $server.Token).GetNetworkCredential().Password
        $env:CADENZA_BASE_URL = $server.Address
        Get-CadenzaCredential | Should -HaveCount 24
        (Get-CadenzaConnection).BaseUri | Should -Be "$($server.Address)/"
    }

    It 'a change of the environment variables takes effect at the next command' {
        $env:CADENZA_ACCESS_TOKEN = [pscredential]::new('x', $server.Token).GetNetworkCredential().Password
        $env:CADENZA_BASE_URL = $server.Address
        Get-CadenzaCredential | Should -HaveCount 24
        $other = Start-SandboxServer guide '--count', '3', '--seed', '2'
        $env:CADENZA_BASE_URL = $other.Address
        { Get-CadenzaCredential } | Should -Throw -ErrorId 'CadenzaUnauthorized,*' -Because 'the token is the first server''s'
        $env:CADENZA_ACCESS_TOKEN = [pscredential]::new('x', $other.Token).GetNetworkCredential().Password
        Get-CadenzaCredential | Should -HaveCount 3
    }

    It '<Title>, the environment variables do not lead elsewhere' -ForEach @(
        @{ Title = 'after a failed Connect-Cadenza'; Script = { try { Connect-Cadenza -BaseUri (Get-DeadAddress) -AccessToken $server.Token -MaximumRetryCount 0 } catch { $null = $_ } } }
        @{ Title = 'after a Connect-Cadenza that cannot be'; Script = { try { Connect-Cadenza -Sandbox -TimeoutSec 0 } catch { $null = $_ } } }
        @{ Title = 'after Disconnect-Cadenza'; Script = { Connect-Cadenza -Sandbox; Disconnect-Cadenza } }
        @{ Title = 'after Disconnect-Cadenza of the connection by variables'; Script = { $null = Get-CadenzaCredential -First 1; Disconnect-Cadenza } }
    ) {
        $env:CADENZA_ACCESS_TOKEN = ConvertFrom-SecureString $server.Token -AsPlainText
        $env:CADENZA_BASE_URL = $server.Address
        . $Script
        { Get-CadenzaCredential } | Should -Throw -ErrorId 'CadenzaNotConnected,*'
        Connect-Cadenza
        Get-CadenzaCredential | Should -HaveCount 24 -Because 'Connect-Cadenza without parameters takes the variables'
    }

    It 'the token of the variables is not sent to another address' {
        $env:CADENZA_ACCESS_TOKEN = ConvertFrom-SecureString $server.Token -AsPlainText
        $env:CADENZA_BASE_URL = Get-DeadAddress
        { Connect-Cadenza -BaseUri $server.Address } | Should -Throw -ErrorId 'CadenzaInvalidConnection,*'
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'Connect-Cadenza wins over the environment variables' {
        $env:CADENZA_ACCESS_TOKEN = 'not-a-token-of-any-server'
        $env:CADENZA_BASE_URL = Get-DeadAddress
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token
        Get-CadenzaCredential | Should -HaveCount 24
    }

    It '<Title> is an error that says what to set' -ForEach @(
        @{ Title = 'nothing set'; Variables = @{}; Id = 'CadenzaNotConnected'; Says = 'Connect-Cadenza' }
        @{ Title = 'a token without an address'; Variables = @{ CADENZA_ACCESS_TOKEN = 't' }; Id = 'CadenzaNotConnected'; Says = 'CADENZA_ENVIRONMENT' }
        @{ Title = 'an address without a token'; Variables = @{ CADENZA_BASE_URL = 'http://127.0.0.1:9' }; Id = 'CadenzaNotConnected'; Says = 'CADENZA_ACCESS_TOKEN' }
        @{ Title = 'environment and address together'; Variables = @{ CADENZA_ACCESS_TOKEN = 't'; CADENZA_ENVIRONMENT = 'Uat'; CADENZA_BASE_URL = 'http://127.0.0.1:9' }; Id = 'CadenzaInvalidConnection'; Says = 'CADENZA_BASE_URL' }
        @{ Title = 'an unknown environment'; Variables = @{ CADENZA_ACCESS_TOKEN = 't'; CADENZA_ENVIRONMENT = 'Moon' }; Id = 'CadenzaInvalidConnection'; Says = 'CADENZA_ENVIRONMENT' }
        @{ Title = 'http beyond this machine'; Variables = @{ CADENZA_ACCESS_TOKEN = 't'; CADENZA_BASE_URL = 'http://cadenza.example' }; Id = 'CadenzaInvalidConnection'; Says = 'CADENZA_BASE_URL' }
        @{ Title = 'a token with a line break'; Variables = @{ CADENZA_ACCESS_TOKEN = "t`n"; CADENZA_BASE_URL = 'http://127.0.0.1:9' }; Id = 'CadenzaInvalidConnection'; Says = 'CADENZA_ACCESS_TOKEN' }
    ) {
        foreach ($name in $Variables.Keys) { [Environment]::SetEnvironmentVariable($name, $Variables[$name]) }
        $caught = { Get-CadenzaCredential } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$caught $($caught.ErrorDetails.RecommendedAction)" | Should -BeLike "*$Says*"
        $caught.ToString() | Should -Not -Match '[\r\n]'
    }

    It 'Revoke-CadenzaCredential without a connection asks nothing and ends in CadenzaNotConnected' {
        $result = Invoke-InSession -Answer Y { 'some-id', 'another-id' | Revoke-CadenzaCredential }
        $result.Questions | Should -HaveCount 0
        @($result.Errors) + @($result.Failure | ForEach-Object ErrorRecord | Where-Object { $_ }) | ForEach-Object FullyQualifiedErrorId | Select-Object -Unique | Should -BeLike 'CadenzaNotConnected,*'
    }

    Context 'bad input: <Title>' -Tag Slow -ForEach @(
        @{ Title = 'http beyond this machine'; Names = '-BaseUri'; Arguments = @{ BaseUri = 'http://cadenza.example' } }
        @{ Title = 'another scheme'; Names = '-BaseUri'; Arguments = @{ BaseUri = 'ftp://127.0.0.1' } }
        @{ Title = 'user info'; Names = '-BaseUri'; Arguments = @{ BaseUri = 'https://user:hunter2@cadenza.example' }; Hides = 'hunter2' }
        @{ Title = 'a query'; Names = '-BaseUri'; Arguments = @{ BaseUri = 'https://cadenza.example/?token=hunter2' }; Hides = 'hunter2' }
        @{ Title = 'a fragment'; Names = '-BaseUri'; Arguments = @{ BaseUri = 'https://cadenza.example/#part' } }
        @{ Title = 'a relative address'; Names = '-BaseUri'; Arguments = @{ BaseUri = 'cadenza/api' } }
        @{ Title = 'both -Environment and -BaseUri'; Names = '-Environment'; Arguments = @{ Environment = 'Uat' }; WithServer = $true }
        @{ Title = 'both -AccessToken and -Credential'; Names = '-AccessToken'; Login = @('a@b.example', 'pw'); WithServer = $true }
        @{ Title = 'a login without a password'; Names = '-Credential'; Login = @('a@b.example', ''); WithServer = $true; NoToken = $true }
        @{ Title = 'a token with a line break'; Names = '-AccessToken'; Token = "hunter2`nx"; WithServer = $true; Hides = 'hunter2' }
        @{ Title = 'a token with a carriage return at its end'; Names = '-AccessToken'; Token = "hunter2`r"; WithServer = $true; Hides = 'hunter2' }
        @{ Title = 'a token with a space'; Names = '-AccessToken'; Token = 'hunter2 x'; WithServer = $true; Hides = 'hunter2' }
        @{ Title = 'a token beyond ASCII'; Names = '-AccessToken'; Token = "hunter2$([char]0xE9)"; WithServer = $true; Hides = 'hunter2' }
        @{ Title = 'an empty token'; Names = '-AccessToken'; Token = ''; WithServer = $true }
        @{ Title = 'no address'; Names = '-Environment'; Arguments = @{}; Id = 'CadenzaNotConnected' }
        @{ Title = 'no token'; Names = '-AccessToken'; NoToken = $true; WithServer = $true; Id = 'CadenzaNotConnected' }
    ) {
        It 'is one line that names the parameter, before anything is sent' {
            $all = if ($Arguments) { $Arguments.Clone() } else { @{} }
            if ($WithServer) { $all.BaseUri = $server.Address }
            if (-not $NoToken) { $all.AccessToken = if ($null -ne $Token) { ConvertTo-Secret $Token } else { $server.Token } }
            if ($Login) { $all.Credential = New-Login @Login }
            $caught = { Connect-Cadenza @all } | Should -Throw -PassThru
            $caught.FullyQualifiedErrorId | Should -BeLike "$($Id ?? 'CadenzaInvalidConnection'),*"
            $caught.ToString() | Should -BeLike "*$Names*"
            $caught.ToString() | Should -Not -Match '[\r\n]'
            if ($Hides) { $caught.ToString() | Should -Not -BeLike "*$Hides*" }
            $caught.Exception.Outcome | Should -Be 'NotSent'
            Get-ServerRequest $server | Should -HaveCount 0
            Get-CadenzaConnection | Should -BeNullOrEmpty
        }
    }

    It 'an environment that does not exist is refused with the names of those that do' {
        $caught = { Connect-Cadenza -Environment Moon -AccessToken $server.Token } | Should -Throw -PassThru
        $caught.ToString() | Should -BeLike '*Uat*Production*'
    }
}

Describe 'A connection belongs to its runspace' {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'two runspaces never see each other''s connection' {
        Connect-Cadenza -Sandbox -CredentialCount 5
        $other = Invoke-InSession { Get-CadenzaConnection; Connect-Cadenza -Sandbox -CredentialCount 7; (Get-CadenzaCredential).Count }
        $other.Output | Should -Be 7
        Get-CadenzaCredential | Should -HaveCount 5
    }

    It 'Disconnect-Cadenza in one runspace leaves the other connected' {
        Connect-Cadenza -Sandbox -CredentialCount 5
        $null = Invoke-InSession { Connect-Cadenza -Sandbox; Disconnect-Cadenza }
        Get-CadenzaCredential | Should -HaveCount 5
    }

    It '-Connection $using:connection works in ForEach-Object -Parallel' {
        $connection = Connect-Cadenza -Sandbox -PassThru
        $path = $ModulePath
        $ids = (Get-CadenzaCredential -First 6).CredentialId
        $found = $ids | ForEach-Object -ThrottleLimit 3 -Parallel {
            Import-Module $using:path
            (Get-CadenzaCredential -CredentialId $_ -Connection $using:connection).CredentialId
        }
        $found | Sort-Object | Should -Be ($ids | Sort-Object)
    }

    It 'two sandboxes of one seed hold the same credentials, and of another seed others' {
        $first, $same, $other = 1, 1, 2 | ForEach-Object { Get-CadenzaCredential -Connection (Connect-Cadenza -Sandbox -Seed $_ -PassThru) | ForEach-Object CredentialId | Join-String -Separator ' ' }
        $same | Should -Be $first
        $other | Should -Not -Be $first
    }

    It 'Connect-Cadenza -Sandbox -Dialect <Dialect> speaks that dialect' -ForEach @(
        @{ Dialect = 'Guide'; Status = 'FAILED' }
        @{ Dialect = 'EndpointPage'; Status = 'ACTIVE' }
        @{ Dialect = 'OpenApi'; Status = 'EXPIRED' }
    ) {
        Connect-Cadenza -Sandbox -Dialect $Dialect
        (Get-CadenzaCredential -Nickname 'Lending ladder').Status | Should -Be $Status
    }
}

Describe 'What a connection shows' -Tag Slow {
    BeforeAll { $server = Start-SandboxServer }

    Context 'made by <Way>' -ForEach @(@{ Way = 'token' }, @{ Way = 'login' }, @{ Way = 'sandbox' }) {
        BeforeAll {
            $connection = switch ($Way) {
                'token' { Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -PassThru }
                'login' { Connect-Cadenza -BaseUri $server.Address -Credential (New-Login 'admin@sandbox.example' 'sandbox-password') -PassThru }
                'sandbox' { Connect-Cadenza -Sandbox -PassThru }
            }
        }

        It 'is host, environment, user and expiry' {
            $connection.Host | Should -Not -BeNullOrEmpty
            $connection.Environment | Should -Be ($Way -eq 'sandbox' ? 'Sandbox' : 'Custom')
            $connection.User | Should -Be 'admin@sandbox.example'
            $connection.TokenExpiresAt | Should -BeGreaterThan ([datetimeoffset]::UtcNow)
        }

        It 'is never a token' {
            $file = Join-Path $TestDrive "connection-$Way.xml"
            $connection | Export-Clixml $file
            $texts = @(
                $connection.ToString()
                $connection | Out-String
                $connection | Format-List * -Force | Out-String -Width 500
                $connection | Format-Custom -Depth 5 | Out-String -Width 500
                $connection | ConvertTo-Json -Depth 5
                Get-Content $file -Raw
            )
            foreach ($text in $texts) {
                $text | Should -Not -BeNullOrEmpty
                # Every token here is a JWT, and every JWT begins so.
                $text | Should -Not -Match 'eyJ|sandbox-password'
            }
        }
    }
}

Describe 'A sandbox that misbehaves' -Tag Slow {
    AfterEach { Disconnect-Cadenza }

    It 'loses the answer to a revoke, which is still one revoked credential' {
        Connect-Cadenza -Sandbox -Fault 'credential/revoke:ResetAfter:times=1'
        $revoked = Get-CadenzaCredential -Nickname 'Lending ladder' | Revoke-CadenzaCredential -Force -ErrorVariable errors
        $errors | Should -HaveCount 0
        $revoked.Status | Should -Be 'REVOKED'
        $revoked.Nickname | Should -Be 'Lending ladder'
    }

    It 'loses every answer to a revoke, which the credential itself then tells' {
        Connect-Cadenza -Sandbox -Fault 'credential/revoke:GatewayTimeoutHtml:after' -MaximumRetryCount 0
        $revoked = Get-CadenzaCredential -Nickname 'Lending ladder' | Revoke-CadenzaCredential -Force -ErrorVariable errors
        $errors | Should -HaveCount 0
        $revoked.Status | Should -Be 'REVOKED'
    }

    It 'loses every answer to a revoke and the list, too, which is one error that says unknown' {
        Connect-Cadenza -Sandbox -Fault 'credential/revoke:GatewayTimeoutHtml:after', 'credential/list:GatewayTimeoutHtml:skip=1,times=1' -MaximumRetryCount 0
        Get-CadenzaCredential -Nickname 'Lending ladder' |
            Revoke-CadenzaCredential -Force -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -HaveCount 1
        $errors[0].Exception.Outcome | Should -Be 'Unknown'
        $errors[0].ToString() | Should -BeLike "It is unknown whether * (BITFINEX 'Lending ladder') was revoked: *"
        (Get-CadenzaCredential -Nickname 'Lending ladder').Status | Should -Be 'REVOKED'
    }

    It 'refuses a rule that it does not understand' {
        $caught = { Connect-Cadenza -Sandbox -Fault 'credential/revoke:Explode' } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidConnection,*'
    }
}
