# What a revoke would do: Get-CadenzaCredentialImpact, from a prompt, through pipelines and files, and where the accounts are not known.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $ids = { param($items) @($items | ForEach-Object CredentialId) }
    # A server whose list of accounts is the given one. It has the credentials a, b, and c.
    function Connect-AccountServer([hashtable] $Answer) {
        Connect-ScriptedServer $Answer, @{ Body = ConvertTo-ListBody ('a', 'b', 'c' | ForEach-Object { @{ credentialId = $_; venue = 'OKX'; nickname = "desk $_"; status = 'ACTIVE' } }) }
    }
    function ConvertTo-AccountBody([object[]] $Rows) { @{ Body = ConvertTo-ListBody $Rows } }
}
AfterAll { Restore-TestSession }

Describe 'Get-CadenzaCredentialImpact' {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'tells of every credential of the pipeline, in order, from one list of accounts' {
        $server = Connect-SandboxServer
        $all = @(Get-CadenzaCredential)
        $impacts = @($all | Get-CadenzaCredentialImpact)
        & $ids $impacts | Should -Be (& $ids $all)
        $impacts.Nickname | Should -Be $all.Nickname
        @($impacts.Effect | Sort-Object -Unique) | Should -Be 'Disconnects', 'MayBeRefused', 'None', 'Revoked'
        @(Get-ServerRequest $server | Where-Object Path -Like '*tradingAccount/list') | Should -HaveCount 1
        Get-ChangeCount $server | Should -Be 0
    }

    It 'tells the truth: a revoke of what no account uses disconnects none, of the others those that were named' {
        Connect-Cadenza -Sandbox
        foreach ($impact in @(Get-CadenzaCredential | Get-CadenzaCredentialImpact | Where-Object Effect -NE Revoked)) {
            $impact | Revoke-CadenzaCredential -Force -ErrorAction SilentlyContinue -ErrorVariable failed | Out-Null
            $ended = @($impact.CredentialId | Get-CadenzaCredentialImpact)[0]
            if ($failed) { if ($failed[0].Exception.Kind -eq 'CredentialInUse') { $impact.Effect | Should -Be 'MayBeRefused' } }
            else { @($ended.TradingAccounts | Where-Object Status -NE DISCONNECTED) | Should -HaveCount 0 }
        }
    }

    It 'takes <Title>' -ForEach @(
        @{ Title = 'ids as text'; Script = { $id | Get-CadenzaCredentialImpact } }
        @{ Title = '-CredentialId'; Script = { Get-CadenzaCredentialImpact -CredentialId $id } }
        @{ Title = 'an id by position'; Script = { Get-CadenzaCredentialImpact $id } }
        @{ Title = 'a credential for -Id'; Script = { Get-CadenzaCredentialImpact -Id $credential } }
        @{ Title = 'rows of a CSV file'; Script = { "Id,Nickname`n$id,Basis carry ETH" | ConvertFrom-Csv | Get-CadenzaCredentialImpact } }
        @{ Title = 'hashtables'; Script = { @{ CredentialId = $id } | Get-CadenzaCredentialImpact } }
        @{ Title = 'impacts again'; Script = { $credential | Get-CadenzaCredentialImpact | Get-CadenzaCredentialImpact } }
    ) {
        Connect-Cadenza -Sandbox
        $credential = Get-CadenzaCredential -Nickname 'Basis carry ETH'
        $id = $credential.CredentialId
        $impact = @(& $Script)
        $impact | Should -HaveCount 1
        $impact[0] | Should -BeOfType Cadenza.Commands.Impact.CredentialImpact
        "$($impact[0])" | Should -Be "$id (BYBIT 'Basis carry ETH'): disconnects 2 trading accounts ('Basis carry ETH SPOT', 'Basis carry ETH MARGIN'); may be refused, because 2 of them may be active"
    }

    It 'takes many ids by -CredentialId, and one listing does' {
        $server = Connect-SandboxServer
        $all = & $ids (Get-CadenzaCredential)
        & $ids (Get-CadenzaCredentialImpact -CredentialId $all) | Should -Be $all
        @(Get-ServerRequest $server | Where-Object Path -Like '*tradingAccount/list') | Should -HaveCount 1
    }

    It 'says of <Title> that it is revoked' -ForEach @(
        @{ Title = 'a credential'; Script = { $credential | Get-CadenzaCredentialImpact } }
        @{ Title = 'a row that says something else'; Script = { @{ CredentialId = $credential.CredentialId; Status = 'VERIFIED' } | Get-CadenzaCredentialImpact } }
        @{ Title = 'an id whose account says so'; Script = { $credential.CredentialId | Get-CadenzaCredentialImpact } }
    ) {
        Connect-Cadenza -Sandbox
        $credential = Get-CadenzaCredential -Nickname 'Old prop desk'
        $impact = & $Script
        $impact.Effect, $impact.Summary | Should -Be 'Revoked', 'is already revoked'
    }

    It 'the effect on <Title> that the server does not have is unknown' -ForEach @(
        @{ Title = 'an id'; Script = { 'somewhere-else' | Get-CadenzaCredentialImpact } }
        @{ Title = 'a row'; Script = { @{ CredentialId = 'somewhere-else'; Status = 'revoked'; Nickname = 'x' } | Get-CadenzaCredentialImpact } }
    ) {
        Connect-Cadenza -Sandbox
        $impact = & $Script
        $impact.Effect, $impact.Summary | Should -Be 'Unknown', 'effect unknown: the server has no credential with this id'
        $impact.TradingAccountCount | Should -Be $null
    }

    It 'the effect is unknown if the list of credentials fails' {
        $server = Connect-ScriptedServer @{ Body = ConvertTo-ListBody @{ tradingAccountId = '1'; nickname = 'x'; status = 'ACTIVE'; credentials = @('other') } },
            @{ Status = '500 Oops'; Body = '{"success":false,"errno":-22000,"error":"no list today","data":null}' }
        $impacts = @('a', 'b' | Get-CadenzaCredentialImpact)
        $impacts.Effect | Should -Be 'Unknown', 'Unknown'
        $impacts[1].Summary | Should -BeLike 'effect unknown: the list of credentials failed: *no list today*'
        @($server.Scripted.Requests) | Should -HaveCount 2
    }

    It 'without credentials is an error and not "all"' {
        $server = Connect-SandboxServer
        { Get-CadenzaCredentialImpact } | Should -Throw -ErrorId 'CadenzaInvalidParameter,*' -ExpectedMessage '*Get-CadenzaCredential | Get-CadenzaCredentialImpact*'
        @() | Get-CadenzaCredentialImpact | Should -BeNullOrEmpty
        $nothing = $null
        Get-CadenzaCredentialImpact -CredentialId $nothing -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        @(Get-ServerRequest $server | Where-Object Path -Like '*/list') | Should -HaveCount 0
    }

    It 'tells of a faulty item once and goes on' {
        Connect-Cadenza -Sandbox
        $impacts = @('a', ' ', 5, @{ Nickname = 'x' }, 'b' | Get-CadenzaCredentialImpact -ErrorAction SilentlyContinue -ErrorVariable failed)
        $impacts.CredentialId | Should -Be 'a', 'b'
        $failed | Should -HaveCount 3
        foreach ($item in $failed) { $item.FullyQualifiedErrorId | Should -Match '^CadenzaInvalidCredentialId,' }
        $failed[1].TargetObject | Should -Be 'pipeline item 3 (Int32)'
    }

    It 'comes out while the pipeline still runs' {
        Connect-Cadenza -Sandbox
        $seen = [Collections.Generic.List[string]]::new()
        'a', 'b' | ForEach-Object { $seen.Add("in $_"); $_ } | Get-CadenzaCredentialImpact | ForEach-Object { $seen.Add("out $($_.CredentialId)") }
        $seen | Should -Be 'in a', 'out a', 'in b', 'out b'
    }

    It 'is quick for 10,000 credentials' {
        Connect-Cadenza -Sandbox -CredentialCount 10000
        $all = @(Get-CadenzaCredential)
        $watch = [Diagnostics.Stopwatch]::StartNew()
        @($all | Get-CadenzaCredentialImpact) | Should -HaveCount 10000
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
    }
}

