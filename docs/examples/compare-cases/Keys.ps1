# What you typed is what is sent: rotations of one credential.
$group = 'What is sent'

# A number literal. The text of the command is built here, as if it was typed.
foreach ($literal in '007', '1e5', '0x1F', '2kb', '1.10', '123456789012345678901234567890') {
    Add-Case "passphrase ``$literal`` without quotation marks" 'sent as typed' @{
        Literal = $literal; Parts = 'ApiKey', 'ApiSecret'
        InvokeRestMethod = { Set-PlainKey $target.credentialId ($keys + @{ ApiPassphrase = (& ([scriptblock]::Create($Case.Literal))) }) }
        CadenzaPS = {
            $id, $key, $secret = $target.credentialId, $keys.ApiKey, $keys.ApiSecret
            & ([scriptblock]::Create("Update-CadenzaCredential `$id -ApiKey `$key -ApiSecret `$secret -ApiPassphrase $($Case.Literal) -Connection `$connection"))
        }
        Find = {
            param($Run)
            $number = "$(& ([scriptblock]::Create($Case.Literal)))"
            Get-KeyFinding $Run ($Run.Keys + @{ ApiPassphrase = $Case.Literal }) @{ "``$number``" = @{ ApiPassphrase = $number } }
        }
    }
}

Add-Case 'a number in a variable: `$words = 007`' 'refused, because its text is lost' @{
    InvokeRestMethod = { $words = 007; Set-PlainKey $target.credentialId ($keys + @{ ApiPassphrase = $words }) }
    CadenzaPS = { $words = 007; Update-CadenzaCredential $target.credentialId @keys -ApiPassphrase $words -Connection $connection }
    Parts = 'ApiKey', 'ApiSecret'
    Find = { param($Run) Get-KeyFinding $Run ($Run.Keys + @{ ApiPassphrase = '007' }) @{ '`7`' = @{ ApiPassphrase = '7' } } }
}

# A field of JSON, which PowerShell converts: the source text, and the text that a string conversion makes of the value.
function Read-Field([string] $Json) { ("{ ""field"": $Json }" | ConvertFrom-Json).field }

foreach ($field in '42.0', '1.10', '"2026-01-31T00:00:00Z"', '"2026-01-31T10:00:00+02:00"') {
    Add-Case "JSON field ``$field`` as the passphrase" 'a value that is not text is refused' @{
        Field = $field; Parts = 'ApiKey', 'ApiSecret'
        InvokeRestMethod = { Set-PlainKey $target.credentialId ($keys + @{ ApiPassphrase = Read-Field $Case.Field }) }
        CadenzaPS = {
            $row = [pscustomobject]($keys + @{ CredentialId = $target.credentialId; ApiPassphrase = Read-Field $Case.Field })
            $row | Update-CadenzaCredential -Connection $connection
        }
        Find = {
            param($Run)
            $form = "$(Read-Field $Case.Field)"
            Get-KeyFinding $Run ($Run.Keys + @{ ApiPassphrase = $Case.Field.Trim('"') }) @{ "``$form``" = @{ ApiPassphrase = $form } }
        }
    }
}

# Text that surrounds a secret, and secrets that cannot work. Each is a script block that makes the secret from a good one.
$pem = "-----BEGIN PRIVATE KEY-----`nMIIBVQIBADANBgkqhkiG9w0BAQEFAASCAT8wggE7AgEAAkEAmade`nupforthiscaseAAAA==`n-----END PRIVATE KEY-----`n"
$secrets = [ordered]@{
    'secret with a line break at its end (`Get-Content -Raw`)' = { "$($args[0])`n" }
    'secret with a space at its end'                          = { "$($args[0]) " }
    'secret with a no-break space at its end'                 = { "$($args[0])$([char]0xA0)" }
    'secret with a byte order mark at its start'              = { "$([char]0xFEFF)$($args[0])" }
    'secret with a zero-width space in it'                    = { "$($args[0])$([char]0x200B)x" }
    'PEM key with only its first line'                        = { $pem.Split("`n")[0] }
    'PEM key with `\n` in place of line breaks'               = { $pem.Replace("`n", '\n') }
    'the text `System.Security.SecureString`'                 = { "$(ConvertTo-Secret $args[0])" }
    'a masked value, `***`'                                   = { '***' }
    'secret that is the same as the key'                      = { $keys.ApiKey }
}
foreach ($entry in $secrets.GetEnumerator()) {
    Add-Case $entry.Key 'refused' @{
        Secret = $entry.Value
        InvokeRestMethod = { Set-PlainKey $target.credentialId ($keys + @{ ApiSecret = & $Case.Secret $original }) }
        CadenzaPS = { Update-CadenzaCredential $target.credentialId @keys -ApiSecret (& $Case.Secret $original) -Connection $connection }
        Parts = 'ApiKey', 'ApiPassphrase'
        Find = { param($Run) Get-RefusalFinding $Run }
    }
}

Add-Case 'a complete PEM key with line breaks' 'sent byte for byte' @{
    InvokeRestMethod = { Set-PlainKey $target.credentialId ($keys + @{ ApiSecret = $pem }) }
    CadenzaPS = { Update-CadenzaCredential $target.credentialId @keys -ApiSecret $pem -Connection $connection }
    Parts = 'ApiKey', 'ApiPassphrase'
    Find = { param($Run) Get-KeyFinding $Run ($Run.Keys + @{ ApiSecret = $pem }) @{ 'without the line breaks' = @{ ApiSecret = $pem.Replace("`n", '') } } }
}

