# Turns what was measured into a few words. Words in ** break the rule of the case.

function Get-Finding($Case, $Run) { & $Case.Find $Run }

function Format-Wrong([string] $Words) { "**$Words**" }

function Format-Count([int] $Count, [string] $Noun) { if ($Count -eq 1) { "1 $Noun" } else { "$Count ${Noun}s" } }

# The outcome in an error of the module, or nothing for an error of another command.
function Get-Outcome($Failure) { if ($Failure.CategoryInfo.Reason -in 'Rejected', 'NotSent', 'Unknown', 'Applied') { "$($Failure.CategoryInfo.Reason)" } }

function Get-ErrorWords($Failure) {
    $id = $Failure.FullyQualifiedErrorId.Split(',')[0]
    $outcome = Get-Outcome $Failure
    if ($outcome) { return "$outcome ($id)" }
    if ($id -like 'Cadenza*') { return "refused ($id)" }
    if ($Failure.Exception.Response) { return "error: HTTP $([int]$Failure.Exception.Response.StatusCode)" }
    if ("$Failure" -match 'proxy tunnel') { return 'error: the proxy refused the tunnel' }
    if ($Failure.Exception -is [Net.Http.HttpRequestException]) { return 'error: no connection' }
    if ("$Failure" -match 'The API reports errno') { return 'error: errno in the response' }
    'error'
}

# How many requests were sent that can change something.
function Get-SentCount($Run) { @($Run.Requests.Where{ $_.method -ne 'GET' -and $_.path -notmatch '/auth/|/verify$' }).Count }

# A change: which credentials changed, and whether the reports agree with that. $Intended are the ids that may change.
function Get-ChangeFinding($Run, [string[]] $Intended, [string] $Otherwise = 'changed the wrong credential', [switch] $MustChange) {
    $wrong = $Run.Changed.Where{ $_.credentialId -notin $Intended }
    if ($wrong) { return Format-Wrong $Otherwise }
    $sent = Get-SentCount $Run
    $open = $Run.Errors.Where{ (Get-Outcome $_) -in 'Unknown', 'Applied' }
    if ($Run.Output.Where{ $_.credentialId -and $_.credentialId -notin $Intended }) { return Format-Wrong 'reported another credential' }
    if ($Run.Output.Count -gt $Run.Changed.Count) { return Format-Wrong 'reported done, was not' }
    if ($Run.Changed.Count -gt $Run.Output.Count + $open.Count) { return Format-Wrong 'reported an error, was done' }
    if (-not $Run.Errors) {
        if (-not $Run.Changed) { return Format-Wrong 'neither a result nor an error' }
        return 'correct: done' + $(if ($sent -gt $Run.Changed.Count) { ", $sent requests" })
    }
    $words = @($Run.Errors | ForEach-Object { Get-ErrorWords $_ } | Select-Object -Unique) -join ', '
    $words += if ($sent -gt 1) { ", $sent requests" } elseif ($sent -eq 0) { ', nothing sent' }
    if ($Run.Output) { $words = "$($Run.Output.Count) done, $words" }
    if ($MustChange -and -not $Run.Changed) { Format-Wrong $words } else { $words }
}

# New keys: which text arrived. $Typed is what the user wrote; $Forms are the forms that a conversion can produce, each with its description.
function Get-KeyFinding($Run, [hashtable] $Typed, [hashtable] $Forms = @{}) {
    $now = $Run.Changed.Where{ $_.credentialId -eq $Run.Targets[0].credentialId }[0]
    if (-not $now) { return Get-ChangeFinding $Run @($Run.Targets.credentialId) }
    if ($now.fingerprint -eq (Get-KeyFingerprint $Typed.ApiKey $Typed.ApiSecret $Typed.ApiPassphrase)) { return 'correct: sent as typed' }
    foreach ($form in $Forms.Keys) {
        $sent = $Typed + @{}
        foreach ($part in $Forms[$form].Keys) { $sent[$part] = $Forms[$form][$part] }
        if ($now.fingerprint -eq (Get-KeyFingerprint $sent.ApiKey $sent.ApiSecret $sent.ApiPassphrase)) { return Format-Wrong "sent $form" }
    }
    Format-Wrong 'sent something else'
}

