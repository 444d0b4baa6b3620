# The requests of the session: what Get-CadenzaRequest shows of them, and what it keeps.

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'Get-CadenzaRequest' {
    BeforeEach { Import-Module $ModulePath -Force }
    AfterEach { Get-CadenzaConnection -All | Disconnect-Cadenza; Stop-AllServers }

    It 'shows every request of the session without -Verbose, as the server has received it' {
        $server = Connect-SandboxServer
        $id = (Get-CadenzaCredential -Nickname 'Lending ladder').CredentialId
        $null = Revoke-CadenzaCredential $id -Force
        $found = @(Get-CadenzaRequest)
        $received = @(Get-ServerRequest $server)
        $found.Count | Should -BeGreaterThan 2
        $found | ForEach-Object { "$($_.Method) $(($_.Path -split '[?]')[0]) $($_.Status)" } | Should -Be @($received | ForEach-Object { "$($_.method) $(($_.path -split '[?]')[0]) $($_.status)" })
        foreach ($request in $found) {
            $request.Server | Should -Be (Get-CadenzaConnection).Server
            $request.RequestId | Should -Not -BeNullOrEmpty
            $request.Attempt | Should -Be 1
            $request.Milliseconds | Should -BeGreaterOrEqual 0
            $request.Error | Should -BeNullOrEmpty
        }
        $found.Time | Should -Be ($found.Time | Sort-Object { $_.UtcTicks })
    }

    It '-Last takes the last ones, in their order' {
        Connect-Cadenza -Sandbox
        1..4 | ForEach-Object { $null = Get-CadenzaCredential -First 1 }
        $all = @(Get-CadenzaRequest)
        @(Get-CadenzaRequest -Last 2).RequestId | Should -Be $all[-2, -1].RequestId
        @(Get-CadenzaRequest 1).RequestId | Should -Be $all[-1].RequestId
        @(Get-CadenzaRequest -Last 1000) | Should -HaveCount $all.Count
        foreach ($bad in 0, -1, 1001, 'x', 1.5, $null) { { Get-CadenzaRequest -Last $bad } | Should -Throw }
    }

    It 'shows a connection that failed, and a login' {
        { Connect-Cadenza -BaseUri (Get-DeadAddress) -AccessToken x -MaximumRetryCount 0 } | Should -Throw
        $request = @(Get-CadenzaRequest)[-1]
        "$($request.Method) $($request.Path) [$($request.Status)] $($request.Error)" | Should -Be 'GET /api/v3/auth/user [] ConnectionFailed'
        $server = Start-SandboxServer
        { Connect-Cadenza -BaseUri $server.Address -Credential (New-Login 'admin@sandbox.example' 'wrong') } | Should -Throw
        $request = @(Get-CadenzaRequest)[-1]
        "$($request.Path) $($request.Status) $($request.Error)" | Should -Be '/api/v3/auth/login 401 LoginRejected'
    }

    It 'keeps the last 1,000 requests' {
        # Each credential is one request in this dialect.
        Connect-Cadenza -Sandbox -Dialect EndpointPage -CredentialCount 1300
        $null = Get-CadenzaCredential | Test-CadenzaCredential -ErrorAction SilentlyContinue
        $all = @(Get-CadenzaRequest)
        $all | Should -HaveCount 1000
        $all.Path | Sort-Object -Unique | Should -Be '/api/v3/credential/verify'
        [Collections.Generic.HashSet[string]]::new([string[]]$all.RequestId).Count | Should -Be 1000
    }

    It 'is empty in a new runspace, and after the module was removed' {
        Connect-Cadenza -Sandbox
        (Invoke-InSession { @(Get-CadenzaRequest).Count }).Output | Should -Be 0
        Import-Module $ModulePath -Force
        Get-CadenzaRequest | Should -BeNullOrEmpty
    }

    It 'shows a table and a list, also of deserialized requests' {
        Connect-Cadenza -Sandbox
        $null = Get-CadenzaCredential -First 1
        $file = Join-Path $TestDrive requests.xml
        Get-CadenzaRequest | Export-Clixml $file
        foreach ($requests in @(Get-CadenzaRequest), @(Import-Clixml $file)) {
            $table = $requests | Format-Table | Out-String -Width 120
            $table | Should -Match '(?m)^Time +Method Status +ms +Try +Path +Error +RequestId'
            $table | Should -Match '(?m)^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ +GET +200 +\d+ +1 +/api/v3/auth/user +req-\d+\s*$'
            $requests | Format-List | Out-String | Should -Match '(?m)^Server +: sandbox'
        }
        (Get-CadenzaRequest | ConvertTo-Csv)[1] | Should -Match '"\d{4}-\d\d-\d\dT[\d:.]+Z"'
    }
}
