# Obstacles between the client and the API, sessions, and waiting.
$group = 'Obstacles and waiting'

$three = @{ Slow = $true; Targets = 3; Server = 'firewall'; Find = { param($Run) Get-PersistenceFinding $Run 1 } }
Add-Case '403 with HTML, 3 revokes' 'ends the command' $three @{
    InvokeRestMethod = { $targets | ForEach-Object { Remove-Plain $_.credentialId } }
    CadenzaPS = { $targets.credentialId | Revoke-CadenzaCredential -Force -ThrottleLimit 1 -Connection $connection }
}
Add-Case '401 with HTML, 3 rotations' 'ends the command' $three @{
    InvokeRestMethod = { $targets | ForEach-Object { Set-PlainKey $_.credentialId $keys } }
    CadenzaPS = {
        $targets | ForEach-Object { [pscustomobject]@{ CredentialId = $_.credentialId; ApiKey = "$($_.credentialId)-key"; ApiSecret = "$($_.credentialId)-s" } } |
            Update-CadenzaCredential -ThrottleLimit 1 -Connection $connection
    }
}
Add-Case '451 with HTML, 3 creations' 'ends the command' $three @{
    InvokeRestMethod = { $targets | ForEach-Object { Invoke-Plain credential/create @{ venue = 'BYBIT'; nickname = "n$($_.credentialId)"; apiKey = "k$_"; apiSecret = "s$_" } } }
    CadenzaPS = {
        $targets | ForEach-Object { [pscustomobject]@{ Venue = 'BYBIT'; Nickname = "n$($_.credentialId)"; ApiKey = "k$($_.credentialId)"; ApiSecret = "s$($_.credentialId)" } } |
            New-CadenzaCredential -ThrottleLimit 1 -Connection $connection
    }
}
Add-Case '407 with HTML, 3 verifications' 'ends the command' $three @{
    InvokeRestMethod = { $targets | ForEach-Object { Invoke-Plain credential/verify @{ credentialId = $_.credentialId } } }
    CadenzaPS = { $targets.credentialId | Test-CadenzaCredential -ThrottleLimit 1 -Connection $connection }
}

# The proxy is a scripted server, which notes each CONNECT.
foreach ($status in '407 Proxy Authentication Required', '403 Forbidden', '503 Service Unavailable') {
    Add-Case "a proxy that refuses the tunnel: $($status.Substring(0, 3))" 'reported as not sent' @{
        Tunnel = $status
        InvokeRestMethod = {
            $api = [pscustomobject]@{ Address = 'https://cadenza.invalid'; Token = $server.Token }
            Invoke-Plain credential/revoke @{ credentialId = $target.credentialId } $api @{ Proxy = $proxy.Address }
        }
        CadenzaPS = {
            $through = Connect-Cadenza -BaseUri https://cadenza.invalid -AccessToken $server.Token -SkipCheck -Proxy $proxy.Address -MaximumRetryCount 2 -PassThru
            Revoke-CadenzaCredential $target.credentialId -Force -Connection $through
        }
        Find = {
            param($Run)
            $words = "$(Get-ErrorWords $Run.Errors[0]), $(Format-Count $Run.Tunnels 'tunnel')"
            if ((Get-Outcome $Run.Errors[0]) -eq 'NotSent' -or "$($Run.Errors[0])" -match 'tunnel') { $words } else { Format-Wrong $words }
        }
    }
}

