# -JournalPath and Get-CadenzaJournal. The crash test kills processes at random moments until one ends by itself, and then compares the state of
# each credential with the journal. It needs few kills: the model-based test of tests/Cadenza.Commands.Tests simulates thousands.

BeforeDiscovery {
    $scenarios = @(
        @{ Action = 'revoke'; Title = 'without faults'; Faults = @() }
        @{ Action = 'rotate'; Title = 'without faults'; Faults = @() }
        @{ Action = 'create'; Title = 'without faults'; Faults = @() }
        @{ Action = 'revoke'; Title = 'while answers get lost'; Faults = 'credential/revoke:ResetAfter:probability=0.2', 'credential/revoke:TruncatedBody:probability=0.1' }
        @{ Action = 'rotate'; Title = 'while answers get lost'; Faults = 'credential/rotate:ResetAfter:probability=0.2', 'credential/rotate:TruncatedBody:probability=0.1' }
        @{ Action = 'create'; Title = 'while answers get lost'; Faults = 'credential/create:ResetAfter:probability=0.2', 'credential/create:TruncatedBody:probability=0.1' }
    )
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $canary = 'CANARY7f3a'
    $seed = if ($env:CADENZA_TEST_SEED) { [int]$env:CADENZA_TEST_SEED } else { 20261122 }
    $tally = @{ Kills = 0; KillsInside = 0; Dangling = 0; DanglingApplied = 0 }

    # A process that has loaded everything, and waits to be told what to do: so a kill is not mostly spent on starting one.
    $worker = Join-Path $TestDrive 'worker.ps1'
    Set-Content $worker @'
param($Module)
$ErrorActionPreference = 'Continue'
Import-Module $Module
Connect-Cadenza -Sandbox
$null = 1 | Update-CadenzaCredential -WhatIf -ErrorAction Ignore
Disconnect-Cadenza
[Console]::Out.WriteLine('ready')
$job = [Console]::In.ReadLine() | ConvertFrom-Json
Connect-Cadenza -BaseUri $job.Address -AccessToken $job.Token -RetryTimeoutSec $job.RetryTimeoutSec
$command = @{ revoke = 'Revoke-CadenzaCredential'; rotate = 'Update-CadenzaCredential'; create = 'New-CadenzaCredential' }[$job.Action]
$rows = Import-Csv $job.Rows
$done = @($rows | & $command -Force -JournalPath $job.Journal -ThrottleLimit 8 -ErrorVariable failed -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue)
[pscustomobject]@{
    Done   = @($done | ForEach-Object { if ($job.Action -eq 'create') { $_.Nickname } else { $_.CredentialId } })
    Failed = @($failed | ForEach-Object { "$($_.FullyQualifiedErrorId) $($_.TargetObject) $($_.Exception.Outcome) $_" })
    Warned = @($warned | ForEach-Object Message)
} | ConvertTo-Json -Compress | Set-Content $job.Result
'@
    $idle = [Collections.Generic.Queue[Diagnostics.Process]]::new()

    function Start-IdleWorker {
        $idle.Enqueue([Diagnostics.Process]::Start((New-PowerShellStart '-File', $worker, $ModulePath)))
    }

    # Sets a process to work; the next one starts up meanwhile.
    function Start-Worker($Server, [string] $Action, [string] $Rows, [string] $Journal, [double] $RetryTimeoutSec = 60) {
        while ($idle.Count -lt 2) { Start-IdleWorker }
        $process = $idle.Dequeue()
        $reading = $process.StandardOutput.ReadLineAsync()
        if (-not $reading.Wait(30000) -or $reading.Result -ne 'ready') { throw "A worker did not start: $($process.StandardError.ReadToEnd())" }
        $result = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).json"
        $process.StandardInput.WriteLine((@{
            Address = $Server.Address; Token = [Net.NetworkCredential]::new('', $Server.Token).Password; Action = $Action; Rows = $Rows; Journal = $Journal
            Result = $result; RetryTimeoutSec = $RetryTimeoutSec
        } | ConvertTo-Json -Compress))
        $process.StandardInput.Flush()
        [pscustomobject]@{ Process = $process; Result = $result }
    }

    function Wait-Worker($Worker) {
        if (-not $Worker.Process.WaitForExit(120000)) { $Worker.Process.Kill(); throw 'A worker did not end.' }
        $console = $Worker.Process.StandardError.ReadToEnd()
        $Worker.Process.Dispose()
        if (-not (Test-Path $Worker.Result)) { throw "A worker ended without a result: $console" }
        Get-Content -Raw $Worker.Result | ConvertFrom-Json
    }

    # True: killed once the journal had grown to so many bytes. False: it ended by itself before.
    function Stop-WorkerAt($Worker, [string] $Journal, [long] $Length, [int] $DelayMs = 0) {
        $file = [IO.FileInfo]::new($Journal)
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while ($true) {
            $file.Refresh()
            if ($file.Exists -and $file.Length -ge $Length) { break }
            if ($Worker.Process.HasExited) { return $false }
            if ($watch.Elapsed.TotalSeconds -gt 120) { $Worker.Process.Kill(); throw "The journal did not grow to $Length bytes." }
            [Threading.Thread]::Sleep(1)
        }
        if ($DelayMs) { [Threading.Thread]::Sleep($DelayMs) }
        if ($Worker.Process.HasExited) { return $false }
        $Worker.Process.Kill()
        $Worker.Process.WaitForExit()
        $Worker.Process.Dispose()
        $true
    }

    function Get-JournalLength([string] $Journal) { if (Test-Path $Journal) { (Get-Item $Journal).Length } else { 0 } }

    function Get-Truth($Server) { @(Invoke-RestMethod "$($Server.Address)/_sandbox/state" -TimeoutSec 60 -NoProxy | ForEach-Object { $_ }) }

    # So many rows with keys of their own: of credentials that can be changed, or of new ones.
    function New-RowFile($Server, [string] $Action, [int] $Count) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).csv"
        $free = if ($Action -ne 'create') { @(Get-Truth $Server | Where-Object { $_.status -ne 'REVOKED' -and -not $_.isColleagues -and -not $_.isBlocked }) }
        $rows = for ($i = 0; $i -lt $Count; $i++) {
            $row = [ordered]@{}
            if ($Action -eq 'create') { $row.Venue = 'OKX'; $row.Nickname = "desk $i ü`"" } else { $row.CredentialId = $free[$i].credentialId }
            if ($Action -ne 'revoke') { $row.ApiKey = "k$canary-$i"; $row.ApiSecret = "s$canary-$i"; $row.ApiPassphrase = "p$canary-$i" }
            [pscustomobject]$row
        }
        if (@($rows).Count -ne $Count -or ($free -and $free.Count -lt $Count)) { throw 'Too few credentials.' }
        $rows | Export-Csv $file
        $file
    }

    function Get-RowName($Row) { if ($Row.PSObject.Properties['Nickname']) { $Row.Nickname } else { $Row.CredentialId } }

    function Get-EntryName($Entry) { if ($Entry.Action -eq 'create') { $Entry.Nickname } else { $Entry.CredentialId } }

    # The truth about each row: how many changes took effect, and whether it is as the row wants it.
    function Get-RowTruth($Server, [string] $Action, $Rows) {
        $state = @(Get-Truth $Server)
        $byId = @{}
        $byName = @{}
        foreach ($one in $state) { $byId[$one.credentialId] = $one; if ($one.nickname) { $byName["$($one.venue)|$($one.nickname)"] = @($byName["$($one.venue)|$($one.nickname)"]; $one) | Where-Object { $_ } } }
        $truth = @{}
        foreach ($row in $Rows) {
            $found = @(if ($Action -eq 'create') { $byName["$($row.Venue)|$($row.Nickname)"] } else { $byId[$row.CredentialId] }) | Where-Object { $_ }
            $keys = if ($Action -ne 'revoke') { Get-KeyFingerprint $row.ApiKey $row.ApiSecret $row.ApiPassphrase }
            $truth[(Get-RowName $row)] = [pscustomobject]@{
                Changes = [int]($found | Measure-Object changes -Sum).Sum; Count = @($found).Count; Id = @($found)[0].credentialId
                IsRight = @($found).Count -eq 1 -and $(if ($Action -eq 'revoke') { $found[0].status -eq 'REVOKED' } else { $found[0].fingerprint -eq $keys })
            }
        }
        $truth
    }

    # Read without the module, so that it is not its own judge; a line that was cut off is left out.
    function Read-RawJournal([string] $Journal) {
        if (Test-Path $Journal) { foreach ($line in [IO.File]::ReadAllLines($Journal)) { try { ConvertFrom-Json $line -ErrorAction Stop } catch { $null = $_ } } }
    }

    # At any moment, also right after a kill: nothing took effect that has no intent, and no line claims what is not so.
    function Assert-JournalIsTrue([string] $Journal, $Truth, [bool] $WithFaults) {
        $lines = @{}
        foreach ($line in Read-RawJournal $Journal) {
            $name = if ($line.action -eq 'create') { $line.nickname } else { $line.credentialId }
            if (-not $lines.ContainsKey($name)) { $lines[$name] = [Collections.Generic.List[object]]::new() }
            $lines[$name].Add($line)
        }
        foreach ($name in $Truth.Keys) {
            $own = @(if ($lines.ContainsKey($name)) { $lines[$name] })
            $intents = @($own | Where-Object event -EQ intent).Count
            # A lost answer leads to further requests within one intent.
            if ($Truth[$name].Changes -gt $(if ($WithFaults) { [Math]::Min(1, $intents) * 1000 } else { $intents })) { throw "$name was changed $($Truth[$name].Changes) times, by $intents intents." }
            if (@($own | Where-Object event -EQ applied) -and -not $Truth[$name].IsRight) { throw "$name is said to be applied, and is not." }
            if ($own.Count -and $own[-1].event -in 'rejected', 'notSent' -and $Truth[$name].Changes) { throw "$name is said to be $($own[-1].event), and was changed." }
            if ($own.Count -and $own[-1].event -eq 'intent') {
                $tally.Dangling++
                if ($Truth[$name].Changes) { $tally.DanglingApplied++ }
            }
        }
    }

    function New-Journal { Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).jsonl" }

    # A file of two rotations, and a server to make them at.
    function New-Rotation([string[]] $Arguments = @(), [int] $Count = 2) {
        $server = Connect-SandboxServer guide $Arguments
        $file = New-RowFile $server rotate $Count
        [pscustomobject]@{ Server = $server; File = $file; Rows = @(Import-Csv $file); Journal = New-Journal }
    }
}
AfterAll {
    foreach ($process in $idle) { $process.Kill(); $process.Dispose() }
    Restore-TestSession
}