Describe 'An impact in a file' -Tag Slow {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'comes back as rows that a revoke takes, also under the culture <_>' -ForEach '', 'tr-TR', 'de-DE' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::new($_)
            Connect-Cadenza -Sandbox
            $plan = Join-Path $TestDrive 'plan.csv'
            Get-CadenzaCredential | Get-CadenzaCredentialImpact | Where-Object Effect -EQ None | Export-Csv $plan
            $rows = @(Import-Csv $plan)
            $rows.Count | Should -BeGreaterThan 3
            Import-Csv $plan | Revoke-CadenzaCredential -WhatIf
            @(Get-CadenzaCredential (& $ids $rows) | Where-Object Status -EQ REVOKED) | Should -HaveCount 0
            $done = @(Import-Csv $plan | Revoke-CadenzaCredential -Force -ErrorVariable failed)
            $failed | Should -HaveCount 0
            & $ids $done | Sort-Object | Should -Be (& $ids $rows | Sort-Object)
            $done.Status | Select-Object -Unique | Should -Be 'REVOKED'
        }
        finally { [cultureinfo]::CurrentCulture = $before }
    }

    It 'is text in every cell of a CSV' {
        Connect-Cadenza -Sandbox
        $rows = @(Get-CadenzaCredential -Venue BYBIT | Get-CadenzaCredentialImpact | ConvertTo-Csv | ConvertFrom-Csv)
        $rows[0].TradingAccounts | Should -Be "SPOT 'Basis carry ETH SPOT' ACTIVE, MARGIN 'Basis carry ETH MARGIN' ACTIVE"
        $rows[0].TradingAccountCount | Should -Be '2'
    }

    It 'survives JSON and Clixml' {
        Connect-Cadenza -Sandbox
        $impact = Get-CadenzaCredential -Nickname 'Lending ladder' | Get-CadenzaCredentialImpact
        $file = Join-Path $TestDrive 'impact.xml'
        $impact | Export-Clixml $file
        foreach ($back in ($impact | ConvertTo-Json -Depth 4 | ConvertFrom-Json), (Import-Clixml $file)) {
            ($back | Revoke-CadenzaCredential -WhatIf 6>&1) | Should -BeNullOrEmpty
            ($back | Get-CadenzaCredentialImpact).Summary | Should -Be $impact.Summary
        }
    }
}

