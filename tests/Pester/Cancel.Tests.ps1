# Ending early: enough of a list, and Ctrl+C while a request hangs. The bounds are generous: a hang would be 20 seconds and more.

BeforeAll { . "$PSScriptRoot/Support.ps1" }
AfterAll { Restore-TestSession }

Describe 'Ending early' -Tag Slow {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It '<Title> ends a list that never ends' -ForEach @(
        @{ Title = 'Select-Object -First'; Script = { Get-CadenzaCredential | Select-Object -First 1 } }
        @{ Title = 'Get-CadenzaCredential -First'; Script = { Get-CadenzaCredential -First 1 } }
        @{ Title = 'break'; Script = { foreach ($once in 1) { Get-CadenzaCredential | ForEach-Object { $_; break } } } }
        @{ Title = 'an error downstream'; Script = { try { Get-CadenzaCredential | ForEach-Object { $_; throw 'enough' } } catch { $null = $_ } } }
    ) {
        $server = Connect-ScriptedServer @{ Mode = 'endless' }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $found = & $Script
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
        $found.CredentialId | Should -Be 'endless-1'
    }

    It 'the connection stays usable after a list was left early' {
        $server = Connect-ScriptedServer @{ Mode = 'endless' }, @{ Body = ConvertTo-ListBody @{ credentialId = 'after' } }
        $null = Get-CadenzaCredential | Select-Object -First 1
        (Get-CadenzaCredential).CredentialId | Should -Be 'after'
    }

    It 'stopping <Title> while the request hangs returns within 5 seconds, and the runspace stays usable' -ForEach @(
        @{ Title = 'Get-CadenzaCredential'; Script = 'Get-CadenzaCredential' }
        @{ Title = 'Revoke-CadenzaCredential'; Script = "'a', 'b' | Revoke-CadenzaCredential -Force -ThrottleLimit 1" }
        @{ Title = 'Update-CadenzaCredential'; Script = 'Update-CadenzaCredential a -ApiKey k -ApiSecret s' }
        @{ Title = 'a list that never ends'; Script = 'Get-CadenzaCredential'; Mode = 'endless' }
        @{ Title = 'Connect-Cadenza'; Script = 'Connect-Cadenza -BaseUri $address -AccessToken $token' }
    ) {
        $server = Start-ScriptedServer @{ Mode = $Mode ?? 'hang' }, @{ Body = ConvertTo-ListBody @{ credentialId = 'after' } }
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $null = $shell.AddScript('param($path, $a, $t) Import-Module $path; $address = $a; $token = $t; Connect-Cadenza -BaseUri $a -AccessToken $t -SkipCheck').AddArgument($ModulePath).AddArgument($server.Address).AddArgument($server.Token).Invoke()
            $shell.Commands.Clear()
            $runspace.SessionStateProxy.SetVariable('address', $server.Address)
            $runspace.SessionStateProxy.SetVariable('token', $server.Token)

            $running = $shell.AddScript($Script).BeginInvoke()
            $watch = [Diagnostics.Stopwatch]::StartNew()
            while ($server.Scripted.Requests.Count -eq 0 -and $watch.Elapsed.TotalSeconds -lt 15) { [Threading.Thread]::Sleep(10) }
            $server.Scripted.Requests | Should -HaveCount 1

            $stopping = $shell.BeginStop($null, $null)
            $stopping.AsyncWaitHandle.WaitOne(5000) | Should -BeTrue -Because 'Ctrl+C must not wait for the server'
            $shell.EndStop($stopping)
            { $shell.EndInvoke($running) } | Should -Throw -ExceptionType ([Management.Automation.MethodInvocationException]) -Because 'a stopped pipeline says that it was stopped'
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $server.Scripted.Requests | Should -HaveCount 1 -Because 'nothing more is sent'

            $shell.Commands.Clear()
            $again = if ($Script -like 'Connect-*') { 'Connect-Cadenza -BaseUri $address -AccessToken $token -SkipCheck; ' } else { '' }
            $shell.AddScript($again + '(Get-CadenzaCredential).CredentialId').Invoke() | Should -Be 'after'
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }

    It 'a list is out before its answer has ended' {
        $server = Connect-ScriptedServer @{ Mode = 'endless' }
        (Get-CadenzaCredential | Select-Object -First 3).CredentialId | Should -Be 'endless-1', 'endless-2', 'endless-3'
    }
}