Describe 'A run that is killed' -Tag Slow {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'ends right by its journal: <Action> <Title>' -ForEach $scenarios {
        $caseSeed = $seed + [array]::IndexOf(@('revoke', 'rotate', 'create'), $Action) + 10 * $Faults.Count
        $random = [Random]::new($caseSeed)
        try {
            $slow = "credential/${Action}:Delay:delay=15ms,probability=0.6", "credential/${Action}:Delay:delay=15ms,after"
            $server = Start-SandboxServer guide @('--count', '300', '--fault-seed', $caseSeed; foreach ($fault in $slow + $Faults) { '--fault', $fault })
            $file = New-RowFile $server $Action 60
            $rows = @(Import-Csv $file)
            $journal = New-Journal
            $kills = 0
            for ($run = 1; ; $run++) {
                if ($run -gt 40) { throw 'It never ended.' }
                $applied = @(Read-RawJournal $journal | Where-Object event -EQ applied | ForEach-Object { if ($Action -eq 'create') { $_.nickname } else { $_.credentialId } })
                $working = Start-Worker $server $Action $file $journal
                if ($kills -lt 2 -and (Stop-WorkerAt $working $journal ((Get-JournalLength $journal) + $random.Next(1, 9000)) $random.Next(0, 25))) {
                    $kills++
                    $truth = Get-RowTruth $server $Action $rows
                    if (@($truth.Values | Where-Object { -not $_.Changes })) { $tally.KillsInside++ }
                    Assert-JournalIsTrue $journal $truth ([bool]$Faults)
                    continue
                }
                $last = Wait-Worker $working
                # What a run cannot find out is left to the next one.
                if (-not $last.Failed) { break }
                if (-not $Faults -and $Action -ne 'create') { throw "Failed: $($last.Failed)" }
                @($last.Failed | Where-Object { $_ -notmatch ' Unknown ' }) | Should -BeNullOrEmpty
            }
            $tally.Kills += $kills
            $kills | Should -Be 2

            $truth = Get-RowTruth $server $Action $rows
            @($truth.Keys | Where-Object { -not $truth[$_].IsRight }) | Should -BeNullOrEmpty
            @($truth.Values | Where-Object Count -NE 1) | Should -BeNullOrEmpty
            if ($Action -ne 'rotate') { @($truth.Values | Where-Object Changes -NE 1) | Should -BeNullOrEmpty -Because 'each takes effect once' }
            if ($Action -eq 'create') {
                @(Get-ServerRequest $server | Where-Object { $_.Path -like '*/create' -and $_.Status -in 400, 409 }) | Should -BeNullOrEmpty -Because 'none is sent that exists'
            }
            Assert-JournalIsTrue $journal $truth ([bool]$Faults)
            $latest = @(Get-CadenzaJournal $journal -Latest -WarningAction SilentlyContinue)
            $latest | Should -HaveCount 60
            @($latest | Where-Object Event -NE Applied) | Should -BeNullOrEmpty
            foreach ($entry in $latest) { $entry.CredentialId | Should -Be $truth[(Get-EntryName $entry)].Id }
            $entries = @(Get-CadenzaJournal $journal -WarningAction SilentlyContinue)
            @($entries | Where-Object Event -In Rejected, NotSent) | Should -BeNullOrEmpty

            # What the last run gave out and what the journal had before make up the whole, and nothing is in both.
            @($last.Done) + $applied | Sort-Object -Unique | Should -Be ($rows | ForEach-Object { Get-RowName $_ } | Sort-Object -Unique)
            @($last.Done | Where-Object { $_ -in $applied }) | Should -BeNullOrEmpty
            if ($applied) { "$($last.Warned)" | Should -BeLike "*Skipped $(@($applied | Select-Object -Unique).Count) credential*" }

            if (-not $Faults) {
                $effective = @{}
                Get-ServerRequest $server | Where-Object TookEffect | ForEach-Object { $effective[$_.RequestId] = $true }
                @($entries | Where-Object { $_.Event -eq 'Applied' -and $_.RequestId -and -not $effective.ContainsKey($_.RequestId) }) | Should -BeNullOrEmpty
            }
            Get-Content -Raw $journal | Should -Not -Match $canary
        }
        catch { throw "Seed ${caseSeed}: $_ $($_.ScriptStackTrace)" }
    }

    It 'was killed often enough, in the middle of its work' {
        $tally.Kills | Should -BeGreaterOrEqual 12
        $tally.KillsInside | Should -BeGreaterOrEqual 8
        $tally.Dangling | Should -BeGreaterThan 20
        $tally.DanglingApplied | Should -BeGreaterThan 4 -Because 'those are the ones that a run cannot know of'
    }

    It 'a rotation day of 2,000 rows, killed twice, ends right' {
        $server = Start-SandboxServer guide '--count', '2600'
        $file = New-RowFile $server rotate 2000
        $rows = @(Import-Csv $file)
        $journal = New-Journal
        foreach ($share in 0.33, 0.66) {
            # Two lines of about 300 bytes each for a row.
            Stop-WorkerAt (Start-Worker $server rotate $file $journal 20) $journal ($share * 2000 * 620) | Should -BeTrue -Because "$share is in the middle"
        }
        $last = Wait-Worker (Start-Worker $server rotate $file $journal 20)
        $last.Failed | Should -BeNullOrEmpty
        @($last.Done).Count | Should -BeLessThan 1400
        $truth = Get-RowTruth $server rotate $rows
        @($truth.Values | Where-Object { -not $_.IsRight }) | Should -BeNullOrEmpty
        @($truth.Values | Where-Object Changes -GT 1).Count | Should -BeLessOrEqual 16 -Because 'only what was in flight is sent again'
        $latest = @(Get-CadenzaJournal $journal -Latest -WarningAction SilentlyContinue)
        $latest | Should -HaveCount 2000
        @($latest | Where-Object Event -NE Applied) | Should -BeNullOrEmpty
    }
}

