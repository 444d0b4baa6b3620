# Played by Secrets.Tests.ps1 in a PowerShell of its own, whose console output the test keeps: every scenario with -Verbose and -Debug, once
# with all streams captured and once under a transcript; then the canaries are looked for in everything. The report goes to a file.
# Nothing secret stands on the command line: the canaries are made here.
param([Parameter(Mandatory)][string] $Folder)
. "$PSScriptRoot/Support.ps1"
$mark = [guid]::NewGuid().ToString('N').Substring(0, 12)
$c = @{}
foreach ($name in 'Key', 'Secret', 'Phrase', 'Token', 'Renewal', 'Password') { $c[$name] = "CNRY$name$mark" }

# A secret with everything that is escaped somewhere, and what every form of a canary contains: the mark, also in base64 at its three
# alignments (without the characters at the ends, which depend on the neighbors) and in hexadecimal digits.
$c.Hard = "-----BEGIN PRIVATE KEY-----`nCNRYHard+/'`"&\$([char]0xE9)$mark`n$mark second line of it`n-----END PRIVATE KEY-----`n"
$bytes = [Text.Encoding]::UTF8.GetBytes($mark)
$inBase64 = foreach ($alignment in 0..2) { [Convert]::ToBase64String([byte[]]::new($alignment) + $bytes).Substring(4, 8) }
$sought = @($c.Values -ne $c.Hard) + $mark + $inBase64 + [Convert]::ToHexString($bytes) + 'CNRYHard'
# The parent looks for them in what this process printed.
[IO.File]::WriteAllLines((Join-Path $Folder 'canaries.txt'), [string[]]$sought)

$noisy = @{ Verbose = $true; Debug = $true; ErrorAction = 'Continue' }
$keys = @{ ApiKey = ConvertTo-Secret $c.Key; ApiSecret = ConvertTo-Secret $c.Secret; ApiPassphrase = ConvertTo-Secret $c.Phrase }
$badKeys = $keys + @{}
$badKeys.ApiKey = ConvertTo-Secret "bad-$($c.Key)"
$okxId = $null

# A server that answers as told, and a connection to it with the canary token.
function Connect-Echo([hashtable[]] $Answers, [switch] $Refused) {
    $address = if ($Refused) { Get-DeadAddress } else { (Start-ScriptedServer $Answers).Address }
    Connect-Cadenza -BaseUri $address -AccessToken (ConvertTo-Secret $c.Token) -SkipCheck -MaximumRetryCount 0 -PassThru @noisy
}

$echo = @{ Status = '400 Bad Request'; Body = '{"success":false,"errno":-22015,"error":"cannot use {body} with {authorization}","details":{"code":"{body}","request_id":"{authorization}"},"data":null}' }
$echoHtml = @{ Status = '502 Bad Gateway'; Type = 'text/html'; Body = '<html>{body} {authorization}' }
$echoObject = @{ Body = ('{"success":true,"errno":0,"data":{"credentialId":"a","venue":"OKX","status":"VERIFIED","apiKey":"' + $c.Key + '","apiSecret":"' + $c.Secret + '","note":"{body}","nested":{"said":"{authorization}"}}}') }
$session = @{ Body = ('{"success":true,"errno":0,"data":{"accessToken":"' + $c.Token + '","refreshToken":"' + $c.Renewal + '","expiresIn":3600,"user":{"id":"1","email":"a@b.example"}}}') }
$rows = ConvertTo-ListBody @{ credentialId = 'a'; venue = 'OKX'; status = 'FAILED' }
# What a careless server could send with each credential: keys in the members that a list may have, and the token in a nickname.
$echoList = @{ Body = ('{"success":true,"errno":0,"data":[{"credentialId":"a","venue":"OKX","status":"FAILED","nickname":"{authorization}","apiSecret":"' + $c.Secret + '"}]}') }
$redirect = @{ Status = '302 Found'; Headers = @{ Location = 'https://elsewhere.example/' }; Body = '{body} {authorization}' }
$unauthorized = @{ Status = '401 Unauthorized'; Body = '{"success":false,"errno":-19002,"error":"Unauthorized {authorization}","data":null}' }

$scenarios = [ordered]@{
    'connect and list'                    = { Connect-Echo @{ Body = $rows }; Get-CadenzaCredential @noisy; Get-CadenzaConnection @noisy }
    'token refused'                       = { Connect-Cadenza -BaseUri $sandbox.Address -AccessToken (ConvertTo-Secret $c.Token) @noisy }
    'token refused by an echo'            = { Connect-Cadenza -MaximumRetryCount 0 -BaseUri (Start-ScriptedServer $unauthorized).Address -AccessToken (ConvertTo-Secret $c.Token) @noisy }
    'token as a string refused'           = { Connect-Cadenza -BaseUri $sandbox.Address -AccessToken $c.Token @noisy }
    'token with a line break'             = { Connect-Cadenza -BaseUri $sandbox.Address -AccessToken (ConvertTo-Secret "$($c.Token)`nx") @noisy }
    'token from the environment refused'  = { Import-Module $ModulePath -Force; $env:CADENZA_ACCESS_TOKEN = $c.Token; $env:CADENZA_BASE_URL = $sandbox.Address; Get-CadenzaConnection @noisy; Get-CadenzaCredential @noisy }
    'login'                               = { Connect-Cadenza -MaximumRetryCount 0 -BaseUri (Start-ScriptedServer $session, @{ Body = $rows }).Address -Credential (New-Login 'a@b.example' $c.Password) -PassThru @noisy; Get-CadenzaCredential @noisy; Disconnect-Cadenza @noisy }
    'login refused'                       = { Connect-Cadenza -BaseUri $sandbox.Address -Credential (New-Login 'a@b.example' $c.Password) @noisy }
    'login refused by an echo'            = { Connect-Cadenza -MaximumRetryCount 0 -BaseUri (Start-ScriptedServer $echo).Address -Credential (New-Login 'a@b.example' $c.Password) @noisy }
    'login and renewal refused'           = { Connect-Cadenza -MaximumRetryCount 0 -BaseUri (Start-ScriptedServer $session, $unauthorized, $echo).Address -Credential (New-Login 'a@b.example' $c.Password) @noisy; Get-CadenzaCredential @noisy }
    'login answered with half a session'  = { Connect-Cadenza -MaximumRetryCount 0 -BaseUri (Start-ScriptedServer @{ Body = $session.Body.Substring(0, $session.Body.Length - 30) }).Address -Credential (New-Login 'a@b.example' $c.Password) @noisy }
    'both token and login'                = { Connect-Cadenza -BaseUri $sandbox.Address -AccessToken (ConvertTo-Secret $c.Token) -Credential (New-Login 'a@b.example' $c.Password) @noisy }
    'impact'                              = { Get-CadenzaCredential -Connection $connected @noisy | Get-CadenzaCredentialImpact -Connection $connected @noisy }
    'impact refused by an echo'           = { 'a', 'b' | Get-CadenzaCredentialImpact -Connection (Connect-Echo $echo) -WarningAction Continue @noisy }
    'impact of rows with secrets'         = { [pscustomobject]@{ CredentialId = $okxId; ApiKey = $c.Key; ApiSecret = $c.Secret }, [pscustomobject]@{ ApiKey = $c.Key } | Get-CadenzaCredentialImpact -Connection $connected @noisy }
    'findings'                            = { Get-CadenzaCredentialFinding -Connection $connected @noisy }
    'findings refused by an echo'         = { Get-CadenzaCredentialFinding -Connection (Connect-Echo $echo) @noisy }
    'report'                              = { Export-CadenzaCredentialReport (Join-Path $Folder 'report.html') -PassThru -Connection $connected @noisy; Get-Content (Join-Path $Folder 'report.html') -Raw }
    'report of an echo'                   = { Export-CadenzaCredentialReport (Join-Path $Folder 'echo.html') -Connection (Connect-Echo $echoList) @noisy; Get-Content (Join-Path $Folder 'echo.html') -Raw }
    'report to no folder'                 = { Export-CadenzaCredentialReport (Join-Path $Folder 'none/report.html') -Connection $connected @noisy }
    'rotate'                              = { Update-CadenzaCredential $okxId @keys -Connection $connected @noisy }
    'rotate with strings'                 = { Update-CadenzaCredential $okxId -ApiKey $c.Key -ApiSecret $c.Secret -ApiPassphrase $c.Phrase -Connection $connected @noisy }
    'rotate with a login object'          = { Update-CadenzaCredential $plainId -ApiCredential (New-Login $c.Key $c.Secret) -Connection $connected @noisy }
    'rotate with hashtables'              = { @{ CredentialId = $plainId; ApiKey = $c.Key } | Update-CadenzaCredential -ApiKey $c.Key -ApiSecret $c.Secret -Connection $connected @noisy }
    'rotate from a CSV'                   = { Import-Csv (Join-Path $Folder 'keys.csv') | Update-CadenzaCredential -Connection $connected @noisy }
    'rotate -WhatIf'                      = { Update-CadenzaCredential $okxId @keys -Connection $connected -WhatIf @noisy }
    'key refused'                         = { Update-CadenzaCredential $okxId @badKeys -Connection $connected @noisy }
    'key of a login object refused'       = { Update-CadenzaCredential $plainId -ApiCredential (New-Login "bad-$($c.Key)" $c.Secret) -Connection $connected @noisy }
    'no such credential'                  = { Update-CadenzaCredential 'no-such-id' @keys -Connection $connected @noisy }
    'blank id'                            = { Update-CadenzaCredential ' ' @keys -Connection $connected @noisy }
    'not connected'                       = { Update-CadenzaCredential $okxId @keys @noisy }
    'row without a key'                   = { [pscustomobject]@{ CredentialId = $okxId; ApiKey = ''; ApiSecret = $c.Secret; ApiPassphrase = $c.Phrase } | Update-CadenzaCredential -Connection $connected -WarningAction Continue @noisy }
    'row without an id'                   = { [pscustomobject]@{ ApiKey = $c.Key; ApiSecret = $c.Secret } | Update-CadenzaCredential -Connection $connected @noisy }
    'both ways of giving keys'            = { Update-CadenzaCredential $okxId @keys -ApiCredential (New-Login $c.Key $c.Secret) -Connection $connected @noisy }
    'secret of the wrong type'            = { Update-CadenzaCredential $okxId -ApiKey $c.Key -ApiSecret @($c.Secret, $c.Phrase) -Connection $connected @noisy }
    'row with a secret of the wrong type' = { [pscustomobject]@{ CredentialId = $okxId; ApiKey = $c.Key; ApiSecret = @($c.Secret, $c.Phrase) } | Update-CadenzaCredential -Connection $connected @noisy }
    'row with text for a login object'    = { [pscustomobject]@{ CredentialId = $okxId; ApiCredential = @($c.Key, $c.Secret) } | Update-CadenzaCredential -Connection $connected @noisy }
    'row with an object for a login'      = { [pscustomobject]@{ CredentialId = $okxId; ApiCredential = [pscustomobject]@{ UserName = $c.Key; Password = $c.Secret } } | Update-CadenzaCredential -Connection $connected @noisy }
    'object for a login'                  = { Update-CadenzaCredential $okxId -ApiCredential ([pscustomobject]@{ UserName = $c.Key; Password = $c.Secret }) -Connection $connected @noisy }
    'object for a login to connect'       = { Connect-Cadenza -BaseUri $sandbox.Address -Credential @{ UserName = 'a@b.example'; Password = $c.Password } @noisy }
    'object for a token'                  = { Connect-Cadenza -BaseUri $sandbox.Address -AccessToken @($c.Token) @noisy }
    'key with a line break'               = { Update-CadenzaCredential $okxId -ApiKey "$($c.Key)`n" -ApiSecret $c.Secret -Connection $connected @noisy }
    'key that is the secret'              = { Update-CadenzaCredential $okxId -ApiKey $c.Key -ApiSecret $c.Key -Connection $connected @noisy }
    'keys with warnings'                  = { New-CadenzaCredential BYBIT n -ApiKey "'$($c.Key)'" -ApiSecret "<$($c.Secret)>" -Connection $connected -WhatIf -WarningAction Continue @noisy }
    'keys for several'                    = { $okxId, $plainId | Update-CadenzaCredential -ApiKey $c.Key -ApiSecret $c.Secret -Connection $connected @noisy }
    'rows of one credential'              = { $rows = 'x', 'y' | ForEach-Object { [pscustomobject]@{ CredentialId = $plainId; ApiKey = "$($c.Key)$_"; ApiSecret = "$($c.Secret)$_" } }; $rows | Update-CadenzaCredential -Connection $connected @noisy }
    'create from hashtables'              = { @{ Venue = 'OKX'; ApiKey = $c.Key; ApiSecret = $c.Secret }, @{ ApiKey = $c.Key; ApiSecret = $c.Secret } | New-CadenzaCredential -Connection $connected @noisy }
    'create from a CSV of another kind'   = { Import-Csv (Join-Path $Folder 'keys.csv') -Delimiter ';' | New-CadenzaCredential -Connection $connected @noisy }
    'create from a CSV without a header'  = { Get-Content (Join-Path $Folder 'keys.csv') | Select-Object -Skip 1 | ConvertFrom-Csv | New-CadenzaCredential -Connection $connected @noisy }
    'rotate from a CSV without a header'  = { Get-Content (Join-Path $Folder 'keys.csv') | Select-Object -Skip 1 | ConvertFrom-Csv -Delimiter ';' | Update-CadenzaCredential -Connection $connected @noisy }
    'row with columns that are not read'  = { [pscustomobject]@{ CredentialId = $okxId; ApiKey = $c.Key; ApiSecret = $c.Secret; Passphrase = $c.Phrase } | Update-CadenzaCredential -Connection $connected -WarningAction Continue @noisy }
    'script block for a row'              = { [pscustomobject]@{ Ref = $okxId; ApiKey = $c.Key; ApiSecret = $c.Secret } | Update-CadenzaCredential -CredentialId { throw $_ } -Connection $connected @noisy }
    'unauthorized'                        = { Update-CadenzaCredential a @keys -Connection (Connect-Echo $unauthorized) @noisy }
    'server quotes the secrets'           = { Update-CadenzaCredential a @keys -Connection (Connect-Echo $echo) @noisy }
    'server quotes a secret in every form' = {
        foreach ($form in $echoForms) {
            Connect-Cadenza -Sandbox -Fault "credential/rotate:EchoSecret:form=$form" @noisy
            $id = (Get-CadenzaCredential -First 1).CredentialId
            Update-CadenzaCredential $id -ApiKey (ConvertTo-Secret $c.Key) -ApiSecret (ConvertTo-Secret $c.Hard) @noisy
        }
    }
    'server quotes a login object'        = { Update-CadenzaCredential a -ApiCredential (New-Login $c.Key $c.Secret) -Connection (Connect-Echo $echo) @noisy }
    'server returns the secrets'          = { Update-CadenzaCredential a @keys -Connection (Connect-Echo $echoObject) @noisy }
    'HTML 502'                            = { Update-CadenzaCredential a @keys -Connection (Connect-Echo $echoHtml) @noisy }
    'answer cut off'                      = { Update-CadenzaCredential a @keys -Connection (Connect-Echo ($echoObject + @{ Delivered = 120 })) @noisy }
    'redirect'                            = { Update-CadenzaCredential a @keys -Connection (Connect-Echo $redirect) @noisy }
    'connection refused'                  = { Update-CadenzaCredential a @keys -Connection (Connect-Echo -Refused) @noisy }
    'keys of a vault'                     = { $plainId | Update-CadenzaCredential -ApiCredential { New-Login $c.Key $c.Secret } -Connection $connected @noisy }
    'keys of a vault that fails'          = { [pscustomobject]@{ CredentialId = $plainId; Note = $c.Secret } | Update-CadenzaCredential -ApiCredential { throw 'NoSuchSecret' } -Connection $connected @noisy }
    'token of a vault'                    = { Connect-Cadenza -BaseUri (Start-ScriptedServer $unauthorized).Address -AccessTokenSource { $c.Token } -MaximumRetryCount 0 @noisy }
    'token of a vault of the wrong type'  = { Connect-Cadenza -BaseUri $sandbox.Address -AccessTokenSource { New-Login $c.Token $c.Token } @noisy }
    'keys of a vault of the wrong type'   = { $plainId | Update-CadenzaCredential -ApiCredential { $c.Secret } -Connection $connected @noisy }
    'list refused by an echo'             = { Get-CadenzaCredential -Connection (Connect-Echo $echo) @noisy }
}

