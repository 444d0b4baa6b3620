# Watch-CadenzaCredential: what changed, since the last list or since the last run. No test waits for a time; each watch has an end.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $columnsBefore = $env:COLUMNS

    function New-StatePath { Join-Path $TestDrive "$([guid]::NewGuid()).json" }

    # The list of a scripted server: the status of each credential by its id.
    function New-List([hashtable] $Status) {
        @{ Body = ConvertTo-ListBody @($Status.Keys | Sort-Object | ForEach-Object {
                    @{ credentialId = $_; nickname = "desk $_"; venue = 'OKX'; status = $Status[$_]; credentialType = 'EXCHANGE'; updatedAt = 1767323045000 }
                })
        }
    }
    $before, $after = (New-List @{ a = 'VERIFIED'; b = 'VERIFIED' }), (New-List @{ a = 'FAILED'; b = 'VERIFIED'; c = 'PENDING' })
}
AfterAll { $env:COLUMNS = $columnsBefore; Restore-TestSession }

Describe 'A continuous watch' -Tag Slow {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'writes one event per change, and ends after the one for which -Until is true' {
        $null = Connect-ScriptedServer $before, $after
        $events = @(Watch-CadenzaCredential -IntervalSec 1 -TimeoutSec 60 -Until { $_.Event -eq 'Appeared' })
        $events.Event | Should -Be StatusChanged, Appeared
        $events[0].PreviousStatus, $events[0].Status, $events[0].PreviousHealth, $events[0].Health | Should -Be VERIFIED, FAILED, Working, Failed
        $events[0].CredentialId, $events[0].Nickname, $events[0].Venue | Should -Be a, 'desk a', OKX
        $events[0].Before.Status, $events[0].After.Status | Should -Be VERIFIED, FAILED
        $events[1].Before | Should -BeNullOrEmpty
        $events.Server | Sort-Object -Unique | Should -Be (Get-CadenzaConnection).Server
    }

    It 'ends with Select-Object -First, and its events bind to the next cmdlet' {
        $null = Connect-ScriptedServer $before, $after
        (Watch-CadenzaCredential -IntervalSec 1 -TimeoutSec 60 | Select-Object -First 1 | Get-CadenzaCredential).Status | Should -Be FAILED
    }

    It 'selects by <Title>, before or after the change' -ForEach @(
        @{ Title = 'health'; Filter = @{ Health = 'Working' }; Expected = 'a' }
        @{ Title = 'status'; Filter = @{ Status = 'PEND*' }; Expected = 'c' }
        @{ Title = 'id'; Filter = @{ CredentialId = 'c' }; Expected = 'c' }
        @{ Title = 'nickname'; Filter = @{ Nickname = 'desk a', 'desk b' }; Expected = 'a' }
        @{ Title = 'venue'; Filter = @{ Venue = 'OKX' }; Expected = 'a', 'c' }
    ) {
        $state = New-StatePath
        $null = Connect-ScriptedServer $before, $after
        Watch-CadenzaCredential -Once -StatePath $state -WarningAction Ignore
        @(Watch-CadenzaCredential -Once -StatePath $state @Filter -WarningAction Ignore).CredentialId | Should -Be $Expected
    }

    It 'ends with -TimeoutSec, without an error' {
        $null = Connect-ScriptedServer $before
        Watch-CadenzaCredential -IntervalSec 1 -TimeoutSec 0.5 -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }

    It 'ends with the error of the other cmdlets if the token is rejected' {
        $null = Connect-ScriptedServer $before, @{ Status = '401 Unauthorized'; Body = '{"data":null,"success":false,"errno":-19002,"error":"no"}' }
        { Watch-CadenzaCredential -IntervalSec 1 -TimeoutSec 60 } | Should -Throw -ErrorId 'CadenzaUnauthorized,*'
    }

    It 'goes on through an outage, with one warning when it begins and one when it ends' {
        $null = Connect-ScriptedServer $before, @{ Status = '502 Bad Gateway'; Type = 'text/html'; Body = '<html>' }, $after
        $events = @(Watch-CadenzaCredential -IntervalSec 1 -TimeoutSec 60 -Until { $true } -WarningVariable warned -WarningAction SilentlyContinue)
        $events.CredentialId | Should -Be a
        $warned | Should -HaveCount 2
    }

    It 'stops at once' {
        $null = Connect-ScriptedServer $before
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($m, $c) Import-Module $m; Watch-CadenzaCredential -Connection $c -Verbose').AddArgument($ModulePath).AddArgument((Get-CadenzaConnection))
            $running = $shell.BeginInvoke()
            # The message that the watch has begun: from then on, it waits for a minute.
            $deadline = [datetime]::UtcNow.AddSeconds(60)
            while (-not ($shell.Streams.Verbose -match 'Changes are reported') -and [datetime]::UtcNow -lt $deadline) { [Threading.Thread]::Sleep(10) }
            $shell.Streams.Verbose -match 'Changes are reported' | Should -HaveCount 1
            $stopping = $shell.BeginStop($null, $null)
            $stopping.AsyncWaitHandle.WaitOne(10000) | Should -BeTrue -Because 'Ctrl+C does not wait for the interval'
            $running.IsCompleted | Should -BeTrue
        }
        finally { $shell.Dispose() }
    }
}