Add-Case 'no passphrase for OKX' 'refused before a request' @{
    Slow = $true; Venue = 'OKX'; Parts = 'ApiKey', 'ApiSecret'
    InvokeRestMethod = { Set-PlainKey $target.credentialId $keys }
    CadenzaPS = { [pscustomobject](@{ CredentialId = $target.credentialId; Venue = $target.venue } + $keys) | Update-CadenzaCredential -Connection $connection }
    Find = { param($Run) if (Get-SentCount $Run) { Format-Wrong (Get-ChangeFinding $Run @($Run.Targets.credentialId)) } else { Get-RefusalFinding $Run } }
}

Add-Case 'a CSV file with the column `Passphrase`' 'warning, or refused' @{
    Venue = '*BINANCE*'
    InvokeRestMethod = { $rows = $csv | ConvertFrom-Csv; foreach ($row in $rows) { Set-PlainKey $row.CredentialId $row } }
    CadenzaPS = { $csv | ConvertFrom-Csv | Update-CadenzaCredential -Connection $connection }
    Csv = { 'CredentialId,ApiKey,ApiSecret,Passphrase'; "$($target.credentialId),$($keys.ApiKey),$original,$($keys.ApiPassphrase)" }
    Find = { param($Run) Get-WarningFinding $Run 'sent without the passphrase, no warning' }
}

Add-Case 'a CSV file with wrong headers, 2 rows' 'one error, nothing sent' @{
    Slow = $true
    Targets = 2
    InvokeRestMethod = { $rows = $csv | ConvertFrom-Csv; foreach ($row in $rows) { Set-PlainKey $row.CredentialId $row } }
    CadenzaPS = { $csv | ConvertFrom-Csv | Update-CadenzaCredential -Connection $connection }
    Csv = { 'Credential Id,Key,Secret'; foreach ($one in $targets) { "$($one.credentialId),$($keys.ApiKey),$original" } }
    Find = {
        param($Run)
        $words = Get-ChangeFinding $Run @()
        if ($Run.Errors.Count -gt 1 -or (Get-SentCount $Run)) { Format-Wrong "$(Format-Count $Run.Errors.Count 'error'), $words" } else { $words }
    }
}

Add-Case 'the same keys in two rows' 'warning' @{
    Targets = 2
    InvokeRestMethod = { foreach ($one in $targets) { Set-PlainKey $one.credentialId $keys } }
    CadenzaPS = { $targets | ForEach-Object { [pscustomobject](@{ CredentialId = $_.credentialId } + $keys) } | Update-CadenzaCredential -Connection $connection }
    Find = { param($Run) Get-WarningFinding $Run 'sent both, no warning' }
}

Add-Case 'keys on the command line, 2 credentials in the pipeline' 'refused without `-Force`' @{
    Targets = 2
    InvokeRestMethod = { $targets | ForEach-Object { Set-PlainKey $_.credentialId $keys } }
    CadenzaPS = { $targets.credentialId | Update-CadenzaCredential @keys -Connection $connection }
    Find = { param($Run) Get-RefusalFinding $Run "$($Run.Changed.Count) credentials got the same keys" }
}

Add-Case 'the same credential twice, with different keys' 'the second is refused' @{
    InvokeRestMethod = { foreach ($key in 'first', 'second') { Set-PlainKey $target.credentialId ($keys + @{ ApiKey = "$key$($target.credentialId)" }) } }
    CadenzaPS = {
        'first', 'second' | ForEach-Object { [pscustomobject]($keys + @{ CredentialId = $target.credentialId; ApiKey = "$_$($target.credentialId)" }) } |
            Update-CadenzaCredential -Connection $connection
    }
    Parts = 'ApiSecret', 'ApiPassphrase'
    Find = {
        param($Run)
        $rotations = $Run.Changed[0].changes - $Run.Targets[0].changes
        if ($rotations -gt 1) { Format-Wrong "rotated $rotations times, the last row wins" } else { Get-ChangeFinding $Run @($Run.Targets.credentialId) }
    }
}

Add-Case 'an id in braces' 'sent without the braces' @{
    Slow = $true
    InvokeRestMethod = { Set-PlainKey "{$($target.credentialId)}" $keys }
    CadenzaPS = { Update-CadenzaCredential "{$($target.credentialId)}" @keys -Connection $connection }
    Find = { param($Run) Get-ChangeFinding $Run @($Run.Targets.credentialId) -MustChange }
}

# A date as text, in several cultures. A script reads it with the culture of the user. Each set that it selects is written as one text.
foreach ($date in '01/11/2026', '2026-11-01') {
    Add-Case "``$date`` as a limit, in en-US, de-DE, th-TH, and fa-IR" 'the same everywhere, or refused' @{
        Date = $date; Targets = 0
        InvokeRestMethod = {
            $list = Get-PlainList
            foreach ($name in 'en-US', 'de-DE', 'th-TH', 'fa-IR') {
                [CultureInfo]::CurrentCulture = $name
                try {
                    $limit = [datetimeoffset]::Parse($Case.Date, [CultureInfo]::CurrentCulture)
                    "$($list.Where{ $_.updatedAt -lt $limit.ToUnixTimeMilliseconds() }.Count)"
                }
                catch { Write-Error -ErrorRecord $_ }
            }
        }
        CadenzaPS = {
            foreach ($name in 'en-US', 'de-DE', 'th-TH', 'fa-IR') {
                [CultureInfo]::CurrentCulture = $name
                try { "$(@(Get-CadenzaCredential -UpdatedBefore $Case.Date -Connection $connection).Count)" } catch { Write-Error -ErrorRecord $_ }
            }
        }
        Find = {
            param($Run)
            $sets = @($Run.Output | Select-Object -Unique)
            if ($sets.Count -gt 1 -or ($Run.Output -and $Run.Errors)) { return Format-Wrong 'depends on the culture' }
            if ($Run.Output) { 'correct: the same in each' } else { 'refused in each' }
        }
    }
}