# Keys that cannot work: the rule is that they are not sent.
function Get-RefusalFinding($Run, [string] $Sent = 'sent it') {
    if ($Run.Changed) { return Format-Wrong $Sent }
    Get-ChangeFinding $Run @()
}

# Input of which only a part may be sent, or that needs a warning.
function Get-WarningFinding($Run, [string] $Silent) {
    if (-not $Run.Warnings -and -not $Run.Errors) { return Format-Wrong $Silent }
    if ($Run.Warnings) { return "correct: done, with a warning" }
    Get-ChangeFinding $Run @($Run.Targets.credentialId)
}

# A list: each credential once, or an error.
function Get-ListFinding($Run, [int] $Expected) {
    $ids = @($Run.Output.ForEach{ "$($_.credentialId)" })
    $distinct = @($ids | Select-Object -Unique).Count
    if ($Run.Errors) { return "$distinct of $Expected, then " + (Get-ErrorWords $Run.Errors[0]) }
    if ($ids.Count -gt $distinct) { return Format-Wrong "$distinct of $Expected, some twice" }
    if ($distinct -lt $Expected) { return Format-Wrong "$distinct of $Expected, without an error" }
    "correct: all $Expected"
}

# Secrets: in any record, also in its nested properties, as it was sent, encoded, or by half.
function Get-SecretFinding($Run, [string[]] $Secrets) {
    $forms = foreach ($secret in $Secrets) {
        $secret, [uri]::EscapeDataString($secret), [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($secret)), $secret.Substring(0, $secret.Length / 2)
    }
    $records = @($Run.Records.Where{ $_ -is [Management.Automation.ErrorRecord] -or $_ -is [Management.Automation.InformationalRecord] })
    if (-not $records) { return Format-Wrong 'nothing was reported' }
    $text = ($records | ForEach-Object { "$_"; $_.Message; $_ | Format-List * -Force | Out-String -Width 4096 }) -join "`n"
    $text += [regex]::Replace($text, '\\u([0-9a-fA-F]{4})', { "$([char][Convert]::ToInt32($args[0].Groups[1].Value, 16))" })
    if (@($forms).Where{ $text.Contains($_, [StringComparison]::OrdinalIgnoreCase) }) { return Format-Wrong 'shows the secret' }
    'correct: no secret is shown'
}

# How many requests an obstacle gets that will reject all of them in the same way.
function Get-PersistenceFinding($Run, [int] $Most) {
    $sent = @($Run.Requests.Where{ $_.method -ne 'GET' }).Count
    if ($Run.Changed -or $Run.Output.Where{ $_ -ne 'waiting' }) { return Get-ChangeFinding $Run @() }
    $end = if ($Run.Output -contains 'waiting') { "still waiting after $deadlineSec s" }
           else { @($Run.Errors | ForEach-Object { Get-ErrorWords $_ } | Select-Object -Unique) -join ', ' }
    $words = "$end, $(Format-Count $sent 'request') for $(Format-Count $Run.Targets.Count 'credential')"
    if ($sent -gt $Most) { Format-Wrong $words } else { $words }
}

# An answer in one word: the rule names the right ones.
function Get-AnswerFinding($Run, [string[]] $Right) {
    $words = if ($Run.Output) { "$($Run.Output[0])" } elseif ($Run.Errors) { Get-ErrorWords $Run.Errors[0] } else { 'nothing' }
    if ($words -in $Right) { return $words }
    if (-not $Run.Output -and $Run.Errors -and $Right -contains 'error') { return $words }
    Format-Wrong $words
}