Describe '-Once -StatePath' {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'reports in the next run what changed, once, on a server of the dialect <_>' -ForEach 'guide', 'page', 'openapi' {
        $server = Connect-SandboxServer $_
        $state = New-StatePath
        Watch-CadenzaCredential -Once -StatePath $state -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warned | Should -HaveCount 1
        $target = Get-CadenzaCredential -Nickname 'Lending ladder'
        $rotated = Get-CadenzaCredential -Nickname 'Basis carry ETH' | Update-CadenzaCredential -ApiKey 'made-up-key' -ApiSecret 'made-up-secret'
        $null = $target | Revoke-CadenzaCredential -Force
        $events = @(Watch-CadenzaCredential -Once -StatePath $state)
        ($events | Where-Object CredentialId -EQ $target.CredentialId).Event | Should -Be StatusChanged
        ($events | Where-Object CredentialId -EQ $target.CredentialId).Health | Should -Be Revoked
        ($events | Where-Object CredentialId -EQ $rotated.CredentialId).Event | Should -Be KeysRotated
        $events | Should -HaveCount 2
        Watch-CadenzaCredential -Once -StatePath $state | Should -BeNullOrEmpty
        Get-ChangeCount $server | Should -Be 2
        Find-Canary (Get-Content -Raw $state) 'made-up-key', 'made-up-secret' | Should -BeNullOrEmpty
    }

    It 'reports no change of a list that is incomplete, and reports it in the next run' {
        $state = New-StatePath
        $broken = @{ Body = $before.Body; Delivered = 40 }
        $null = Connect-ScriptedServer $before, $broken, $after
        Watch-CadenzaCredential -Once -StatePath $state -WarningAction Ignore
        Watch-CadenzaCredential -Once -StatePath $state -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed | Should -HaveCount 1
        @(Watch-CadenzaCredential -Once -StatePath $state).CredentialId | Should -Be a, c
    }

    It 'ends with one error for a file that is <Title>' -ForEach @(
        @{ Title = 'empty'; Content = '' }
        @{ Title = 'damaged'; Content = '{"format":"CadenzaPS credential state","version":1' }
        @{ Title = 'of another server'; Content = '{"format":"CadenzaPS credential state","version":1,"server":"uat.example","time":"2026-01-01T00:00:00Z","count":0,"credentials":[]}' }
    ) {
        Connect-Cadenza -Sandbox
        $state = New-StatePath
        [IO.File]::WriteAllText($state, $Content)
        { Watch-CadenzaCredential -Once -StatePath $state } | Should -Throw -ErrorId 'CadenzaStateUnusable,*'
        [IO.File]::ReadAllText($state) | Should -Be $Content
    }

    It 'requires -StatePath' {
        Connect-Cadenza -Sandbox
        { Watch-CadenzaCredential -Once } | Should -Throw -ErrorId 'CadenzaInvalidParameter,*' -ExpectedMessage '*-StatePath*'
    }

    It 'finds the file relative to the location of PowerShell' {
        Connect-Cadenza -Sandbox
        Push-Location $TestDrive
        try { Watch-CadenzaCredential -Once -StatePath ./here.json -WarningAction Ignore } finally { Pop-Location }
        Join-Path $TestDrive here.json | Should -Exist
    }
}

Describe 'An event' {
    BeforeAll {
        $state = New-StatePath
        $null = Connect-ScriptedServer $before, $after
        Watch-CadenzaCredential -Once -StatePath $state -WarningAction Ignore
        $events = @(Watch-CadenzaCredential -Once -StatePath $state)
        $saved = Join-Path $TestDrive events.xml
        $events | Export-Clixml $saved
    }

    It 'is one line of 80 characters in a table, with what it was and what it is, <Form>' -ForEach @{ Form = 'live' }, @{ Form = 'after Import-Clixml' } {
        $env:COLUMNS = 80
        $text = $(if ($Form -eq 'live') { $events } else { Import-Clixml $saved }) | Out-String -Width 80
        $lines = @($text -split '\r?\n' | Where-Object { $_.Trim() })
        $lines[0] -split '\s+' -ne '' | Should -Be Time, Event, Status, Venue, Name
        $lines[2] | Should -Match '^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ StatusChanged VERIFIED.FAILED +OKX +desk a$'
        $lines[3] | Should -Match 'Z Appeared +PENDING +OKX +desk c$'
        $lines | Should -HaveCount 4
    }

    It 'shows its id in a list' { $events[0] | Format-List | Out-String | Should -Match '(?m)^CredentialId +: a' }

    It 'has words and ISO 8601 times in a CSV file' {
        $row = ($events | ConvertTo-Csv | ConvertFrom-Csv)[0]
        $row.Event, $row.PreviousHealth, $row.Health | Should -Be StatusChanged, Working, Failed
        $row.Time | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$'
        $row.After | Should -Be "a (OKX 'desk a')"
    }
}
