# Work shared among machines: Select-CadenzaShard by itself, and the scripts of docs/scale-out.md against a server whose true state is
# compared with what they say. Machines that run at the same time are processes. A script that runs alone runs in a runspace.

BeforeDiscovery {
    $page = Get-Content "$PSScriptRoot/../../docs/scale-out.md"
    $vectors = foreach ($line in $page) {
        if ($line -match '^\| `([^`]+)` \| `([0-9a-f]{8})` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$') {
            @{ Id = $Matches[1]; Hash = $Matches[2]; Shards = @(3..7 | ForEach-Object { [int]$Matches[$_] }) }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $scripts = Join-Path $Root 'docs/examples/scale-out'
    $canary = 'CANARY7f3a'
    $shardVariables = 'CADENZA_SHARD_INDEX', 'CADENZA_SHARD_COUNT', 'JOB_COMPLETION_INDEX'
    $shardBefore = @{}
    foreach ($name in $shardVariables) { $shardBefore[$name] = [Environment]::GetEnvironmentVariable($name) }

    function Set-ShardVariable([hashtable] $Variables = @{}) {
        foreach ($name in $shardVariables) {
            # Not $null, which .NET would get as empty text: a variable that is there.
            [Environment]::SetEnvironmentVariable($name, ($Variables[$name] ?? [NullString]::Value))
        }
    }

    function Get-ShardVariable([hashtable] $Variables) {
        $all = @{}
        foreach ($name in $shardVariables) { $all[$name] = $Variables[$name] }
        $all
    }

    # A machine: a pwsh that knows nothing of the others.
    function Start-Machine([string[]] $Arguments, $Server, [hashtable] $Variables = @{}) {
        Start-PowerShell $Arguments (Get-ShardVariable $Variables) "$TestDrive" $Server
    }

    function Get-ShardArgument([string] $File, [string] $Folder, [string[]] $More) { @($File, '-JournalFolder', $Folder, '-Module', $ModulePath) + $More }

    function Start-Shard([string] $File, [string] $Folder, $Server, [hashtable] $Variables = @{}, [string[]] $More = @()) {
        Start-Machine (@('-File', (Join-Path $scripts rotate-shard.ps1)) + (Get-ShardArgument $File $Folder $More)) $Server $Variables
    }

    function Invoke-Shard([string] $File, [string] $Folder, $Server, [hashtable] $Variables = @{}, [string[]] $More = @()) {
        Invoke-ScriptInSession (Join-Path $scripts rotate-shard.ps1) (Get-ShardArgument $File $Folder $More) (Get-ShardVariable $Variables) $Server
    }

    function Invoke-Check([string] $File, [string] $Folder, [int] $Count) {
        Invoke-ScriptInSession (Join-Path $scripts check-journals.ps1) @($File, '-JournalFolder', $Folder, '-Count', "$Count", '-Module', $ModulePath)
    }

    function Get-Truth($Server) {
        $truth = @{}
        Invoke-RestMethod "$($Server.Address)/_sandbox/state" -TimeoutSec 30 -NoProxy | ForEach-Object { $_ } | ForEach-Object { $truth[$_.credentialId] = $_ }
        $truth
    }

    # A file with new keys for so many credentials that can be rotated.
    function New-KeyFile($Truth, [int] $Count, [string[]] $Also = @()) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).csv"
        $number = 0
        $ids = @($Truth.Values | Where-Object { $_.status -ne 'REVOKED' -and -not $_.isColleagues } | Sort-Object credentialId | Select-Object -First $Count | ForEach-Object credentialId)
        @($ids) + $Also | ForEach-Object {
            $number++
            [pscustomobject]@{ CredentialId = $_; ApiKey = "k$canary-$number"; ApiSecret = "s$canary,`"$number"; ApiPassphrase = "p$canary $number" }
        } | Export-Csv $file
        $file
    }

    function New-Folder { (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))).FullName }

    # How often each credential of the file was rotated, and that it has the keys of its row.
    function Assert-Rotated([string] $File, $Server, $Before, [int] $AtMost = 1) {
        $after = Get-Truth $Server
        foreach ($row in Import-Csv $File) {
            $after[$row.CredentialId].fingerprint | Should -Be (Get-KeyFingerprint $row.ApiKey $row.ApiSecret $row.ApiPassphrase)
            $after[$row.CredentialId].changes - $Before[$row.CredentialId].changes | Should -BeGreaterOrEqual 1
            $after[$row.CredentialId].changes - $Before[$row.CredentialId].changes | Should -BeLessOrEqual $AtMost
        }
        $ids = (Import-Csv $File).CredentialId
        foreach ($id in $after.Keys | Where-Object { $_ -notin $ids }) { $after[$id].changes | Should -Be $Before[$id].changes }
    }

    function Assert-NoSecret([string] $Text, [string] $Folder) {
        $Text | Should -Not -Match $canary
        Get-ChildItem $Folder -File | ForEach-Object { Get-Content -Raw $_ | Should -Not -Match $canary -Because $_.Name }
    }
}
AfterAll {
    Set-ShardVariable $shardBefore
    Restore-TestSession
}

