# What you typed is what is sent, or nothing is sent: keys on the command line and in rows, compared with what the server holds.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $pem = "-----BEGIN PRIVATE KEY-----`nMIIBVQIBADANBgkqhkiG9w0BAQEF`nAASCAT8wggE7AgEA==`n-----END PRIVATE KEY-----`n"
    $okxId = 'af60baae-6957-4109-b0da-d8272e600eb1'
    $plainId = '90ccb6a0-6cd2-430e-b878-834768668743'
    $keys = @{ ApiKey = 'k1'; ApiSecret = 's1' }

    function Get-Held([string] $Id) { (Get-ServerCredential $server $Id).fingerprint }
}
AfterAll { Restore-TestSession }

Describe 'Keys' {
    BeforeEach { $server = Connect-SandboxServer }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    Context 'that are number literals' {
        It '<_> is sent as typed' -ForEach '007', '1e5', '0x1F', '2kb', '1.10', '1.5', '42', '123456789012345678901234567890', '-5', '0', '12d', '5L' {
            $null = & ([scriptblock]::Create("Update-CadenzaCredential $okxId -ApiKey k1 -ApiSecret s1 -ApiPassphrase $_ -ErrorAction Stop"))
            Get-Held $okxId | Should -Be (Get-KeyFingerprint 'k1' 's1' $_)
            $null = & ([scriptblock]::Create("Update-CadenzaCredential -CredentialId $okxId -ApiK:$_ -ApiSecret 'x' -ApiPassphrase p -ErrorAction Stop"))
            Get-Held $okxId | Should -Be (Get-KeyFingerprint $_ 'x' 'p')
        }

        It '<Literal> is sent as typed in the culture <Culture>' -ForEach @(
            @{ Literal = '1.10'; Culture = 'de-DE' }, @{ Literal = '1.5'; Culture = 'de-DE' }, @{ Literal = '1.5'; Culture = 'fa-IR' }, @{ Literal = '42'; Culture = 'ar-SA' }
        ) {
            $before = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = $Culture
                $null = & ([scriptblock]::Create("Update-CadenzaCredential $okxId -ApiKey k1 -ApiSecret s1 -ApiPassphrase $Literal -ErrorAction Stop"))
            }
            finally { [cultureinfo]::CurrentCulture = $before }
            Get-Held $okxId | Should -Be (Get-KeyFingerprint 'k1' 's1' $Literal)
        }

        It 'are sent as typed by a command over several lines, through @args, and beside other commands' {
            $null = Update-CadenzaCredential $okxId -ApiKey k1 `
                -ApiSecret s1 -ApiPassphrase 42 -ErrorAction Stop
            Get-Held $okxId | Should -Be (Get-KeyFingerprint 'k1' 's1' '42')
            function Update-It { Update-CadenzaCredential @args -ErrorAction Stop }
            $null = Update-It $okxId -ApiKey k1 -ApiSecret s1 -ApiPassphrase 007
            Get-Held $okxId | Should -Be (Get-KeyFingerprint 'k1' 's1' '007')
            $null = Get-CadenzaCredential -First 43; $null = Update-CadenzaCredential $okxId -ApiKey k1 -ApiSecret s1 -ApiPassphrase 43 | ForEach-Object { $_ }
            Get-Held $okxId | Should -Be (Get-KeyFingerprint 'k1' 's1' '43')
        }
    }

    It 'an id whose credential needs a passphrase is refused before the question: <Title>' -ForEach @(
        @{ Title = '-WhatIf'; Script = { $okxId | Update-CadenzaCredential @keys -WhatIf } }
        @{ Title = '-CredentialId and -WhatIf'; Script = { Update-CadenzaCredential $okxId @keys -WhatIf } }
        @{ Title = 'a row'; Script = { [pscustomobject]@{ Id = $okxId; ApiKey = 'k1'; ApiSecret = 's1' } | Update-CadenzaCredential -WhatIf } }
        @{ Title = 'a nickname'; Script = { [pscustomobject]@{ Id = $okxId; Nickname = (Get-CadenzaCredential $okxId).Nickname; ApiKey = 'k1'; ApiSecret = 's1' } | Update-CadenzaCredential } }
    ) {
        $byVenue = @([pscustomobject]@{ Id = $okxId; Venue = 'OKX'; ApiKey = 'k1'; ApiSecret = 's1' } | Update-CadenzaCredential 2>&1)
        $errors = @(& $Script 2>&1)
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
        $errors[0].CategoryInfo.Reason | Should -Be 'NotSent'
        ("$errors" -replace '.* was not') | Should -Be ("$byVenue" -replace '.* was not')
        Get-ChangeCount $server | Should -Be 0
    }

    It 'an id whose credential has another venue gets its warnings before the question' {
        $null = Update-CadenzaCredential $plainId @keys -ApiPassphrase p -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*-ApiPassphrase was specified, but keys of * have none.'
    }

    It '<Title> is refused, because only a value is left, and nothing is sent' -ForEach @(
        @{ Title = 'a splatted number'; Script = { $more = @{ ApiPassphrase = 007 }; Update-CadenzaCredential $okxId @keys @more } }
        @{ Title = 'a splatted fraction'; Script = { $more = @{ ApiPassphrase = 1.10 }; Update-CadenzaCredential $okxId @keys @more } }
        @{ Title = 'a variable'; Script = { $value = 042; Update-CadenzaCredential $okxId @keys -ApiPassphrase $value } }
        @{ Title = 'an expression'; Script = { Update-CadenzaCredential $okxId @keys -ApiPassphrase (007) } }
        @{ Title = 'a list'; Script = { Update-CadenzaCredential $okxId @keys -ApiPassphrase 007, 008 } }
        @{ Title = 'a date'; Script = { Update-CadenzaCredential $okxId @keys -ApiPassphrase ([datetime]::UnixEpoch) } }
        @{ Title = 'a Boolean value'; Script = { Update-CadenzaCredential $okxId @keys -ApiPassphrase $true } }
        @{ Title = 'a hashtable'; Script = { Update-CadenzaCredential $okxId @keys -ApiPassphrase @{ a = 1 } } }
        @{ Title = 'a script block'; Script = { Update-CadenzaCredential $okxId -ApiKey { $_.Key } -ApiSecret s } }
        @{ Title = 'an enumeration'; Script = { Update-CadenzaCredential $okxId @keys -ApiPassphrase ([DayOfWeek]::Monday) } }
        @{ Title = 'a GUID'; Script = { Update-CadenzaCredential $okxId -ApiKey ([guid]::Empty) -ApiSecret s } }
        @{ Title = 'a default value'; Script = { $PSDefaultParameterValues = @{ 'Update-CadenzaCredential:ApiPassphrase' = 7 }; Update-CadenzaCredential $okxId @keys } }
        @{ Title = 'a number in a hashtable'; Script = { @{ CredentialId = $okxId; ApiKey = 'k'; ApiSecret = 's'; ApiPassphrase = 007 } | Update-CadenzaCredential } }
        @{ Title = 'a number from JSON'; Script = { "{`"CredentialId`":`"$plainId`",`"ApiKey`":42,`"ApiSecret`":1.10}" | ConvertFrom-Json | Update-CadenzaCredential } }
        @{ Title = 'a date from JSON'; Script = { "{`"CredentialId`":`"$okxId`",`"ApiKey`":`"k`",`"ApiSecret`":`"s`",`"ApiPassphrase`":`"2026-01-31T00:00:00Z`"}" | ConvertFrom-Json | Update-CadenzaCredential } }
        @{ Title = 'a passphrase for a new credential'; Script = { $value = 7; New-CadenzaCredential OKX n @keys -ApiPassphrase $value } }
        @{ Title = 'a number in a row for a new credential'; Script = { [pscustomobject]@{ Venue = 'OKX'; ApiKey = 'k'; ApiSecret = 2kb; ApiPassphrase = 'p' } | New-CadenzaCredential } }
    ) {
        & $Script -ErrorAction SilentlyContinue 2>&1 | Set-Variable errors
        @($errors) | Should -HaveCount 1
        $errors.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
        $errors.Exception.Outcome | Should -Be 'NotSent'
        Get-ChangeCount $server | Should -Be 0
    }

    It 'a number says that it must be quoted, and is not shown' {
        $value = 8675309
        Update-CadenzaCredential $okxId @keys -ApiPassphrase $value -ErrorVariable errors -ErrorAction SilentlyContinue
        "$errors" | Should -BeLike '*-ApiPassphrase is a number*quotation marks*'
        "$errors" | Should -Not -BeLike '*8675309*'
    }

    It 'a nickname, a venue and a type are text as well' {
        (New-CadenzaCredential BYBIT 007 @keys).Nickname | Should -BeExactly '007'
        (New-CadenzaCredential BYBIT -Nickname 42 -ApiKey k2 -ApiSecret s2).Nickname | Should -BeExactly '42'
        (Get-CadenzaCredential -Nickname 007).Nickname | Should -BeExactly '007'
        (Get-CadenzaCredential -Nickname 42).Nickname | Should -BeExactly '42'
        $value = 7
        $sent = Get-ChangeCount $server
        foreach ($script in { New-CadenzaCredential BYBIT $value @keys }, { New-CadenzaCredential $value n @keys }, { New-CadenzaCredential BYBIT n @keys -CredentialType $value },
            { [pscustomobject]@{ Venue = 'BYBIT'; Nickname = [datetime]::UnixEpoch; ApiKey = 'k'; ApiSecret = 's' } | New-CadenzaCredential }) {
            $errors = & $script 2>&1
            $errors.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidNewCredential,*'
        }
        { Get-CadenzaCredential -Nickname $value } | Should -Throw -ErrorId 'CadenzaInvalidParameter,*'
        Get-ChangeCount $server | Should -Be $sent
    }

    It 'an id is text as well' {
        $errors = Revoke-CadenzaCredential 007 -Force 2>&1
        $errors.TargetObject | Should -BeExactly '007'
        $value = 7
        foreach ($script in { Revoke-CadenzaCredential $value -Force }, { Update-CadenzaCredential $value @keys }, { @{ CredentialId = 7 } | Revoke-CadenzaCredential -Force },
            { [pscustomobject]@{ CredentialId = [datetime]::UnixEpoch } | Revoke-CadenzaCredential -Force }) {
            $errors = & $script 2>&1
            $errors.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidCredentialId,*'
            "$errors" | Should -BeLike '*quotation marks*'
        }
    }

    It 'a PEM key with <Title> arrives byte for byte, as a string, a SecureString, a login and in a CSV file' -ForEach @(
        @{ Title = 'a final line break'; Change = { $args[0] } }
        @{ Title = 'no final line break'; Change = { $args[0].TrimEnd("`n") } }
        @{ Title = 'CRLF'; Change = { $args[0].Replace("`n", "`r`n") } }
    ) {
        $text = & $Change $pem
        $expected = Get-KeyFingerprint 'k' $text ''
        $csv = Join-Path $TestDrive 'pem.csv'
        [pscustomobject]@{ CredentialId = $plainId; ApiKey = 'k'; ApiSecret = $text } | Export-Csv $csv
        foreach ($script in { Update-CadenzaCredential $plainId -ApiKey k -ApiSecret $text }, { Update-CadenzaCredential $plainId -ApiKey k -ApiSecret (ConvertTo-Secret $text) },
            { Update-CadenzaCredential $plainId -ApiCredential (New-Login 'k' $text) }, { Import-Csv $csv | Update-CadenzaCredential }) {
            $null = Update-CadenzaCredential $plainId -ApiKey other -ApiSecret other2
            $null = & $script
            Get-Held $plainId | Should -Be $expected
        }
    }

    It '<Title> is refused, by Update and New, also with -WhatIf' -ForEach @(
        @{ Title = 'a secret with a line break at the end'; Bad = @{ ApiSecret = "s1`n" }; Says = '*-ApiSecret ends with a line break*' }
        @{ Title = 'a key with white space around it'; Bad = @{ ApiKey = ' k1 ' }; Says = '*-ApiKey ends with white space*' }
        @{ Title = 'a passphrase with a no-break space'; Bad = @{ ApiPassphrase = "p$([char]0xA0)p" }; Says = '*-ApiPassphrase*not visible (U+00A0)*' }
        @{ Title = 'a key with a byte order mark'; Bad = @{ ApiKey = "$([char]0xFEFF)k1" }; Says = '*-ApiKey*not visible (U+FEFF)*' }
        @{ Title = 'a SecureString with a zero-width space'; Bad = @{ ApiSecret = 's​1' }; Secure = $true; Says = '*-ApiSecret*not visible (U+200B)*' }
        @{ Title = 'a PEM key of one line'; Bad = @{ ApiSecret = '-----BEGIN PRIVATE KEY-----' }; Says = '*without its END line*' }
        @{ Title = 'a PEM key with \n'; Bad = @{ ApiSecret = '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----' }; Says = '*\n in place of line breaks*' }
        @{ Title = 'the name of a type'; Bad = @{ ApiSecret = 'System.Security.SecureString' }; Says = '*name of a .NET type*' }
        @{ Title = 'a masked key'; Bad = @{ ApiKey = 'abc123***' }; Says = '*is a masked value*' }
        @{ Title = 'a secret that is the key'; Bad = @{ ApiSecret = 'k1' }; Says = '*is the same as the API key*' }
    ) {
        $all = @{ ApiKey = 'k1'; ApiSecret = 's1'; ApiPassphrase = 'p1' } + @{}
        foreach ($name in $Bad.Keys) { $all[$name] = if ($Secure) { ConvertTo-Secret $Bad[$name] } else { $Bad[$name] } }
        foreach ($script in { Update-CadenzaCredential $okxId @all }, { New-CadenzaCredential OKX n @all }, { Update-CadenzaCredential $okxId @all -WhatIf }, { New-CadenzaCredential OKX n @all -WhatIf },
            { [pscustomobject](@{ CredentialId = $okxId } + $all) | Update-CadenzaCredential }, { $all + @{ Venue = 'OKX' } | New-CadenzaCredential }) {
            $errors = @(& $script 2>&1)
            $errors | Should -HaveCount 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
            "$errors" | Should -BeLike $Says
        }
        Get-ChangeCount $server | Should -Be 0
    }

    It 'no passphrase for OKX is an error where the venue is known, also with -WhatIf' {
        foreach ($script in { New-CadenzaCredential OKX n @keys -WhatIf }, { Get-CadenzaCredential $okxId | Update-CadenzaCredential @keys -WhatIf }, { [pscustomobject](@{ CredentialId = $okxId; Venue = 'OKX' } + $keys) | Update-CadenzaCredential }) {
            $errors = @(& $script 2>&1)
            $errors.FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidKeys,*'
            "$errors" | Should -BeLike '*-ApiPassphrase is missing*'
        }
        Get-ChangeCount $server | Should -Be 0
    }

    It 'keys that probably do not work are warnings, also with -WhatIf, and a format is one warning for a venue' {
        $null = New-CadenzaCredential BYBIT n -ApiKey '<your key>' -ApiSecret s1 -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*BYBIT 'n': -ApiKey looks like a placeholder.*"
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ Venue = 'BINANCE'; Nickname = "n$_"; ApiKey = "k$_"; ApiSecret = "s$_" } }
        $null = $rows | New-CadenzaCredential -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 0 -Because 'keys of a rehearsal are made up'
        $real = Connect-Cadenza -Environment Uat -AccessToken t -SkipCheck -PassThru
        $null = $rows | New-CadenzaCredential -WhatIf -Connection $real -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 2
        $warnings[0] | Should -BeLike "BINANCE 'n1': -ApiKey does not have the format of BINANCE*"
    }

    It '-AccessToken 00012345 is sent as typed, and a number in a variable is refused' {
        $echo = Start-ScriptedServer @{ Status = '400 Bad Request'; Body = '{"errno":-19001,"error":"x"}' }
        foreach ($literal in '00012345', '42') {
            $failure = try { & ([scriptblock]::Create("Connect-Cadenza -BaseUri $($echo.Address) -AccessToken $literal -MaximumRetryCount 0 -Debug 5>&1")) } catch { $_ }
            "$failure" | Should -Not -BeNullOrEmpty
        }
        $value = 7
        $before = $echo.Scripted.Requests.Count
        $before | Should -Be 2
        { Connect-Cadenza -BaseUri $echo.Address -AccessToken $value } | Should -Throw -ErrorId 'CadenzaInvalidConnection,*'
        { Connect-Cadenza -BaseUri $echo.Address -AccessToken 'System.Security.SecureString' } | Should -Throw -ErrorId 'CadenzaInvalidConnection,*'
        { Connect-Cadenza -BaseUri $echo.Address -Credential (New-Login 'a@b.example' "pw`n") } | Should -Throw -ErrorId 'CadenzaInvalidConnection,*'
        $echo.Scripted.Requests.Count | Should -Be $before
    }
}
