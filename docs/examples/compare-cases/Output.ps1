# Secrets in messages, and what is left of the output in a file or a job.
$group = 'Secrets and files'

foreach ($echo in @{ Server = 'null'; Change = $rotate; Form = 'as sent' }, @{ Server = 'null'; Change = $create; Form = 'URL-encoded' },
    @{ Server = 'note'; Change = $rotate; Form = 'in Base64' }, @{ Server = 'note'; Change = $create; Form = 'its first half' }) {
    Add-Case "error: the server quotes the secret, $($echo.Form)" 'not shown' $echo.Change @{
        Slow = $true; Server = $echo.Server; Find = { param($Run) Get-SecretFinding $Run $Run.Keys.ApiSecret }
    }
}

foreach ($stream in 'Verbose', 'Debug') {
    Add-Case "-$stream of a rotation" 'no secret' @{
        Stream = $stream
        InvokeRestMethod = { Set-Variable "$($Case.Stream)Preference" Continue; Set-PlainKey $target.credentialId $keys }
        CadenzaPS = { Set-Variable "$($Case.Stream)Preference" Continue; Update-CadenzaCredential $target.credentialId @keys -Connection $connection }
        Find = { param($Run) Get-SecretFinding $Run @($Run.Keys.Values) }
    }
}

Add-Case 'a password in the address of a proxy' 'not shown' @{
    InvokeRestMethod = {
        $VerbosePreference = 'Continue'
        $api = [pscustomobject]@{ Address = 'https://cadenza.invalid'; Token = $server.Token }
        Invoke-Plain credential/revoke @{ credentialId = $target.credentialId } $api @{ Proxy = (Get-DeadAddress).Replace('//', "//user:$($keys.ApiPassphrase)@") }
    }
    CadenzaPS = {
        $VerbosePreference = 'Continue'
        Connect-Cadenza -BaseUri https://cadenza.invalid -AccessToken $server.Token -Proxy (Get-DeadAddress).Replace('//', "//user:$($keys.ApiPassphrase)@")
    }
    Find = { param($Run) Get-SecretFinding $Run $Run.Keys.ApiPassphrase }
}

# Export-Csv has the conversion of ConvertTo-Csv. The script converts the milliseconds of the API to dates, as one does for people.
Add-Case 'dates in a CSV file, in de-DE' 'ISO 8601' @{
    Targets = 0
    InvokeRestMethod = {
        [CultureInfo]::CurrentCulture = 'de-DE'
        $rows = Get-PlainList | Select-Object credentialId, @{ Name = 'updatedAt'; Expression = { [datetimeoffset]::FromUnixTimeMilliseconds($_.updatedAt) } }
        ($rows | ConvertTo-Csv | ConvertFrom-Csv).updatedAt
    }
    CadenzaPS = { [CultureInfo]::CurrentCulture = 'de-DE'; (Get-CadenzaCredential -Connection $connection | ConvertTo-Csv | ConvertFrom-Csv).UpdatedAt }
    Find = {
        param($Run)
        $other = $Run.Output.Where{ $_ -notmatch '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d' }
        if (-not $Run.Output -or $other) { Format-Wrong "such as ``$($other[0] -replace '\d', '0')``" } else { 'correct: ISO 8601' }
    }
}

Add-Case 'an error that comes from a job' 'it still has the outcome' @{
    Slow = $true
    InvokeRestMethod = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Remove-Plain '00000000-0000-4000-8000-000000000000' 2>&1))) }
    CadenzaPS = {
        $failure = Revoke-CadenzaCredential 00000000-0000-4000-8000-000000000000 -Force -Connection $connection 2>&1
        [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($failure))
    }
    Find = {
        param($Run)
        $reason = "$(@($Run.Output)[0].ErrorCategory_Reason)$(@($Run.Errors)[0].CategoryInfo.Reason)"
        if ($reason -in 'Rejected', 'NotSent', 'Unknown') { "correct: $reason" } else { Format-Wrong "no outcome ($reason)" }
    }
}

Add-Case 'findings from a CSV file: `Where-Object Severity -in High, Critical`' 'the same as before' @{
    Targets = 0
    CadenzaPS = {
        $findings = @(Get-CadenzaCredentialFinding -Connection $connection)
        foreach ($set in $findings, ($findings | ConvertTo-Csv | ConvertFrom-Csv)) { @($set | Where-Object Severity -In 'High', 'Critical').Count }
    }
    Find = {
        param($Run)
        if ($Run.Output[0] -gt 0 -and $Run.Output[0] -eq $Run.Output[1]) { 'correct: the same' } else { Format-Wrong "$($Run.Output -join ', then ')" }
    }
}
