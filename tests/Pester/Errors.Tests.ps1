# Every error: its id, category, target and recommended action, what its exception tells, and whether the pipeline goes on.

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Runs a command and gives back its errors, and whether it ended the pipeline.
    function Get-Failure([scriptblock] $Script) {
        $output = $null
        $thrown = $null
        $failures = $null
        try { $output = & $Script } catch { $thrown = $_ }
        [pscustomobject]@{ Output = @($output); Errors = @(if ($thrown) { $thrown } else { $failures }); IsTerminating = $null -ne $thrown }
    }
}
AfterAll { Restore-TestSession }

Describe 'A change that ends in <Title>' -Tag Slow -ForEach @(
    @{ Title = 'errno -130001'; Status = '400 Bad Request'; Body = '{"success":false,"errno":-130001,"error":"Credential is already revoked","data":null}'; Id = 'AlreadyRevoked'; Category = 'InvalidOperation'; Outcome = 'Rejected' }
    @{ Title = 'errno -130001 with HTTP 200'; Status = '200 OK'; Body = '{"success":false,"errno":-130001,"error":"Credential is already revoked","data":null}'; Id = 'AlreadyRevoked'; Category = 'InvalidOperation'; Outcome = 'Rejected' }
    @{ Title = 'HTTP 409'; Status = '409 Conflict'; Body = '{"success":false,"errno":-130002,"error":"active","data":null}'; Id = 'CredentialInUse'; Category = 'ResourceBusy'; Outcome = 'Rejected' }
    @{ Title = 'HTTP 404'; Status = '404 Not Found'; Body = '{"success":false,"errno":-22016,"error":"Credential not found","data":null}'; Id = 'CredentialNotFound'; Category = 'ObjectNotFound'; Outcome = 'Rejected' }
    @{ Title = 'HTTP 403'; Status = '403 Forbidden'; Body = '{"success":false,"errno":-22018,"error":"Permission denied","data":null}'; Id = 'AccessDenied'; Category = 'PermissionDenied'; Outcome = 'Rejected' }
    @{ Title = 'a refused key'; Status = '400 Bad Request'; Body = '{"success":false,"errno":-22006,"error":"Invalid API key","data":null}'; Id = 'InvalidApiKey'; Category = 'InvalidArgument'; Outcome = 'Rejected' }
    @{ Title = 'a key refused with HTTP 401'; Status = '401 Unauthorized'; Body = '{"success":false,"errno":-18022,"error":"Invalid API key","data":null}'; Id = 'InvalidApiKey'; Category = 'InvalidArgument'; Outcome = 'Rejected' }
    @{ Title = 'an invalid argument'; Status = '400 Bad Request'; Body = '{"success":false,"errno":-22015,"error":"bad","data":null}'; Id = 'InvalidRequest'; Category = 'InvalidArgument'; Outcome = 'Rejected' }
    @{ Title = 'HTTP 504 of the API'; Status = '504 Gateway Timeout'; Body = '{"success":false,"errno":-18015,"error":"late","data":null}'; Id = 'Timeout'; Category = 'OperationTimeout'; Outcome = 'Unknown' }
    @{ Title = 'HTTP 500'; Status = '500 Internal Server Error'; Body = '{"success":false,"errno":-22000,"error":"oops","data":null}'; Id = 'ServerError'; Category = 'OperationStopped'; Outcome = 'Unknown' }
    @{ Title = 'an errno never seen'; Status = '418 I am a teapot'; Body = '{"success":false,"errno":-99999,"error":"short and stout","data":null}'; Id = 'Refused'; Category = 'OperationStopped'; Outcome = 'Rejected' }
    @{ Title = 'success false with HTTP 200'; Status = '200 OK'; Body = '{"success":false,"errno":0,"error":"no","data":null}'; Id = 'Refused'; Category = 'OperationStopped'; Outcome = 'Rejected' }
    @{ Title = 'HTTP 401'; Status = '401 Unauthorized'; Body = '{"success":false,"errno":-19002,"error":"Unauthorized","data":null}'; Id = 'Unauthorized'; Category = 'AuthenticationError'; Outcome = 'Rejected'; Terminates = $true }
    @{ Title = 'an HTML 502'; Status = '502 Bad Gateway'; Type = 'text/html'; Body = '<html><h1>BODYTEXT</h1>'; Id = 'BadResponse'; Category = 'InvalidData'; Outcome = 'Unknown' }
    @{ Title = 'an empty answer'; Status = '200 OK'; Body = ''; Id = 'BadResponse'; Category = 'InvalidData'; Outcome = 'Unknown' }
    @{ Title = 'cut-off JSON'; Status = '200 OK'; Body = '{"success":true,"errno":0,"data":{"credentialId":"BODYTEXT'; Id = 'BadResponse'; Category = 'InvalidData'; Outcome = 'Unknown' }
    @{ Title = 'a body that never ends'; Status = '200 OK'; Body = '{"success":true,"errno":0,"data":{"credentialId":"BODYTEXT"}}'; Delivered = 30; Id = 'BadResponse'; Category = 'InvalidData'; Outcome = 'Unknown' }
    @{ Title = 'garbage'; Status = '200 OK'; Type = 'application/octet-stream'; Body = 'BODYTEXT ]}"'; Id = 'BadResponse'; Category = 'InvalidData'; Outcome = 'Unknown' }
    @{ Title = 'JSON of another kind'; Status = '200 OK'; Body = '{"BODYTEXT":1}'; Id = 'BadResponse'; Category = 'InvalidData'; Outcome = 'Unknown' }
    @{ Title = 'a redirect that may follow a change done'; Status = '302 Found'; Headers = @{ Location = 'https://elsewhere.example/login?next=BODYTEXT' }; Body = 'BODYTEXT'; Id = 'Redirected'; Category = 'SecurityError'; Outcome = 'Unknown'; Terminates = $true }
    @{ Title = 'a redirect that keeps the method'; Status = '307 Temporary Redirect'; Headers = @{ Location = 'https://elsewhere.example/login?next=BODYTEXT' }; Body = 'BODYTEXT'; Id = 'Redirected'; Category = 'SecurityError'; Outcome = 'Rejected'; Terminates = $true }
    @{ Title = 'a 404 of another program'; Status = '404 Not Found'; Type = 'text/html'; Body = '<html>BODYTEXT'; Id = 'EndpointNotFound'; Category = 'ObjectNotFound'; Outcome = 'Rejected'; Terminates = $true }
) {
    BeforeAll {
        $answer = @{ Status = $Status; Body = $Body; Headers = @{ 'X-Request-Id' = 'req-of-the-test' } + ($Headers ?? @{}) }
        if ($Type) { $answer.Type = $Type }
        if ($Delivered) { $answer.Delivered = $Delivered }
        $server = Connect-ScriptedServer $answer
        $result = Get-Failure { 'id-of-the-test' | Revoke-CadenzaCredential -Force -ErrorVariable failures -ErrorAction SilentlyContinue; Set-Variable failures $failures -Scope 1 }
        $record = $result.Errors[0]
    }
    AfterAll { Disconnect-Cadenza; Stop-AllServers }

    It 'is exactly one error and no output' {
        $result.Errors | Should -HaveCount 1
        @($result.Output | Where-Object { $_ }) | Should -HaveCount 0
        $result.IsTerminating | Should -Be ([bool]$Terminates)
    }

    It 'has a stable id, a category, the id as target and a recommended action' {
        $record.FullyQualifiedErrorId | Should -BeLike "Cadenza$Id,*RevokeCadenzaCredential"
        $record.CategoryInfo.Category | Should -Be $Category
        $record.TargetObject | Should -Be 'id-of-the-test'
        $record.ErrorDetails.RecommendedAction | Should -Match '^\S.*\.$'
    }

    It 'has an exception that tells status, errno, request id and outcome' {
        $record.Exception | Should -BeOfType Cadenza.Client.Errors.ApiException
        $record.Exception.HttpStatus | Should -Be ([int]$Status.Split(' ')[0])
        if ($Body -match '"errno":(-[0-9]+)') { $record.Exception.Errno | Should -Be ([long]$Matches[1]) }
        $record.Exception.RequestId | Should -Be 'req-of-the-test'
        $record.Exception.Outcome | Should -Be $Outcome
    }

    It 'has a message of one line that names the item and the status, and holds neither body nor stack trace' {
        $text = $record.ToString()
        $text | Should -BeLike '*id-of-the-test*'
        $text | Should -BeLike "*HTTP $($Status.Split(' ')[0])*"
        $text | Should -BeLike '*req-of-the-test*'
        $text | Should -Not -Match '[\r\n]|BODYTEXT|<html|   at |Exception'
        if ($Outcome -eq 'Unknown') { $text | Should -BeLike '*unknown whether*' } else { $text | Should -BeLike '*was not revoked*' }
    }
}

