# What is reported is what happened: responses that do not say it.
$group = 'What is reported'

# One revoke of the target, and how it is judged.
$revoke = @{
    InvokeRestMethod = { Remove-Plain $target.credentialId }
    CadenzaPS = { Revoke-CadenzaCredential $target.credentialId -Force -Connection $connection }
    Find = { param($Run) Get-ChangeFinding $Run @($Run.Targets.credentialId) }
}
$rotate = @{
    InvokeRestMethod = { Set-PlainKey $target.credentialId $keys }
    CadenzaPS = { Update-CadenzaCredential $target.credentialId @keys -Connection $connection }
    Find = { param($Run) Get-ChangeFinding $Run @($Run.Targets.credentialId) }
}
$verify = @{
    InvokeRestMethod = {
        $answer = Invoke-Plain credential/verify @{ credentialId = $target.credentialId }
        if ($answer) { if ($answer.status -eq 'VERIFIED') { 'Accepted' } else { 'Rejected' } }
    }
    CadenzaPS = { (Test-CadenzaCredential $target.credentialId -Connection $connection).Answer }
}
$create = @{
    InvokeRestMethod = {
        $body = @{ venue = 'BYBIT'; credentialType = 'EXCHANGE'; nickname = $keys.ApiKey; apiKey = $keys.ApiKey; apiSecret = $keys.ApiSecret }
        Invoke-Plain credential/create $body
    }
    CadenzaPS = { New-CadenzaCredential -Venue BYBIT -Nickname $keys.ApiKey -ApiKey $keys.ApiKey -ApiSecret $keys.ApiSecret -Connection $connection }
    Find = { param($Run) Get-ChangeFinding $Run @($Run.Changed.credentialId) }
    Targets = 0
}

Add-Case 'revoke: 202, never done' 'not reported as done' $revoke @{ Server = 'accepted'; RetryTimeoutSec = 1 }
Add-Case 'revoke: 200, still VERIFIED' 'not reported as done' $revoke @{ Server = 'unfinished'; RetryTimeoutSec = 1 }
Add-Case 'revoke: 200, REVOKING' 'not reported as done' $revoke @{ Server = 'revoking'; RetryTimeoutSec = 1 }
Add-Case 'revoke: 201 without data' 'not reported as done' $revoke @{ Server = 'null'; RetryTimeoutSec = 1 }
Add-Case 'revoke: 200 with `error: "queued"`' 'not reported as done' $revoke @{ Server = 'note'; RetryTimeoutSec = 1 }
Add-Case 'revoke: `success` with a fractional errno' 'not reported as done' $revoke @{ Server = 'errno' }
Add-Case 'rotate: `success` with an errno above 64 bits' 'not reported as done' $rotate @{ Server = 'errno' }
Add-Case 'rotate: done, shows FAILED' 'warning' $rotate @{ Server = 'unfinished'; Find = { param($Run) Get-WarningFinding $Run 'done, no warning' } }

$again = @{ Slow = $true; Server = 'transient'; Find = { param($Run) Get-ChangeFinding $Run @($Run.Targets.credentialId) -MustChange } }
Add-Case 'rotate: 409 with errno -22014 (lock), then 200' 'sent again' $rotate $again
Add-Case 'revoke: 409 with errno -18011 (rate), then 200' 'sent again' $revoke $again
Add-Case 'revoke: 409 with errno -22017 (in use)' 'not sent again' $revoke @{
    Slow = $true; Server = 'conflict'; Find = { param($Run) Get-PersistenceFinding $Run 1 }
}

Add-Case 'rotate: the response shows another credential' 'not believed' $rotate @{ Server = 'revoking' }
Add-Case 'verify: the response shows another credential' 'not believed' $verify @{
    Server = 'unfinished'; Find = { param($Run) Get-AnswerFinding $Run 'error', 'NotYetKnown' }
}
Add-Case 'create: the response shows another credential' 'not believed' $create @{ Server = 'accepted' }
Add-Case 'verify: PENDING' 'not yet known' $verify @{ Server = 'accepted'; Find = { param($Run) Get-AnswerFinding $Run 'NotYetKnown' } }
Add-Case 'verify: the credential is revoked' 'not applicable, no error' $verify @{
    Slow = $true; Status = 'REVOKED'; Find = { param($Run) Get-AnswerFinding $Run 'NotApplicable' }
    CadenzaPS = { (Get-CadenzaCredential $target.credentialId -Connection $connection | Test-CadenzaCredential -Connection $connection).Answer }
}

foreach ($paging in @{ Server = 'null'; Title = 'empty pages between the others' }, @{ Server = 'note'; Title = 'a filter that empties pages' }) {
    Add-Case "list by cursor: $($paging.Title)" 'all, each once' @{
        Server = $paging.Server; Targets = 0; Status = 'FAILED'
        InvokeRestMethod = { Get-PlainList 'credentialStatus=FAILED' }
        CadenzaPS = { Get-CadenzaCredential -Status FAILED -Connection $connection }
        Find = { param($Run) Get-ListFinding $Run $Run.State.Where{ $_.status -eq 'FAILED' }.Count }
    }
}

Add-Case 'create: a server that accepts only its own members and types' 'the other spelling is sent' $create @{
    Slow = $true; Server = 'strict'; Find = { param($Run) Get-ChangeFinding $Run @($Run.Changed.credentialId) -MustChange }
}