# The error for an unknown form lists the forms.
$echoForms = try { Connect-Cadenza -Sandbox -Fault '*:EchoSecret:form=none' -ErrorAction Stop } catch { ("$_" -replace '(?s).*one of ([\w, ]+).*', '$1') -split ', ' }
if ($echoForms.Count -lt 16) { throw "There are only $($echoForms.Count) forms: $echoForms" }
$sandbox = Start-SandboxServer page
$connected = Connect-Cadenza -BaseUri $sandbox.Address -AccessToken $sandbox.Token -PassThru
$okxId = (Get-CadenzaCredential -Nickname 'Funding arb').CredentialId
$plainId = (Get-CadenzaCredential -Nickname 'Basis carry ETH').CredentialId
Set-Content (Join-Path $Folder 'keys.csv') 'CredentialId,ApiKey,ApiSecret,ApiPassphrase', "$okxId,$($c.Key),$($c.Secret),$($c.Phrase)", "no-such-id,$($c.Key),$($c.Secret),", "$plainId,,$($c.Secret),$($c.Phrase)"
Disconnect-Cadenza
$connected = Connect-Cadenza -BaseUri $sandbox.Address -AccessToken $sandbox.Token -PassThru

$report = foreach ($name in $scenarios.Keys) {
    $leaks = [Collections.Generic.List[string]]::new()
    $look = { param($place, $value) foreach ($leak in Find-Canary $value $sought) { $leaks.Add("$place$leak") } }
    $reset = {
        foreach ($variable in $ConnectionVariables) { [Environment]::SetEnvironmentVariable($variable, $null) }
        if (Get-CadenzaConnection) { Connect-Cadenza -Sandbox; Disconnect-Cadenza }
        $Error.Clear()
    }

    # Everything that comes out, of whatever stream.
    . $reset
    $begin = [datetimeoffset]::UtcNow
    $captured = @(try { & $scenarios[$name] *>&1 } catch { $_ })
    $errors = @($Error)
    $requests = @(Get-CadenzaRequest -Last 1000 | Where-Object Time -GE $begin)
    & $look 'output' $captured
    & $look 'requests' $requests
    & $look 'requests as text' ($requests | Format-List * -Force | Out-String -Width 4000)
    & $look '$Error' $errors
    & $look 'Get-Error' (Get-Error -Newest 20 | Out-String -Width 4000)
    & $look 'Format-List' ($captured + $errors | Format-List * -Force | Out-String -Width 4000)
    # It takes long to turn records into text. One of each kind is enough, because the walk above has seen every record. Deep JSON
    # or CliXml of an error, a record or a file contains only the engine's objects. Records of the streams are text in the transcript.
    foreach ($item in $captured + $errors | Group-Object { "$($_.GetType()) $($_.FullyQualifiedErrorId)$($_.CredentialId)" } | ForEach-Object { $_.Group[0] }) {
        $isRecord = $item -is [Management.Automation.InformationalRecord]
        $depth = if ($isRecord -or $item -is [IO.FileInfo]) { 1 } elseif ($item -is [Management.Automation.ErrorRecord]) { 3 } else { 5 }
        if (-not $isRecord) { & $look 'Out-String' ($item | Out-String -Width 4000) }
        & $look 'ToString' "$item"
        & $look 'ConvertTo-Json' ($item | ConvertTo-Json -Depth $depth -WarningAction Ignore)
        $file = Join-Path $Folder 'object.xml'
        Export-Clixml -InputObject $item -LiteralPath $file -Depth ($depth -eq 5 ? 5 : 2)
        & $look 'Export-Clixml' (Get-Content -LiteralPath $file -Raw)
    }

    # The same with nothing captured, as a prompt would show it.
    . $reset
    $transcript = Join-Path $Folder 'transcript.txt'
    $null = Start-Transcript -LiteralPath $transcript
    try { & $scenarios[$name] | Out-Default } catch { $_ | Out-Default }
    $null = Stop-Transcript
    $text = Get-Content -LiteralPath $transcript -Raw
    & $look 'transcript' $text
    [pscustomobject]@{
        Name          = $name
        Leaks         = @($leaks | Select-Object -Unique -First 10)
        ErrorIds      = @($errors | ForEach-Object { ([string]$_.FullyQualifiedErrorId).Split(',')[0] } | Select-Object -Unique)
        Captured      = $captured.Count
        Requests      = $requests.Count
        Verbose       = @($captured | Where-Object { $_ -is [Management.Automation.VerboseRecord] }).Count
        Debug         = @($captured | Where-Object { $_ -is [Management.Automation.DebugRecord] }).Count
        HasTranscript = $text -match 'VERBOSE: (GET|POST) /api/v3/'
    }
}
$report | ConvertTo-Json -Depth 3 | Set-Content -LiteralPath (Join-Path $Folder 'report.json') -Encoding utf8
. $reset
Restore-TestSession