Describe 'A listing that ends in <Title>' -Tag Slow -ForEach @(
    @{ Title = 'an HTML 502'; Answer = @{ Status = '502 Bad Gateway'; Type = 'text/html'; Body = '<html>BODYTEXT' }; Id = 'BadResponse'; HttpStatus = 502 }
    @{ Title = 'an empty answer'; Answer = @{ Body = '' }; Id = 'BadResponse'; HttpStatus = 200 }
    @{ Title = 'HTTP 204'; Answer = @{ Status = '204 No Content'; Body = '' }; Id = 'BadResponse'; HttpStatus = 204 }
    @{ Title = 'garbage'; Answer = @{ Body = 'BODYTEXT' }; Id = 'BadResponse'; HttpStatus = 200 }
    @{ Title = 'an object where a list belongs'; Answer = @{ Body = '{"success":true,"errno":0,"data":{"BODYTEXT":1}}' }; Id = 'BadResponse'; HttpStatus = 200 }
    @{ Title = 'a redirect'; Answer = @{ Status = '307 Temporary Redirect'; Headers = @{ Location = 'https://elsewhere.example/BODYTEXT' }; Body = 'BODYTEXT' }; Id = 'Redirected'; HttpStatus = 307; Terminates = $true }
    @{ Title = 'HTTP 401'; Answer = @{ Status = '401 Unauthorized'; Body = '{"errno":-19002,"error":"Unauthorized"}' }; Id = 'Unauthorized'; HttpStatus = 401; Terminates = $true }
    @{ Title = 'success false with HTTP 200'; Answer = @{ Body = '{"success":false,"errno":-22018,"error":"Permission denied","data":null}' }; Id = 'AccessDenied'; HttpStatus = 200 }
) {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'is exactly one error with status, and no body in it' {
        $server = Connect-ScriptedServer $Answer
        $result = Get-Failure { Get-CadenzaCredential -ErrorVariable failures -ErrorAction SilentlyContinue; Set-Variable failures $failures -Scope 1 }
        $result.Errors | Should -HaveCount 1
        $result.IsTerminating | Should -Be ([bool]$Terminates)
        $result.Errors[0].FullyQualifiedErrorId | Should -BeLike "Cadenza$Id,*GetCadenzaCredential"
        $result.Errors[0].Exception.HttpStatus | Should -Be $HttpStatus
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -Match '\S'
        $result.Errors[0].ToString() | Should -Not -Match '[\r\n]|BODYTEXT|<html|   at |Exception'
    }
}