Describe 'Where the accounts are not known' -Tag Slow {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'by <Title>, each is Unknown, one warning says why, and the list is not asked for again' -ForEach @(
        @{ Title = 'a failure'; Answer = @{ Status = '500 Oops'; Body = '{"success":false,"errno":-22000,"error":"no accounts today","data":null}' }; Words = 'no accounts today' }
        @{ Title = 'a token that is not accepted'; Answer = @{ Status = '401 Unauthorized'; Body = '{"success":false,"errno":-19002,"error":"expired","data":null}' }; Words = 'expired' }
        @{ Title = 'an HTML page'; Answer = @{ Status = '502 Bad Gateway'; Type = 'text/html'; Body = '<html>' }; Words = '502' }
        @{ Title = 'an element that cannot be read'; Answer = @{ Body = '{"success":true,"errno":0,"data":[{"tradingAccountId":"1","credentials":["a"]},7]}' }; Words = '' }
        @{ Title = 'a list that breaks off'; Answer = @{ Body = '{"success":true,"errno":0,"data":[{"tradingAccountId":"1","credentials":["a"]}'; Delivered = 40 }; Words = '' }
    ) {
        $server = Connect-AccountServer $Answer
        $impacts = @('a', 'b', 'c' | Get-CadenzaCredentialImpact -WarningVariable warned -WarningAction SilentlyContinue -ErrorVariable failed)
        $failed | Should -HaveCount 0
        $impacts.Effect | Should -Be 'Unknown', 'Unknown', 'Unknown'
        $impacts.TradingAccountCount | Should -Be $null, $null, $null
        $warned | Should -HaveCount 1
        "$warned" | Should -BeLike "*$Words*"
        $impacts[1].Summary | Should -BeLike "trading accounts unknown: *$Words*"
        @($server.Scripted.Requests) | Should -HaveCount 2
    }

    It 'what a server says is one clean line' {
        $null = Connect-AccountServer @{ Status = '500 Oops'; Body = '{"success":false,"errno":-1,"error":"a\u001b[31mb\nc' + ('x' * 3000) + '","data":null}' }
        $impact = 'a' | Get-CadenzaCredentialImpact -WarningVariable warned -WarningAction SilentlyContinue
        "$impact$warned" | Should -Not -Match '[\x00-\x1f]'
        $impact.Summary.Length | Should -BeLessThan 400
    }

    It 'names of accounts are clean, too' {
        $null = Connect-AccountServer (ConvertTo-AccountBody @{ tradingAccountId = '1'; nickname = "red`e[31m`nalert"; status = 'ACTIVE'; credentials = @('a') })
        $impact = 'a' | Get-CadenzaCredentialImpact
        "$impact" | Should -Not -Match '[\x00-\x1f]'
        $impact.Effect | Should -Be 'MayBeRefused'
    }

    It 'Ctrl+C ends the wait' {
        $server = Start-ScriptedServer @{ Mode = 'hang' }
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript({ param($module, $address) Import-Module $module; Connect-Cadenza -BaseUri $address -AccessToken 'x' -SkipCheck; 'a' | Get-CadenzaCredentialImpact }).AddArgument($ModulePath).AddArgument($server.Address)
            $running = $shell.BeginInvoke()
            for ($i = 0; $i -lt 200 -and -not $server.Scripted.Requests.Count; $i++) { Start-Sleep -Milliseconds 50 }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
            $running.IsCompleted | Should -BeTrue
        }
        finally { $shell.Dispose() }
    }
}
