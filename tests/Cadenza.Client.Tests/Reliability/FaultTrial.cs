namespace Cadenza.Client.Tests.Reliability;

/// <summary>
/// Tries one case of the <see cref="FaultTable"/> over a real socket: what was reported is compared with the table,
/// with the server's true state and with what may be sent at the most.
/// </summary>
internal sealed class FaultTrial
{
    private const int MaxRetries = 2;
    private const int CreationLooks = 4;
    private const string Key = "canary-key";
    private const string Secret = "canary-secret";
    private const string Passphrase = "canary-passphrase";

    private static readonly string[] Silent = ["NeverAnswer", "Drip", "DropMidway", "EndlessSpace"];

    private readonly FaultCase _case;
    private readonly ShiftedTimeProvider _timeProvider = new();
    private readonly List<string> _faults = [];
    private readonly List<CredentialRow> _rows = [];
    private FaultPeer? _peer;
    private SandboxCredential _before = null!;
    private ApiException? _error;
    private CadenzaCredential? _changed;

    private FaultTrial(FaultCase faultCase) => _case = faultCase;

    private static string Fingerprint { get; } = KeyFingerprint.Compute(Key, Secret, Passphrase);

    private bool IsRefresh => _case.Operation is FaultOperation.Refresh or FaultOperation.RefreshAfter401;

    private string Endpoint =>
        _case.Operation switch
        {
            FaultOperation.Login => "auth/login",
            FaultOperation.Refresh or FaultOperation.RefreshAfter401 => "auth/token/refresh",
            FaultOperation operation => "credential/" + operation.ToString().ToLowerInvariant(),
        };

    /// <summary>
    /// Tries the case and tells all that is not as it should be, in one line; null where there is nothing.
    /// </summary>
    public static async Task<string?> RunAsync(FaultCase faultCase)
    {
        var trial = new FaultTrial(faultCase);
        await trial.TryAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return trial._faults.Count == 0 ? null : $"{faultCase}: {string.Join("; ", trial._faults)}";
    }

    private async Task TryAsync()
    {
        await using FaultPeer peer = await FaultPeer.StartAsync(
            _case,
            Endpoint,
            new SandboxOptions { TimeProvider = new ShiftedTimeProvider(ServerShift) });
        _peer = peer;
        _before = peer
            .Sandbox.GetState()
            .Credentials.First(static c => c is { Status: "VERIFIED", IsBlocked: false, IsColleagues: false });
        try
        {
            await AskAsync();
        }
        catch (ApiException e)
        {
            _error = e;
        }

        string reported = Reported();
        Expect(
            reported == _case.Expected,
            $"expected {_case.Expected}, but it was {reported} ({_error?.Kind}, {_error?.Message})");
        VerifyState(peer.Sandbox.GetState());
        VerifyRequests();
        Expect(
            _error?.Message.Contains("canary", StringComparison.Ordinal) != true,
            "a secret stands in the message: " + _error?.Message);
    }

    private async Task AskAsync()
    {
        if (IsRefresh || _case.Operation == FaultOperation.Login)
        {
            using CadenzaClient session = await Sandboxes.LoginAsync(Options());
            if (IsRefresh)
            {
                _timeProvider.Shift = _case.Operation == FaultOperation.Refresh ? TimeSpan.FromHours(2) : TimeSpan.Zero;
                _changed = await session.RevokeCredentialAsync(_before.CredentialId);
            }

            return;
        }

        using CadenzaClient client = Sandboxes.Connect(_peer!.Sandbox, Options());
        ApiKeySet keys = TestClients.Keys(Key, Secret, Passphrase);
        switch (_case.Operation)
        {
            case FaultOperation.List:
                await client.ListCredentialsAsync(CredentialFilter.All, _rows.Add, CancellationToken.None);
                break;
            case FaultOperation.Rotate:
                _changed = await client.RotateCredentialAsync(_before.CredentialId, keys);
                break;
            case FaultOperation.Revoke:
                _changed = await client.RevokeCredentialAsync(_before.CredentialId);
                break;
            case FaultOperation.Create:
                _changed = await client.CreateCredentialAsync(
                    new NewCredential("OKX", keys) { Nickname = "made under faults" });
                break;
            default:
                VerificationResult result = await client.VerifyCredentialAsync(_before.CredentialId);
                Expect(
                    result.Passed && result.CredentialId == _before.CredentialId,
                    "the verification has the wrong result");
                break;
        }
    }

    /// <summary>For the first revoke of a session two hours later, so that it is refused.</summary>
    private TimeSpan ServerShift()
    {
        bool isLate =
            _case.Operation == FaultOperation.RefreshAfter401
            && _peer?.Sandbox.Requests is { Count: > 0 } requests
            && !requests.Any(static r => FaultPeer.IsTo(r, "credential/revoke"));
        return isLate ? TimeSpan.FromHours(2) : TimeSpan.Zero;
    }