Describe 'What a server may answer' -Tag Slow {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'a list that breaks off gives what was read, and one error that says so' {
        $body = ConvertTo-ListBody @{ credentialId = 'first' }, @{ credentialId = 'second' }, @{ credentialId = 'third' }
        $server = Connect-ScriptedServer @{ Body = $body; Delivered = $body.IndexOf('third') }
        $found = Get-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue
        $found.CredentialId | Should -Be 'first', 'second'
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaBadResponse,*'
        $errors[0].ToString() | Should -BeLike '*incomplete*'
    }

    It 'statuses, venues and types never seen before are listed as they are' {
        $server = Connect-ScriptedServer @{ Body = ConvertTo-ListBody @{ credentialId = 'no-uuid'; status = 'HALF_OPEN'; venue = 'MOON_DEX'; credentialType = 'PASSKEY' }, @{ credentialId = 'id2'; status = 'ACTIVE'; credentialType = $null; venue = 'OKX' } }
        $found = Get-CadenzaCredential -ErrorVariable errors
        $errors | Should -HaveCount 0
        "$($found[0].Status) $($found[0].Venue) $($found[0].CredentialType)" | Should -Be 'HALF_OPEN MOON_DEX PASSKEY'
        $found[1].CredentialType | Should -BeNullOrEmpty
        ($found | Out-String -Width 100) | Should -BeLike '*MOON_DEX*'
        (Get-CadenzaCredential -Status half_open).CredentialId | Should -Be 'no-uuid'
    }

    It 'members that nobody knows are kept' {
        $server = Connect-ScriptedServer @{ Body = ConvertTo-ListBody @{ credentialId = 'a'; region = 'eu'; limits = @{ daily = 5 } } }
        $found = Get-CadenzaCredential
        $found.AdditionalProperties['region'] | Should -Be 'eu'
        ($found | Format-List | Out-String -Width 200) | Should -BeLike '*region*'
    }

    It 'a success that does not show the credential is a success, read back from the list' {
        $server = Connect-ScriptedServer @{ Body = '{"success":true,"errno":0,"data":[]}' }, @{ Body = ConvertTo-ListBody @{ credentialId = 'a'; status = 'REVOKED' } }
        (Revoke-CadenzaCredential a -Force -ErrorVariable errors).Status | Should -Be 'REVOKED'
        $errors | Should -HaveCount 0
    }

    It 'one broken row is one error, and the rest is listed' {
        $server = Connect-ScriptedServer @{ Body = ConvertTo-ListBody @{ credentialId = 'first' }, @{ venue = 'OKX' }, @{ credentialId = 'third' } }
        $found = Get-CadenzaCredential -ErrorVariable errors -ErrorAction SilentlyContinue
        $found.CredentialId | Should -Be 'first', 'third'
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaBadRow,*'
        $errors[0].Exception.Position | Should -Be 2
    }

    It 'control characters of a server never reach the terminal' {
        $escape = "$([char]27)[31m"
        $server = Connect-ScriptedServer @{ Body = ConvertTo-ListBody @{ credentialId = 'a'; nickname = "red${escape}desk`r`nx" } }, @{ Status = '400 Bad Request'; Body = (ConvertTo-Json -Compress @{ success = $false; errno = -22015; error = "evil${escape}`r`ntext" }) }
        (Get-CadenzaCredential).Nickname | Should -Not -Match '[\x00-\x1f]'
        Revoke-CadenzaCredential a -Force -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].ToString() | Should -Not -Match '[\x00-\x1f]'
    }
}