Describe 'Select-CadenzaShard' {
    BeforeAll { Set-ShardVariable }
    AfterEach { Set-ShardVariable }

    It 'needs no connection' { 'a' | Select-CadenzaShard -Index 0 -Count 1 | Should -Be 'a' }

    It 'hands on <Title> as they are' -ForEach @(
        @{ Title = 'rows'; Make = { [pscustomobject]@{ CredentialId = 'a'; Other = 1 } } }
        @{ Title = 'objects with an Id'; Make = { [pscustomobject]@{ Id = 'a' } } }
        @{ Title = 'hashtables'; Make = { @{ CredentialId = 'a' } } }
        @{ Title = 'ids'; Make = { 'a' } }
        @{ Title = 'ids with members of their own'; Make = { 'a' | Add-Member Note 7 -PassThru } }
        @{ Title = 'GUIDs'; Make = { [guid]'ae843796-30af-49ee-a263-183773ef6508' } }
    ) {
        $in = & $Make
        $out = @($in | Select-CadenzaShard -Index 0 -Count 1)
        $out | Should -HaveCount 1
        $out[0].GetType() | Should -Be $in.GetType()
        if ($in -isnot [valuetype]) { [object]::ReferenceEquals($in.PSObject.BaseObject, $out[0].PSObject.BaseObject) | Should -BeTrue }
        $out[0].Note | Should -Be $in.Note
    }

    It 'gives each credential to exactly one shard of <_>' -ForEach 1, 2, 3, 24, 100 {
        Connect-Cadenza -Sandbox
        $all = Get-CadenzaCredential
        $parts = foreach ($index in 0..($_ - 1)) { $all | Select-CadenzaShard -Index $index -Count $_ }
        @($parts.CredentialId | Sort-Object) | Should -Be @($all.CredentialId | Sort-Object)
        @($all | Select-CadenzaShard -Index 0 -Count $_ | Get-CadenzaCredential).CredentialId | Should -Be @($all | Select-CadenzaShard -Index 0 -Count $_).CredentialId
        Disconnect-Cadenza
    }

    It 'takes ids that differ in case, or come as something else, for the same' {
        $id = 'ae843796-30af-49ee-a263-183773ef6508'
        @($id, $id.ToUpperInvariant(), [guid]$id, @{ Id = $id }, [pscustomobject]@{ credentialid = $id } | Select-CadenzaShard -Index 1 -Count 2) | Should -HaveCount 5
    }

    It 'puts <Id> where docs/scale-out.md says' -ForEach $vectors {
        $reckoned = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes($Id.ToLowerInvariant()))).ToLowerInvariant()
        $reckoned.Substring(0, 8) | Should -Be $Hash
        $counts = 2, 3, 7, 64, 1000
        for ($i = 0; $i -lt 5; $i++) { $Id | Select-CadenzaShard -Index $Shards[$i] -Count $counts[$i] | Should -Be $Id }
    }

    It 'finds vectors on that page' -TestCases @{ found = @($vectors).Count } { $found | Should -BeGreaterOrEqual 6 }

    It 'emits each object before it asks for the next' {
        $asked = [Collections.Generic.List[int]]::new()
        $first = 1..1000 | ForEach-Object { $asked.Add($_); "id-$_" } | Select-CadenzaShard -Index 0 -Count 1 | Select-Object -First 1
        $first | Should -Be 'id-1'
        $asked | Should -HaveCount 1
    }

    It 'makes one error of an object without an id, and hands on the others' {
        $out = 'a', 7, $null, 'two words', [pscustomobject]@{ Name = 'x' }, @{ CredentialId = '' }, 'b' |
            Select-CadenzaShard -Index 0 -Count 1 -ErrorVariable failed -ErrorAction SilentlyContinue
        $out | Should -Be 'a', 'b'
        $failed | Should -HaveCount 5
        foreach ($failure in $failed) { $failure.FullyQualifiedErrorId | Should -Be 'CadenzaInvalidCredentialId,CadenzaPS.Cmdlets.SelectCadenzaShard' }
        $failed[0].TargetObject | Should -Be 'pipeline item 2 (Int32)'
    }

    It 'shows nothing of a row in errors and verbose lines' {
        $row = [pscustomobject]@{ CredentialId = 'two words'; ApiSecret = $canary }
        $all = $row | Select-CadenzaShard -Index 0 -Count 1 -Verbose -ErrorVariable failed 2>&1 4>&1
        $all | Should -HaveCount 2
        Find-Canary @($all, $failed) @($canary) | Should -BeNullOrEmpty
    }

    It 'takes <Title> for an error that ends it, and hands on nothing' -ForEach @(
        @{ Title = 'an index that is null'; Arguments = @{ Index = $null; Count = 2 }; Says = '-Index' }
        @{ Title = 'an index that is empty'; Arguments = @{ Index = ''; Count = 2 }; Says = '-Index' }
        @{ Title = 'a count that is null'; Arguments = @{ Index = 0; Count = $null }; Says = '-Count' }
        @{ Title = 'an index below 0'; Arguments = @{ Index = -1; Count = 2 }; Says = '-Index is -1' }
        @{ Title = 'an index that is the count'; Arguments = @{ Index = 2; Count = 2 }; Says = '-Index is 2, but -Count is 2' }
        @{ Title = 'a count of 0'; Arguments = @{ Index = 0; Count = 0 }; Says = '-Count must be' }
        @{ Title = 'a count below 0'; Arguments = @{ Index = 0; Count = -4 }; Says = '-Count must be' }
        @{ Title = '-FromEnvironment:$false'; Arguments = @{ FromEnvironment = $false; Count = 2 }; Says = 'The shard index is missing' }
        @{ Title = 'an empty environment'; Arguments = @{ FromEnvironment = $true; Count = 2 }; Says = 'CADENZA_SHARD_INDEX' }
        @{ Title = 'an environment without the count'; Arguments = @{ FromEnvironment = $true }; Says = 'CADENZA_SHARD_COUNT'; Variables = @{ JOB_COMPLETION_INDEX = '0' } }
        @{ Title = 'a count that is null beside the environment''s'; Arguments = @{ FromEnvironment = $true; Count = $null }; Says = '-Count was specified'; Variables = @{ JOB_COMPLETION_INDEX = '0'; CADENZA_SHARD_COUNT = '2' } }
        @{ Title = 'nonsense in JOB_COMPLETION_INDEX'; Arguments = @{ FromEnvironment = $true; Count = 2 }; Says = 'JOB_COMPLETION_INDEX is not'; Variables = @{ JOB_COMPLETION_INDEX = 'first' } }
        @{ Title = 'nonsense in CADENZA_SHARD_COUNT'; Arguments = @{ FromEnvironment = $true }; Says = 'CADENZA_SHARD_COUNT is not'; Variables = @{ JOB_COMPLETION_INDEX = '0'; CADENZA_SHARD_COUNT = '2.0' } }
        @{ Title = 'an index of the environment that is too large'; Arguments = @{ FromEnvironment = $true; Count = 2 }; Says = 'JOB_COMPLETION_INDEX is 5'; Variables = @{ JOB_COMPLETION_INDEX = '5' } }
        @{ Title = 'two indexes that differ'; Arguments = @{ FromEnvironment = $true; Count = 2 }; Says = 'CADENZA_SHARD_INDEX is 0, but JOB_COMPLETION_INDEX is 1'; Variables = @{ CADENZA_SHARD_INDEX = '0'; JOB_COMPLETION_INDEX = '1' } }
        @{ Title = 'two counts that differ'; Arguments = @{ FromEnvironment = $true; Count = 2 }; Says = '-Count is 2, but CADENZA_SHARD_COUNT is 3'; Variables = @{ CADENZA_SHARD_INDEX = '0'; CADENZA_SHARD_COUNT = '3' } }
    ) {
        Set-ShardVariable ($Variables ?? @{})
        $out = $failure = $null
        try { $out = 'a', 'b' | Select-CadenzaShard @Arguments } catch { $failure = $_ }
        $out | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'CadenzaInvalidParameter,CadenzaPS.Cmdlets.SelectCadenzaShard'
        "$failure" | Should -Match ([regex]::Escape($Says))
    }

    It 'takes no <Value> for a whole number' -ForEach @(@{ Value = 1.5 }, @{ Value = '1.5' }, @{ Value = 'one' }, @{ Value = $true }, @{ Value = '0x1' }, @{ Value = ' 1' }) {
        { 'a', 'b' | Select-CadenzaShard -Index $Value -Count 2 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'takes <Value> for 1' -ForEach @(@{ Value = 1 }, @{ Value = '1' }, @{ Value = 1L }, @{ Value = 1.0 }, @{ Value = [uint16]1 }) {
        'ae843796-30af-49ee-a263-183773ef6508' | Select-CadenzaShard -Index $Value -Count 2 | Should -Not -BeNullOrEmpty
    }

    It 'reads <Title>' -ForEach @(
        @{ Title = 'what Kubernetes sets, with -Count'; Arguments = @{ Count = 2 }; Variables = @{ JOB_COMPLETION_INDEX = '1' } }
        @{ Title = 'what Kubernetes sets, and the count'; Arguments = @{}; Variables = @{ JOB_COMPLETION_INDEX = '1'; CADENZA_SHARD_COUNT = '2' } }
        @{ Title = 'what a workflow sets'; Arguments = @{}; Variables = @{ CADENZA_SHARD_INDEX = '1'; CADENZA_SHARD_COUNT = '2' } }
        @{ Title = 'everything where it agrees'; Arguments = @{ Count = 2 }; Variables = @{ CADENZA_SHARD_INDEX = '1'; JOB_COMPLETION_INDEX = '1'; CADENZA_SHARD_COUNT = '2' } }
    ) {
        Set-ShardVariable $Variables
        'ae843796-30af-49ee-a263-183773ef6508' | Select-CadenzaShard -FromEnvironment @Arguments | Should -Not -BeNullOrEmpty
        '0b331645-445b-4d27-bf6c-67e81909778a', 'a', '962fe90a-4d66-4623-8c7c-a121fd9fb515' | Select-CadenzaShard -FromEnvironment @Arguments | Should -Be '0b331645-445b-4d27-bf6c-67e81909778a'
    }

    It 'the environment plays no part without -FromEnvironment' {
        Set-ShardVariable @{ CADENZA_SHARD_INDEX = '1'; CADENZA_SHARD_COUNT = '9' }
        'a' | Select-CadenzaShard -Index 0 -Count 1 | Should -Be 'a'
    }

    It 'says with -Verbose which shard it is and how many it handed on' {
        $said = 'a', 'b', 'c' | Select-CadenzaShard -Index 0 -Count 1 -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        "$said" | Should -Be 'Passed on 3 of 3 objects: shard 0 of 1 (counted from 0).'
    }
}

Describe 'rotate-shard.ps1 on several machines' -Tag Slow {
    AfterEach { Stop-AllServers }

    It 'four at once rotate each of 200 credentials exactly once' {
        $server = Start-SandboxServer guide @('--count', '260')
        $before = Get-Truth $server
        $file, $folder = (New-KeyFile $before 200), (New-Folder)
        $machines = foreach ($index in 0..3) { Start-Shard $file $folder $server @{ JOB_COMPLETION_INDEX = "$index"; CADENZA_SHARD_COUNT = '4' } }
        $results = foreach ($machine in $machines) { Wait-PowerShell $machine }

        foreach ($result in $results) { $result.Code | Should -Be 0 -Because $result.All }
        Assert-Rotated $file $server $before
        $changes = @(Get-ServerRequest $server | Where-Object Method -NE GET)
        $changes | Should -HaveCount 200
        @($changes.Path | Select-Object -Unique).Count | Should -BeIn 1, 200
        (Get-ChildItem $folder -Filter *.jsonl).Name | Sort-Object | Should -Be @(0..3 | ForEach-Object { "shard-$_-of-4.jsonl" })
        ($results.Out | Select-String '(\d+) done, 0 rejected, 0 open' | ForEach-Object { [int]$_.Matches[0].Groups[1].Value } | Measure-Object -Sum).Sum | Should -Be 200
        Assert-NoSecret "$($results.All)" $folder
        $check = Invoke-Check $file $folder 4
        $check.All | Should -BeNullOrEmpty
        $check.Code | Should -Be 0

        # Once more with the same journals: nothing is left to send.
        $again = Invoke-Shard $file $folder $server @{ JOB_COMPLETION_INDEX = '1'; CADENZA_SHARD_COUNT = '4' }
        $again.Code | Should -Be 0 -Because $again.All
        Get-ChangeCount $server | Should -Be 200
    }

    It 'a machine that is killed in the middle goes on where it was, with the same index and journal' {
        $server = Start-SandboxServer guide @('--count', '60', '--fault', 'credential/rotate:Delay:delay=150ms')
        $before = Get-Truth $server
        $file, $folder = (New-KeyFile $before 40), (New-Folder)
        $journal = Join-Path $folder shard-0-of-2.jsonl
        $machine = Start-Shard $file $folder $server @{ JOB_COMPLETION_INDEX = '0'; CADENZA_SHARD_COUNT = '2' } @('-ThrottleLimit', '2')
        for ($i = 0; $i -lt 600 -and @(if (Test-Path $journal) { Get-Content $journal }).Count -lt 8; $i++) { Start-Sleep -Milliseconds 50 }
        $machine.Process.Kill()
        $machine.Process.WaitForExit()
        $killed = @(Get-CadenzaJournal $journal -Latest | Where-Object Event -EQ Applied).Count
        $killed | Should -BeGreaterThan 0
        (Invoke-Check $file $folder 2).Code | Should -Be 1

        $results = foreach ($machine in @(foreach ($index in 0, 1) { Start-Shard $file $folder $server @{ JOB_COMPLETION_INDEX = "$index"; CADENZA_SHARD_COUNT = '2' } })) { Wait-PowerShell $machine }
        foreach ($result in $results) { $result.Code | Should -Be 0 -Because $result.All }
        # What was in flight when it was killed is asked about, and a rotation with the same keys does no harm.
        Assert-Rotated $file $server $before 2
        Get-ChangeCount $server | Should -BeLessOrEqual 42
        $check = Invoke-Check $file $folder 2
        $check.Code | Should -Be 0 -Because $check.All
    }

    It 'ends with 3 where the server rejects a row, and the others are done' {
        $server = Start-SandboxServer
        $before = Get-Truth $server
        $theirs = @($before.Values | Where-Object isColleagues)[0].credentialId
        $file, $folder = (New-KeyFile $before 5 $theirs), (New-Folder)
        $result = Invoke-Shard $file $folder $server @{} @('-Index', '0', '-Count', '1')
        $result.Code | Should -Be 3 -Because $result.All
        $result.Out | Should -Match '5 done, 1 rejected, 0 open'
        $result.Out | Should -Match 'CadenzaAccessDenied'
        $check = Invoke-Check $file $folder 1
        $check.Code | Should -Be 1
        $check.Out | Should -Match "(?m)^Rejected,0,$theirs,CadenzaAccessDenied\s*$"
        Assert-NoSecret $result.All $folder
    }

    It 'ends with 1 where it has to break off, and running again does the rest' {
        $server = Start-SandboxServer guide @('--fault', 'credential/rotate:Redirect:skip=3,times=1')
        $before = Get-Truth $server
        $file, $folder = (New-KeyFile $before 8), (New-Folder)
        $first = Invoke-Shard $file $folder $server @{} @('-Index', '0', '-Count', '1', '-ThrottleLimit', '1')
        $first.Code | Should -Be 1 -Because $first.All
        $first.All | Should -Match 'aborted'
        $second = Invoke-Shard $file $folder $server @{} @('-Index', '0', '-Count', '1', '-ThrottleLimit', '1')
        $second.Code | Should -Be 0 -Because $second.All
        Assert-Rotated $file $server $before
    }

    It 'refuses <Title> with 2, and sends nothing' -ForEach @(
        @{ Title = 'a machine that does not know its index'; Variables = @{ CADENZA_SHARD_COUNT = '2' }; Says = 'CADENZA_SHARD_INDEX' }
        @{ Title = 'an index without a count'; More = @('-Index', '0'); Says = '-Count' }
        @{ Title = 'an index that is empty'; More = @('-Index', '', '-Count', '2'); Says = '-Index' }
        @{ Title = 'another number of shards than the journals are of'; More = @('-Index', '0', '-Count', '3'); Journal = 'shard-0-of-2.jsonl'; Says = 'another number of shards' }
        @{ Title = 'an id that is there twice'; More = @('-Index', '0', '-Count', '2'); Rows = "CredentialId,ApiKey,ApiSecret`na,k1,s1`nA,k2,s2"; Says = 'Row 2 has the same CredentialId' }
        @{ Title = 'a row with a field too many'; More = @('-Index', '0', '-Count', '2'); Rows = "CredentialId,ApiKey,ApiSecret`na,k1,CANARY7f3a,cut"; Says = 'Row 1 has more fields' }
        @{ Title = 'a row without an id'; More = @('-Index', '0', '-Count', '2'); Rows = "CredentialId,ApiKey,ApiSecret`n,k1,CANARY7f3a"; Says = 'CredentialId' }
        @{ Title = 'rows without keys'; More = @('-Index', '0', '-Count', '2'); Rows = "CredentialId`na"; Says = 'no column ApiKey' }
    ) {
        $server = Start-SandboxServer
        $folder = New-Folder
        if ($Journal) { Set-Content (Join-Path $folder $Journal) '' }
        $file = New-KeyFile (Get-Truth $server) 4
        if ($Rows) { Set-Content $file $Rows }
        $result = Invoke-Shard $file $folder $server ($Variables ?? @{}) ($More ?? @())
        $result.Code | Should -Be 2 -Because $result.All
        $result.All | Should -Match ([regex]::Escape($Says))
        $result.All | Should -Match 'Nothing was sent'
        $result.All | Should -Not -Match $canary
        Get-ChangeCount $server | Should -Be 0
    }

    It 'takes keys from a script block, and a row without keys is rejected by itself' {
        $server = Start-SandboxServer
        $before = Get-Truth $server
        $file, $folder = (New-KeyFile $before 4), (New-Folder)
        $rows = @(Import-Csv $file)
        Set-Content $file (@('CredentialId') + $rows.CredentialId)
        $script = "& '$(Join-Path $scripts rotate-shard.ps1)' '$file' -JournalFolder '$folder' -Index 0 -Count 1 -Module '$ModulePath' -GetKey { " +
            "if (`$_.CredentialId -eq '$($rows[0].CredentialId)') { throw '$canary' }; " +
            "if (`$_.CredentialId -eq '$($rows[1].CredentialId)') { return @{ ApiKey = 'a$canary'; ApiSecret = 'b$canary' } }; " +
            "[pscredential]::new('k$canary', (ConvertTo-SecureString 's$canary' -AsPlainText -Force)) }; exit `$LASTEXITCODE"
        $result = Wait-PowerShell (Start-Machine @('-Command', $script) $server)
        $result.Code | Should -Be 3 -Because $result.All
        $result.Out | Should -Match '3 done, 1 rejected, 0 open'
        Assert-NoSecret $result.All $folder
        $after = Get-Truth $server
        $after[$rows[0].CredentialId].changes | Should -Be $before[$rows[0].CredentialId].changes
        $after[$rows[1].CredentialId].fingerprint | Should -Be (Get-KeyFingerprint "a$canary" "b$canary")
        $after[$rows[2].CredentialId].fingerprint | Should -Be (Get-KeyFingerprint "k$canary" "s$canary")
    }
}

Describe 'check-journals.ps1' -Tag Slow {
    AfterEach { Stop-AllServers }

    It 'finds a row that another shard rotated, and one that was rotated twice' {
        $server = Start-SandboxServer
        $file, $folder = (New-KeyFile (Get-Truth $server) 12), (New-Folder)
        $results = foreach ($index in 0, 1) { Invoke-Shard $file $folder $server @{} @('-Index', "$index", '-Count', '2') }
        $results.Code | Should -Be 0, 0
        $zero, $one = (Join-Path $folder shard-0-of-2.jsonl), (Join-Path $folder shard-1-of-2.jsonl)
        $applied = @(Get-Content $zero | Select-String applied -SimpleMatch)[0].Line
        Add-Content $zero $applied
        $twice = Invoke-Check $file $folder 2
        $twice.Code | Should -Be 1
        $twice.Out | Should -Match '(?m)^Twice,0,'
        Add-Content $one $applied
        $foreign = Invoke-Check $file $folder 2
        $foreign.Code | Should -Be 1
        $foreign.Out | Should -Match '(?m)^Foreign,0,'
    }

    It 'calls everything open where there are no journals' {
        $server = Start-SandboxServer
        $file = New-KeyFile (Get-Truth $server) 3
        $check = Invoke-Check $file (New-Folder) 2
        $check.Code | Should -Be 1
        [regex]::Matches($check.Out, '(?m)^Open,').Count | Should -Be 3
    }

    It 'ends with 2 where the rows cannot be read' { (Invoke-Check (Join-Path $TestDrive nowhere.csv) (New-Folder) 2).Code | Should -Be 2 }
}

Describe 'azure-automation-runbook.ps1' -Tag Slow {
    AfterEach { Stop-AllServers }

    # Azure's own commands are stand-ins here: what is tested is what the runbook does with what they give.
    It 'takes the shard from its parameters and the keys from a vault, and <Title>' -ForEach @(
        @{ Title = 'succeeds'; Index = '0'; Code = 0 }
        @{ Title = 'fails where a shard is refused'; Index = ''; Code = 1 }
        @{ Title = 'fails where rotate-shard.ps1 does'; Index = '7'; Code = 1 }
    ) {
        $server = Start-SandboxServer
        $before = Get-Truth $server
        $file, $folder = (New-KeyFile $before 4), (New-Folder)
        $ids = (Import-Csv $file).CredentialId
        Set-Content $file (@('CredentialId') + $ids)
        $wrapper = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).ps1"
        Set-Content $wrapper @"
`$ErrorActionPreference = 'Stop'
Import-Module '$ModulePath'
function Connect-AzAccount([switch] `$Identity) { if (-not `$Identity) { throw } }
function Get-AutomationPSCredential([string] `$Name) { [pscredential]::new('`$Name', (ConvertTo-SecureString x -AsPlainText -Force)) }
function Connect-Cadenza(`$Environment, `$Credential) { CadenzaPS\Connect-Cadenza -BaseUri `$env:CADENZA_BASE_URL }
function Get-AzKeyVaultSecret([string] `$VaultName, [string] `$Name) {
    if (`$VaultName -ne 'v') { throw }
    if (`$Name -notlike '*-passphrase') { [pscustomobject]@{ SecretValue = ConvertTo-SecureString "$canary-`$Name" -AsPlainText -Force } }
}
function Import-Module { }
& '$(Join-Path $scripts azure-automation-runbook.ps1)' -Index '$Index' -Count 2 -Path '$file' -JournalFolder '$folder' -Environment Uat -VaultName v -Script '$(Join-Path $scripts rotate-shard.ps1)'
"@
        $result = Wait-PowerShell (Start-Machine @('-File', $wrapper) $server)
        $result.Code | Should -Be $Code -Because $result.All
        $result.All | Should -Not -Match $canary
        $after = Get-Truth $server
        $mine = @($ids | Select-CadenzaShard -Index 0 -Count 2)
        foreach ($id in $ids) {
            $expected = if ($Code -eq 0 -and $id -in $mine) { Get-KeyFingerprint "$canary-$id-key" "$canary-$id-secret" } else { $before[$id].fingerprint }
            $after[$id].fingerprint | Should -Be $expected
        }
    }
}