# Runs in a thread, because a wait of 10 minutes must not stop the comparison.
Add-Case '429 with `Retry-After: 600`, 3 revokes' 'one request, the rest is not sent' @{
    Slow = $true; Server = 'wait'; Targets = 3
    InvokeRestMethod = {
        $address, $token, $ids = $server.Address, [Net.NetworkCredential]::new('', $server.Token).Password, $targets.credentialId
        $job = Start-ThreadJob {
            @($using:ids) | ForEach-Object {
                $body = ConvertTo-Json @{ credentialId = $_ }
                $call = @{ Method = 'Post'; ContentType = 'application/json'; Body = $body; Headers = @{ Authorization = "Bearer $using:token" } }
                Invoke-RestMethod "$using:address/api/v3/credential/revoke" @call -TimeoutSec 20 -MaximumRetryCount 2 -RetryIntervalSec 1
            }
        }
        $null = $job | Wait-Job -Timeout $deadlineSec
        if ($job.State -eq 'Running') { 'waiting' } else { Receive-Job $job }
        $job | Stop-Job -PassThru | Remove-Job -Force
    }
    CadenzaPS = { $targets.credentialId | Revoke-CadenzaCredential -Force -ThrottleLimit 1 -Connection $connection }
    Find = { param($Run) Get-PersistenceFinding $Run 1 }
}

Add-Case 'a server that is down, 12 revokes' 'ends after a few' @{
    Targets = 12; Status = '*'
    InvokeRestMethod = { $down = [pscustomobject]@{ Address = Get-DeadAddress; Token = $server.Token }; $targets | ForEach-Object { Invoke-Plain credential/revoke @{ credentialId = $_.credentialId } $down } }
    CadenzaPS = {
        $down = Connect-Cadenza -BaseUri (Get-DeadAddress) -AccessToken $server.Token -SkipCheck -MaximumRetryCount 2 -PassThru
        $targets.credentialId | Revoke-CadenzaCredential -Force -ThrottleLimit 1 -Connection $down
    }
    Find = {
        param($Run)
        $words = "$(Format-Count $Run.Errors.Count 'error'): " + (@($Run.Errors | ForEach-Object { Get-ErrorWords $_ } | Select-Object -Unique) -join ', ')
        if ($Run.Errors.Count -ge $Run.Targets.Count) { Format-Wrong "tried all 12, $words" } else { $words }
    }
}

# Three lists in one session. The script renews the session when expiresAt is less than 5 minutes away, as the guide of the API says.
$login = New-Login 'admin@sandbox.example' 'sandbox-password'
$signIn = { Invoke-Plain auth/login @{ email = $login.UserName; password = $login.GetNetworkCredential().Password } }
Add-Case 'a clock 70 minutes behind, 3 lists' 'one sign-in' @{
    Server = 'accepted'; Targets = 0
    InvokeRestMethod = {
        $session = $null
        foreach ($i in 1..3) {
            if (-not $session -or [datetimeoffset]::Now.AddMinutes(5) -gt [datetimeoffset]::FromUnixTimeSeconds("$($session.expiresAt)".Substring(0, 10))) { $session = & $signIn }
            Invoke-Plain credential/list $null ([pscustomobject]@{ Address = $server.Address; Token = ConvertTo-Secret $session.accessToken })
        }
    }
    CadenzaPS = {
        $session = Connect-Cadenza -BaseUri $server.Address -Credential $login -PassThru
        foreach ($i in 1..3) { Get-CadenzaCredential -Connection $session }
    }
    Find = {
        param($Run)
        $count = @($Run.Requests.Where{ $_.path -match '/auth/(login|token)' }).Count
        if ($count -ne 1) { Format-Wrong (Format-Count $count 'sign-in') } else { 'correct: 1 sign-in' }
    }
}

Add-Case 'sign-in: 429 with errno -26029, then 200' 'sent again' @{
    Slow = $true; Server = 'transient'; Targets = 0
    InvokeRestMethod = { if (& $signIn) { 'signed in' } }
    CadenzaPS = { if (Connect-Cadenza -BaseUri $server.Address -Credential $login -PassThru) { 'signed in' } }
    Find = { param($Run) Get-AnswerFinding $Run 'signed in' }
}

Add-Case 'sign-in: the response names another user' 'warning' @{
    Server = 'unfinished'; Targets = 0
    InvokeRestMethod = { if (& $signIn) { 'signed in' } }
    CadenzaPS = { if (Connect-Cadenza -BaseUri $server.Address -Credential $login -PassThru) { 'signed in' } }
    Find = { param($Run) Get-WarningFinding $Run 'signed in, no warning' }
}