Describe 'Errors and the pipeline' {
    BeforeAll { $bad = '00000000-dead-4bad-8bad-000000000001' }
    BeforeEach {
        $server = Connect-SandboxServer
        $good = Get-CadenzaCredential -Nickname 'Integration tests', 'Lending ladder' | ForEach-Object CredentialId
    }
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'an error of one item leaves the others to be done, one at a time in their order' {
        $revoked = $good[0], $bad, $good[1] | Revoke-CadenzaCredential -Force -ThrottleLimit 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $revoked.CredentialId | Should -Be $good
        $errors.TargetObject | Should -Be $bad
    }

    It '-ErrorAction Stop ends at the first error, and one at a time nothing after it is sent' {
        $caught = { $good[0], $bad, $good[1] | Revoke-CadenzaCredential -Force -ThrottleLimit 1 -ErrorAction Stop } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'CadenzaCredentialNotFound,*'
        $caught.Exception | Should -BeOfType Cadenza.Client.Errors.ApiException
        Get-ChangeCount $server | Should -Be 2
    }

    It '$ErrorActionPreference = Stop ends at the first error too' {
        $ErrorActionPreference = 'Stop'
        try { { $bad, $good[0] | Revoke-CadenzaCredential -Force -ThrottleLimit 1 } | Should -Throw -ErrorId 'CadenzaCredentialNotFound,*' }
        finally { $ErrorActionPreference = 'Continue' }
        Get-ChangeCount $server | Should -Be 1
    }

    It 'what was revoked before -ErrorAction Stop ended the command has come out' {
        $revoked = [Collections.Generic.List[object]]::new()
        { $good[0], $bad, $good[1] | Revoke-CadenzaCredential -Force -ThrottleLimit 1 -ErrorAction Stop | ForEach-Object { $revoked.Add($_) } } | Should -Throw
        $revoked.CredentialId | Should -Be $good[0]
    }

    It 'catch knows the exception by its type' {
        $kind = try { Revoke-CadenzaCredential $bad -Force -ErrorAction Stop } catch [Cadenza.Client.Errors.CadenzaException] { $_.Exception.Kind }
        $kind | Should -Be 'CredentialNotFound'
    }

    It '-ErrorAction Ignore leaves nothing in $Error' {
        $result = Invoke-InSession -Arguments @{ Connection = Get-CadenzaConnection; Id = $bad } {
            param($Connection, $Id)
            Revoke-CadenzaCredential $Id -Force -Connection $Connection -ErrorAction Ignore
            $Error.Count
        }
        $result.Output | Should -Be 0
    }

    It 'an unauthorized change ends the pipeline, one at a time at the first item' {
        $scripted = Start-ScriptedServer @{ Status = '401 Unauthorized'; Body = '{"errno":-19002,"error":"Unauthorized"}' }
        $connection = Connect-Cadenza -BaseUri $scripted.Address -AccessToken $scripted.Token -SkipCheck -MaximumRetryCount 0 -PassThru
        { 'a', 'b', 'c' | Revoke-CadenzaCredential -Force -ThrottleLimit 1 -Connection $connection -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'CadenzaUnauthorized,*'
        $scripted.Scripted.Requests | Should -HaveCount 1
    }

    It 'a broken connection says that nothing was sent' {
        $connection = Connect-Cadenza -BaseUri (Get-DeadAddress) -AccessToken $server.Token -SkipCheck -MaximumRetryCount 0 -PassThru
        Revoke-CadenzaCredential $good[0] -Force -Connection $connection -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaConnectionFailed,*'
        $errors[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        $errors[0].Exception.Outcome | Should -Be 'NotSent'
        $errors[0].TargetObject | Should -Be $good[0]
    }

    It 'no answer in time is CadenzaTimeout with an unknown outcome' {
        $scripted = Start-ScriptedServer @{ Mode = 'hang' }
        $connection = Connect-Cadenza -BaseUri $scripted.Address -AccessToken $scripted.Token -SkipCheck -TimeoutSec 0.5 -MaximumRetryCount 0 -PassThru
        Revoke-CadenzaCredential $good[0] -Force -Connection $connection -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaTimeout,*'
        $errors[0].Exception.Outcome | Should -Be 'Unknown'
        $errors[0].ToString() | Should -BeLike '*unknown whether*'
    }
}