Describe 'Two processes with one journal' -Tag Slow {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'of the same items each takes effect once' {
        $server = Start-SandboxServer guide '--count', '200', '--fault', 'credential/revoke:Delay:delay=10ms'
        $file = New-RowFile $server revoke 80
        $journal = New-Journal
        $both = @(1, 2 | ForEach-Object { Start-Worker $server revoke $file $journal 20 })
        $results = @($both | ForEach-Object { Wait-Worker $_ })
        $truth = Get-RowTruth $server revoke (Import-Csv $file)
        @($truth.Values | Where-Object { -not $_.IsRight -or $_.Changes -ne 1 }) | Should -BeNullOrEmpty
        @($results.Done) | Sort-Object | Should -Be ($truth.Keys | Sort-Object)
        @($results.Failed | Where-Object { $_ -notlike 'CadenzaJournalBusy,*' }) | Should -BeNullOrEmpty
        @(Get-Content $journal) | Should -HaveCount 160
        @(Get-CadenzaJournal $journal -WarningVariable bad | Where-Object Event -EQ Applied) | Should -HaveCount 80
        $bad | Should -BeNullOrEmpty
        @(Get-ServerRequest $server | Where-Object Path -Like '*/revoke') | Should -HaveCount 80
    }

    It 'after a run that was killed, each revoke is reported by one of them' {
        $server = Start-SandboxServer guide '--count', '200', '--fault', 'credential/revoke:Delay:delay=200ms,after'
        $file = New-RowFile $server revoke 40
        $journal = New-Journal
        # Eight intents whose changes have taken effect, and no outcome.
        Stop-WorkerAt (Start-Worker $server revoke $file $journal) $journal 2400 120 | Should -BeTrue
        $open = @(Read-RawJournal $journal | Where-Object event -EQ intent).Count
        $open | Should -BeGreaterThan 4
        $before = @(Read-RawJournal $journal | Where-Object event -EQ applied).Count
        $both = @(1, 2 | ForEach-Object { Start-Worker $server revoke $file $journal 20 })
        $results = @($both | ForEach-Object { Wait-Worker $_ })
        $truth = Get-RowTruth $server revoke (Import-Csv $file)
        @($truth.Values | Where-Object { -not $_.IsRight -or $_.Changes -ne 1 }) | Should -BeNullOrEmpty
        @($results.Done) | Should -HaveCount (40 - $before)
        @($results.Done | Select-Object -Unique) | Should -HaveCount (40 - $before) -Because 'no revoke is reported twice'
        @(Get-CadenzaJournal $journal -WarningAction SilentlyContinue | Where-Object Event -EQ Applied) | Should -HaveCount 40
    }

    It 'of different items all are made' {
        $server = Start-SandboxServer guide '--count', '200', '--fault', 'credential/rotate:Delay:delay=10ms'
        $file = New-RowFile $server rotate 80
        $rows = @(Import-Csv $file)
        $rows[40..79] | Export-Csv "$file.2"
        $rows[0..39] | Export-Csv $file
        $journal = New-Journal
        $both = @($file, "$file.2" | ForEach-Object { Start-Worker $server rotate $_ $journal 20 })
        $results = @($both | ForEach-Object { Wait-Worker $_ })
        $results.Failed | Should -BeNullOrEmpty
        $truth = Get-RowTruth $server rotate $rows
        @($truth.Values | Where-Object { -not $_.IsRight -or $_.Changes -ne 1 }) | Should -BeNullOrEmpty
        @(Get-CadenzaJournal $journal -Latest | Where-Object Event -EQ Applied) | Should -HaveCount 80
    }

    It 'what a living process has begun is CadenzaJournalBusy for another' {
        $rotation = New-Rotation -Count 1 -Arguments '--fault', 'credential/rotate:Delay:delay=3s'
        $working = Start-Worker $rotation.Server rotate $rotation.File $rotation.Journal 20
        while ((Get-JournalLength $rotation.Journal) -eq 0) { Start-Sleep -Milliseconds 10 }
        $rotation.Rows | Update-CadenzaCredential -JournalPath $rotation.Journal -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'CadenzaJournalBusy,*'
        $failed.TargetObject | Should -Be $rotation.Rows[0].CredentialId
        $failed.CategoryInfo.Category | Should -Be ResourceBusy
        (Wait-Worker $working).Done | Should -HaveCount 1
    }
}