    /// <summary>Attempts may end by their time only where that is the fault: a slow machine is none.</summary>
    private CadenzaClientOptions Options()
    {
        bool isSilent = Silent.Contains(_case.Fault.Split(':')[0]);
        return new CadenzaClientOptions(_peer!.Address)
        {
            AttemptTimeout = TimeSpan.FromSeconds(isSilent ? 2 : 15),
            RetryTimeout = TimeSpan.FromSeconds(isSilent ? 12 : 15),
            MaxRetries = MaxRetries,
            TimeProvider = _timeProvider,
        };
    }

    private string Reported() =>
        (_case.Operation, _error) switch
        {
            (FaultOperation.List, null) => "Complete",
            (FaultOperation.List, _) => _rows.Count > 0 ? "Partial" : "Error",
            (_, null) => "Done",
            _ => _error.Outcome.ToString(),
        };

    private void VerifyState(SandboxState after)
    {
        SandboxCredential now = after.Credentials.Single(c => c.CredentialId == _before.CredentialId);
        List<SandboxCredential> made =
        [
            .. after.Credentials.Where(c => c.Fingerprint == Fingerprint && c.CredentialId != _before.CredentialId),
        ];
        bool isUnchanged = now.Changes == _before.Changes && made.Count == 0;
        int effects = _peer!.Sandbox.Requests.Count(r => FaultPeer.IsTo(r, Endpoint) && r.TookEffect);
        switch (_case.Operation)
        {
            case FaultOperation.Rotate:
                VerifyChange(now.Fingerprint == Fingerprint, isUnchanged);
                break;
            case FaultOperation.Revoke or FaultOperation.Refresh or FaultOperation.RefreshAfter401:
                VerifyChange(now.IsRevoked, isUnchanged);
                Expect(_changed is null || _changed.Status == "REVOKED", "the result is not REVOKED");
                break;
            case FaultOperation.Create:
                Expect(effects <= 1 && made.Count == effects, $"it was created {effects} times");
                VerifyChange(made.Count == 1 && _changed?.CredentialId == made[0].CredentialId, isUnchanged);
                break;
            case FaultOperation.List:
                VerifyList(after);
                Expect(isUnchanged, "a list changed something");
                break;
            case FaultOperation.Login:
                VerifyChange(effects > 0, effects == 0);
                break;
            default:
                Expect(isUnchanged, "a verification changed something");
                break;
        }
    }

    private void VerifyChange(bool isDone, bool isUnchanged)
    {
        Expect(_error is not null || isDone, "reported as done, but the server did not do it");
        Expect(
            _error?.Outcome is not (RequestOutcome.Rejected or RequestOutcome.NotSent) || isUnchanged,
            $"reported as {_error?.Outcome}, but the server did it");
        Expect(_error?.Outcome != RequestOutcome.Applied, "an error with outcome Applied came out of a change");
        Expect(
            _changed is null
                || _case.Operation == FaultOperation.Create
                || _changed.CredentialId == _before.CredentialId,
            "the result is another credential");
    }

    private void VerifyList(SandboxState after)
    {
        List<string> listed = [.. _rows.Select(static row => row.Credential?.CredentialId).OfType<string>()];
        List<string> known = [.. after.Credentials.Select(static c => c.CredentialId)];
        Expect(
            _rows.TrueForAll(static row => row.Error is null && row.Warning is null),
            "the list has rows that are no credentials");
        Expect(
            listed.Distinct().Count() == listed.Count && listed.TrueForAll(known.Contains),
            "the list holds what is not there, or holds it twice");
        Expect(
            _error is not null || listed.Count == known.Count,
            $"the list is said to be complete with {listed.Count} of {known.Count}");
    }

    private void VerifyRequests()
    {
        int arrived = _peer!.CountOf(Endpoint);
        Expect(arrived <= 1 + MaxRetries, $"{arrived} requests arrived");
        if (IsRefresh || _case.Operation == FaultOperation.Create)
        {
            int refused = _peer!.Sandbox.Requests.Count(r =>
                FaultPeer.IsTo(r, Endpoint)
                && r.Fault is SandboxFaultKind.RateLimited or SandboxFaultKind.LockNotAcquired);
            Expect(
                arrived - refused <= 1,
                $"{arrived} requests arrived, and only {refused} of them had been refused for now");
        }
        else if (_error is not null && Reported() != "Partial")
        {
            bool isUnreachable = _case.Fault is "ConnectionRefused" or "UnknownHost";
            Expect(
                isUnreachable || _error.Attempts == arrived,
                $"{_error.Attempts} attempts are reported, {arrived} requests arrived");
            Expect(
                !isUnreachable || (_error.Attempts == 1 + MaxRetries && arrived == 0),
                $"{_error.Attempts} attempts, {arrived} requests arrived");
        }

        int lists = _case.Operation == FaultOperation.List ? 0 : _peer!.CountOf("credential/list");
        Expect(lists <= (_case.Operation == FaultOperation.Create ? CreationLooks : 1), $"{lists} look-ups");
    }

    private void Expect(bool isRight, string fault)
    {
        if (!isRight)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>The system's time, moved by a shift. Timers run in the system's time.</summary>
    private sealed class ShiftedTimeProvider(Func<TimeSpan>? shift = null) : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        private TimeSpan Current => shift?.Invoke() ?? Shift;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Current;

        public override long GetTimestamp() => (System.GetElapsedTime(0) + Current).Ticks;
    }
}
