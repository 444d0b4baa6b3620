# What you saw is what is changed: revokes of what was listed or saved before.
$group = 'What is changed'

# The server 'conflict' is the other server: the sandboxes have the same ids.

# What an administrator has read or saved. The script takes the id of each object, as its request has nothing else.
function Remove-PlainRow([Parameter(ValueFromPipeline)] $Row) { process { Remove-Plain $Row.CredentialId } }

Add-Case 'listed on one server, piped to another with the same ids' 'refused' @{
    Other = 'conflict'
    InvokeRestMethod = { $list = Invoke-Plain credential/list $null $other; $list | Where-Object credentialId -EQ $target.credentialId | Remove-PlainRow }
    CadenzaPS = {
        $list = Get-CadenzaCredential -CredentialId $target.credentialId -Connection (New-CaseConnection $other)
        $list | Revoke-CadenzaCredential -Force -Connection $connection
    }
    Find = { param($Run) Get-ChangeFinding $Run @() 'revoked on the wrong server' }
}

Add-Case 'a saved list of another server (CSV)' 'refused' @{
    Other = 'conflict'
    InvokeRestMethod = {
        $csv = Invoke-Plain credential/list $null $other | Where-Object credentialId -EQ $target.credentialId | ConvertTo-Csv
        $csv | ConvertFrom-Csv | Remove-PlainRow
    }
    CadenzaPS = {
        $csv = Get-CadenzaCredential -CredentialId $target.credentialId -Connection (New-CaseConnection $other) | ConvertTo-Csv
        $csv | ConvertFrom-Csv | Revoke-CadenzaCredential -Force -Connection $connection
    }
    Find = { param($Run) Get-ChangeFinding $Run @() 'revoked on the wrong server' }
}

Add-Case 'a row with the id of another credential' 'refused' @{
    Targets = 2
    InvokeRestMethod = { $row | Remove-PlainRow }
    CadenzaPS = { $row | Revoke-CadenzaCredential -Force -Connection $connection }
    Row = { @{ CredentialId = $targets[1].credentialId; Venue = $target.venue; Nickname = $target.nickname } }
    Find = { param($Run) Get-ChangeFinding $Run @($Run.Targets[0].credentialId) }
}

Add-Case 'a saved plan, rotated since' 'refused' @{
    InvokeRestMethod = {
        $csv = Invoke-Plain credential/list | Where-Object credentialId -EQ $target.credentialId | ConvertTo-Csv
        $null = Set-PlainKey $target.credentialId $keys
        $csv | ConvertFrom-Csv | Remove-PlainRow
    }
    CadenzaPS = {
        $csv = Get-CadenzaCredential -CredentialId $target.credentialId -Connection $connection | Get-CadenzaCredentialImpact -Connection $connection | ConvertTo-Csv
        $null = Update-CadenzaCredential $target.credentialId @keys -Connection $connection
        $csv | ConvertFrom-Csv | Revoke-CadenzaCredential -Force -Connection $connection
    }
    Find = { param($Run) Get-PlanFinding $Run }
}

Add-Case 'a saved plan, FAILED then and VERIFIED now' 'refused' @{
    Status = 'FAILED'
    InvokeRestMethod = {
        $csv = Invoke-Plain credential/list | Where-Object credentialId -EQ $target.credentialId | ConvertTo-Csv
        $null = Set-PlainKey $target.credentialId $keys; $null = Invoke-Plain credential/verify @{ credentialId = $target.credentialId }
        $csv | ConvertFrom-Csv | Where-Object status -EQ 'FAILED' | Remove-PlainRow
    }
    CadenzaPS = {
        $csv = Get-CadenzaCredential -CredentialId $target.credentialId -Connection $connection | ConvertTo-Csv
        $null = Update-CadenzaCredential $target.credentialId @keys -Connection $connection
        $null = Test-CadenzaCredential $target.credentialId -Connection $connection
        $csv | ConvertFrom-Csv | Where-Object Status -EQ 'FAILED' | Revoke-CadenzaCredential -Force -Connection $connection
    }
    Find = { param($Run) Get-PlanFinding $Run }
}

# The rotation between plan and revoke belongs to the case; only the state at the end shows whether the revoke was made.
function Get-PlanFinding($Run) {
    $now = $Run.State.Where{ $_.credentialId -eq $Run.Targets[0].credentialId }[0]
    if ($now.fingerprint -eq $Run.Targets[0].fingerprint) { return Format-Wrong 'the rotation failed' }
    if ($now.status -eq 'REVOKED') { return Format-Wrong 'revoked by the old plan' }
    if ($Run.Errors) { Get-ErrorWords $Run.Errors[0] } else { Format-Wrong 'neither a result nor an error' }
}

Add-Case 'a filtered list by offset that shrinks while it is revoked' 'each credential once' @{
    Slow = $true; Server = 'offset'; Targets = 0
    InvokeRestMethod = { Get-PlainList 'credentialStatus=FAILED' | ForEach-Object { Remove-Plain $_.credentialId } }
    CadenzaPS = { Get-CadenzaCredential -Status FAILED -Connection $connection | Revoke-CadenzaCredential -Force -Connection $connection }
    Find = {
        param($Run)
        # Besides these, the server has two that nobody can revoke: one is in use, and one belongs to another user.
        $left = @($Run.State.Where{ $_.status -eq 'FAILED' -and -not $_.isBlocked -and -not $_.isColleagues }).Count
        if ($left) { Format-Wrong "$($Run.Changed.Count) of $($Run.Changed.Count + $left), without an error" } else { "correct: all $($Run.Changed.Count)" }
    }
}