Describe '-JournalPath' -Tag Slow {
    AfterEach { Disconnect-Cadenza; Stop-AllServers; Set-Location $Root }

    It 'leaves out what was made, with a line each for -Verbose and one warning' {
        $rotation = New-Rotation
        $null = $rotation.Rows | Update-CadenzaCredential -JournalPath $rotation.Journal
        $told = @($rotation.Rows | Update-CadenzaCredential -JournalPath $rotation.Journal -Verbose -WarningVariable warned -WarningAction SilentlyContinue 4>&1)
        @($told | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Where-Object Message -Like '*was skipped: the journal lists it as already rotated.') | Should -HaveCount 2
        @($told | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }) | Should -BeNullOrEmpty
        $warned.Message | Should -BeLike 'Skipped 2 credentials that the journal lists as already rotated. The last change of an earlier run was made at ????-??-?? ??:??Z.'
        Get-ChangeCount $rotation.Server | Should -Be 2
    }

    It '-WhatIf writes nothing' {
        $rotation = New-Rotation
        $rotation.Rows | Update-CadenzaCredential -JournalPath $rotation.Journal -WhatIf
        Test-Path "$($rotation.Journal)*" | Should -BeFalse
        Get-ChangeCount $rotation.Server | Should -Be 0
    }

    It 'takes <Title>' -ForEach @(
        @{ Title = 'a relative path'; Path = 'sub/j.jsonl' }
        @{ Title = 'a path of a drive of PowerShell'; Path = 'Jrnl:/sub/j.jsonl' }
        @{ Title = 'a path with brackets'; Path = 'sub/j[1].jsonl' }
        @{ Title = 'a path of the home folder'; Path = '~/cadenza-journal-test.jsonl' }
    ) {
        $rotation = New-Rotation
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))
        $null = New-Item -ItemType Directory (Join-Path $folder sub)
        $null = New-PSDrive Jrnl FileSystem $folder
        # A home folder of its own: the user's must stay as it is, and an account may have none.
        $provider = Get-PSProvider FileSystem
        $homeBefore = $provider.Home
        $provider.Home = $folder.FullName
        $expected = Join-Path $folder ($Path -replace '^(Jrnl:|~)/')
        Push-Location $folder
        try {
            $null = $rotation.Rows | Update-CadenzaCredential -JournalPath $Path
            Test-Path -LiteralPath $expected | Should -BeTrue
            Get-CadenzaJournal $Path | Should -HaveCount 4
            if ($Path -notlike '~*') { Get-ChildItem sub -Filter *.jsonl | Get-CadenzaJournal -Latest | Should -HaveCount 2 }
        }
        finally {
            Pop-Location
            Remove-PSDrive Jrnl
            $provider.Home = $homeBefore
        }
    }

    It 'is refused before anything is sent where it is <Title>' -ForEach @(
        @{ Title = 'a folder'; Path = { $TestDrive } }
        @{ Title = 'below a file'; Path = { Join-Path $PSCommandPath 'j.jsonl' } }
        @{ Title = 'in no folder'; Path = { Join-Path $TestDrive 'none/j.jsonl' } }
        @{ Title = 'a CSV file'; Path = { $file = Join-Path $TestDrive 'keys.csv'; Set-Content $file 'CredentialId,ApiKey', 'a,k'; $file } }
        @{ Title = 'a file of settings'; Path = { $file = Join-Path $TestDrive 'settings.json'; Set-Content $file '{', '  "a": 1', '}'; $file } }
        @{ Title = 'no path of the file system'; Path = { 'env:x' }; Id = 'CadenzaInvalidParameter' }
        @{ Title = 'of a drive that does not exist'; Path = { 'nodrive:/x' }; Id = 'CadenzaInvalidParameter' }
        @{ Title = 'a device that is always full'; Path = { '/dev/full' }; OnLinux = $true }
        @{ Title = 'where nobody may write'; Path = { '/sys/j.jsonl' }; OnLinux = $true }
        @{ Title = 'locked by a folder'; Path = { $file = Join-Path $TestDrive 'locked.jsonl'; $null = New-Item -ItemType Directory "$file.lock" -Force; $file } }
    ) {
        if ($OnLinux -and -not $IsLinux) { Set-ItResult -Skipped -Because 'there is no such path here'; return }
        $rotation = New-Rotation
        $at = "$(& $Path)"
        $before = if (Test-Path $at -PathType Leaf) { if ($at -notlike '/dev/*') { Get-FileHash $at } }
        $failure = $null
        $watch = [Diagnostics.Stopwatch]::StartNew()
        try { $rotation.Rows | Update-CadenzaCredential -JournalPath $at -ErrorAction Continue 2>$null | Should -BeNullOrEmpty } catch { $failure = $_ }
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
        $failure.FullyQualifiedErrorId | Should -BeLike "$($Id ?? 'CadenzaJournalUnusable'),*" -Because "it ends the command ($failure)"
        $failure.Exception.Outcome | Should -Be NotSent
        Get-ChangeCount $rotation.Server | Should -Be 0
        if ($before) { (Get-FileHash $at).Hash | Should -Be $before.Hash }
    }

    It 'a last line that was cut off costs nothing' {
        $rotation = New-Rotation
        $null = $rotation.Rows[0] | Update-CadenzaCredential -JournalPath $rotation.Journal
        [IO.File]::AppendAllText($rotation.Journal, '{"v":1,"time":"2026-')
        Get-CadenzaJournal $rotation.Journal | Should -HaveCount 2
        $null = $rotation.Rows | Update-CadenzaCredential -JournalPath $rotation.Journal -WarningAction SilentlyContinue
        @(Get-CadenzaJournal $rotation.Journal -WarningVariable warned -WarningAction SilentlyContinue).Event | Should -Be Intent, Applied, Intent, Applied
        $warned.Message | Should -BeLike 'Line 3 of ''*.jsonl'' cannot be read and was skipped. *'
    }

    It 'several journals are read by a wildcard, and one whose name has brackets by its name' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive (New-Guid))
        $server = Connect-SandboxServer
        $credentials = @(Get-CadenzaCredential -Status VERIFIED -First 2)
        $null = $credentials[0] | Revoke-CadenzaCredential -Force -JournalPath "$folder/one[1].jsonl" -ErrorAction Ignore
        $null = $credentials[1] | Revoke-CadenzaCredential -Force -JournalPath "$folder/two.jsonl" -ErrorAction Ignore
        @(Get-CadenzaJournal "$folder/*.jsonl" -Latest).CredentialId | Sort-Object | Should -Be ($credentials.CredentialId | Sort-Object)
        @(Get-CadenzaJournal "$folder/one[1].jsonl" -Latest).CredentialId | Should -Be $credentials[0].CredentialId
        # As with Get-Content: a pattern that nothing fits is no error, a name that nothing has is.
        Get-CadenzaJournal "$folder/none*.jsonl" -ErrorAction Stop | Should -BeNullOrEmpty
        { Get-CadenzaJournal "$folder/none.jsonl" -ErrorAction Stop } | Should -Throw -ErrorId 'CadenzaJournalUnusable,*'
    }

    It 'a wildcard that matches other files gives one error for each of them and reads the journals' {
        $rotation = New-Rotation
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive (New-Guid))
        Set-Content "$folder/a.csv" 'a,b'
        $null = New-Item -ItemType Directory "$folder/c"
        $null = $rotation.Rows | Update-CadenzaCredential -JournalPath "$folder/b.jsonl"
        Set-Content "$folder/d.txt" 'x'
        Get-CadenzaJournal "$folder/*[abcd]*" -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 4
        $failed.FullyQualifiedErrorId | Should -Be (@('CadenzaJournalUnusable,CadenzaPS.Cmdlets.GetCadenzaJournal') * $failed.Count)
        $failed.TargetObject | Where-Object { $_ -notlike '*.lock' } | Sort-Object | Should -Be "$folder/a.csv", "$folder/c", "$folder/d.txt"
    }

    It 'a creation without a nickname is refused, and the others go on' {
        $server = Connect-SandboxServer
        $journal = New-Journal
        $rows = [pscustomobject]@{ Venue = 'BYBIT'; Nickname = ''; ApiKey = 'k'; ApiSecret = 's' }, [pscustomobject]@{ Venue = 'BYBIT'; Nickname = 'named'; ApiKey = 'k'; ApiSecret = 's' }
        ($rows | New-CadenzaCredential -JournalPath $journal -ErrorVariable failed -ErrorAction SilentlyContinue).Nickname | Should -Be named
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaInvalidNewCredential,*'
        "$($failed[0])" | Should -BeLike '*a journal requires a nickname*'
        $failed[0].ErrorDetails.RecommendedAction | Should -Match 'Nickname'
        Get-ChangeCount $server | Should -Be 1
    }

    It 'is the same in the culture <Culture>' -ForEach @(@{ Culture = 'tr-TR' }, @{ Culture = 'ar-SA' }) {
        $rotation = New-Rotation
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $Culture
            $null = $rotation.Rows[0] | Update-CadenzaCredential -JournalPath $rotation.Journal
            $rotation.Rows | Update-CadenzaCredential -JournalPath $rotation.Journal -WarningVariable warned -WarningAction SilentlyContinue | Should -HaveCount 1
        }
        finally { [cultureinfo]::CurrentCulture = $before }
        $warned.Message | Should -Match '^Skipped 1 credential that .* at 2\d\d\d-\d\d-\d\d \d\d:\d\dZ\.$'
        $rotation.Rows | Update-CadenzaCredential -JournalPath $rotation.Journal -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        foreach ($line in Get-Content $rotation.Journal) { $line | Should -Match '^\{"v":1,"time":"2\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ","event":"(intent|applied)","action":"rotate",' }
    }

    It 'holds no secret, whatever the server says' {
        $echo = @{ Status = '400 Bad Request'; Body = '{"success":false,"errno":-22015,"error":"cannot use {body} with {authorization}","details":{"code":"{body}","request_id":"{authorization}"},"data":null}' }
        $server = Start-ScriptedServer $echo, @{ Status = '502 Bad Gateway'; Type = 'text/html'; Body = '<html>{body} {authorization}' }, ($echo + @{ Delivered = 90 }), $echo
        Connect-Cadenza -BaseUri $server.Address -AccessToken "t$canary" -SkipCheck -MaximumRetryCount 0
        $journal = New-Journal
        $row = @{ ApiKey = "k$canary"; ApiSecret = "s$canary"; ApiPassphrase = "p$canary" }
        foreach ($id in 'a', 'b', 'c') { $null = [pscustomobject]($row + @{ CredentialId = $id }) | Update-CadenzaCredential -SkipCheck -JournalPath $journal -ErrorAction SilentlyContinue }
        $null = [pscustomobject]($row + @{ Venue = 'OKX'; Nickname = 'n' }) | New-CadenzaCredential -JournalPath $journal -ErrorAction SilentlyContinue
        (Get-CadenzaJournal $journal -Latest).Event | Should -Be Rejected, Unknown, Unknown, Rejected
        Get-Content -Raw $journal | Should -Not -Match $canary
        Find-Canary (Get-CadenzaJournal $journal) $canary | Should -BeNullOrEmpty
    }

    It 'says unknown of what was in flight when it was stopped' {
        $server = Start-ScriptedServer @{ Mode = 'hang' }
        $journal = New-Journal
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $null = $shell.AddScript('param($path, $a, $t, $j) Import-Module $path; Connect-Cadenza -BaseUri $a -AccessToken $t -SkipCheck; "a", "b" | Revoke-CadenzaCredential -Force -JournalPath $j').AddArgument($ModulePath).AddArgument($server.Address).AddArgument($server.Token).AddArgument($journal)
            $running = $shell.BeginInvoke()
            $watch = [Diagnostics.Stopwatch]::StartNew()
            while ($server.Scripted.Requests.Count -eq 0 -and $watch.Elapsed.TotalSeconds -lt 15) { [Threading.Thread]::Sleep(10) }
            $shell.Stop()
            try { $null = $shell.EndInvoke($running) } catch { $null = $_ }
        }
        finally { $shell.Dispose(); $runspace.Dispose() }
        $latest = @(Get-CadenzaJournal $journal -Latest)
        $latest.CredentialId | Should -Be a, b
        $latest.Event | Should -Be Unknown, Unknown
        $latest.Message | Should -Be 'Canceled while the request was in flight.', 'Canceled while the request was in flight.'
    }
}

Describe 'Get-CadenzaJournal' {
    AfterEach { Disconnect-Cadenza; Stop-AllServers }

    It 'gives each line with its number, and with -Latest each change as it stands' {
        $rotation = New-Rotation
        $null = $rotation.Rows | Update-CadenzaCredential -JournalPath $rotation.Journal -ThrottleLimit 1
        $all = Get-CadenzaJournal -Path $rotation.Journal
        $all | Should -BeOfType Cadenza.Commands.Journal.JournalEntry
        $all.Line | Should -Be 1, 2, 3, 4
        $all.Event | Should -Be Intent, Applied, Intent, Applied
        $latest = Get-CadenzaJournal -Path $rotation.Journal -Latest
        $latest.CredentialId | Should -Be $rotation.Rows.CredentialId
        $latest[0].Server | Should -Be ([uri]$rotation.Server.Address).Authority
        $latest[0].ProcessId | Should -Be $PID
        $latest[0].Venue | Should -Not -BeNullOrEmpty -Because 'the answer told it'
        ($latest[0].Time.UtcDateTime - [datetime]::UtcNow).Duration().TotalMinutes | Should -BeLessThan 5
    }

    It 'what is open goes on to where it is dealt with' {
        $server = Connect-SandboxServer guide '--fault', 'credential/rotate:GatewayTimeoutHtml:after'
        $file = New-RowFile $server rotate 2
        $journal = New-Journal
        Connect-Cadenza -BaseUri $server.Address -AccessToken $server.Token -MaximumRetryCount 0
        $null = Import-Csv $file | Update-CadenzaCredential -JournalPath $journal -ErrorAction SilentlyContinue
        $open = @(Get-CadenzaJournal $journal -Latest | Where-Object Event -EQ Unknown)
        $open | Should -HaveCount 2
        ($open | Get-CadenzaCredential).CredentialId | Sort-Object | Should -Be ($open.CredentialId | Sort-Object)
        ($open | Test-CadenzaCredential).Passed | Should -Be $true, $true
        ($open | Revoke-CadenzaCredential -Force -JournalPath $journal).Status | Should -Be REVOKED, REVOKED
        Get-CadenzaJournal $journal -Latest | ForEach-Object { "$($_.Action) $($_.Event)" } | Should -Be 'rotate Unknown', 'rotate Unknown', 'revoke Applied', 'revoke Applied'
    }

    It 'warns of garbage, by line, and gives the rest' {
        $rotation = New-Rotation
        $null = $rotation.Rows | Update-CadenzaCredential -JournalPath $rotation.Journal
        $lines = @(Get-Content $rotation.Journal)
        Set-Content $rotation.Journal ($lines[0], "`0garbage", $lines[1], '', '{"v":1}', $lines[2], $lines[3])
        @(Get-CadenzaJournal $rotation.Journal -WarningVariable warned -WarningAction SilentlyContinue).Line | Should -Be 1, 3, 6, 7
        @($warned | ForEach-Object { $_.Message -replace '^Line (\d).*', '$1' }) | Should -Be 2, 4, 5
    }

    It '<Title> is one error, and the other files are read' -ForEach @(
        @{ Title = 'a file that does not exist'; Name = 'none.jsonl' }
        @{ Title = 'a CSV file'; Name = 'other.csv' }
        @{ Title = 'a folder'; Name = '.' }
    ) {
        Set-Content (Join-Path $TestDrive 'other.csv') 'a,b'
        $rotation = New-Rotation
        $null = $rotation.Rows | Update-CadenzaCredential -JournalPath $rotation.Journal
        Get-CadenzaJournal (Join-Path $TestDrive $Name), $rotation.Journal -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 4
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'CadenzaJournalUnusable,*'
    }
}
