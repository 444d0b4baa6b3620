namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>A server, and which changes have been made on it.</summary>
internal sealed class ModelServer
{
    /// <summary>Two that the server carries out, and one that it rejects.</summary>
    public const int ItemsOfAction = 3;

    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private readonly ModelItem[] _items;
    private readonly TimeProvider _timeProvider;
    private (long Requests, DateTimeOffset Time) _observed;

    /// <summary>When the server carries out a change that it has accepted.</summary>
    public static readonly TimeSpan CompletionTime = TimeSpan.FromMinutes(5);

    public ModelServer(string name, TimeProvider timeProvider, int accepted)
    {
        _timeProvider = timeProvider;
        Sandbox = new SandboxHandler(new SandboxOptions
        {
            InstanceId = name,
            TimeProvider = timeProvider,
            AccessTokenLifetime = TimeSpan.FromDays(36500),

            // The server then sends its time.
            ClockSkew = TimeSpan.FromSeconds(1),
            Faults = accepted == 0 ? null : new SandboxFaults
            {
                Rules =
                [
                    .. new[] { "revoke", "rotate", "create" }.Select(action => SandboxFaultRule.Parse(
                        $"credential/{action}:Accepted:times={accepted},completeafter={CompletionTime.TotalMinutes}min")),
                ],
            },
        });
        Token = Sandbox.IssueAccessToken();
        _items = CreateItems();
    }

    public SandboxHandler Sandbox { get; }

    public string Token { get; }

    public string Host => Sandbox.BaseAddress.Host;

    public IReadOnlyList<ModelItem> Items => _items;

    public ModelItem Find(ChangeAction action, int number) => _items[((int)action * ItemsOfAction) + number];

    /// <summary>Whether the change has been made at any time.</summary>
    public bool HasMade(ModelItem item)
    {
        lock (_made)
        {
            return _made.Contains(item.Key);
        }
    }

    /// <summary>Whether the server would carry out the change now.</summary>
    public bool WouldMake(ModelItem item)
    {
        if (item.Action == ChangeAction.Create)
        {
            return !Sandbox.GetState().Credentials.Any(
                other => !other.IsRevoked && other.Nickname == item.Nickname);
        }

        SandboxCredential now = Sandbox.FindCredential(item.Credential!.CredentialId)!;
        return !now.IsRevoked && !now.IsColleagues && !(now.IsBlocked && item.Action == ChangeAction.Revoke);
    }

    /// <summary>
    /// Whether there are several credentials with the nickname: the server accepts a second create before it has
    /// carried out the first. Which of them a process finds depends on what it knows of the first create.
    /// </summary>
    public bool HasSeveral(ModelItem item) => item.Action == ChangeAction.Create
        && Sandbox.GetState().Credentials.Count(other => !other.IsRevoked && other.Nickname == item.Nickname) > 1;

    public bool IsRevoked(ModelItem item) =>
        item.Credential is not null && Sandbox.FindCredential(item.Credential.CredentialId)!.IsRevoked;

    /// <summary>Remembers which changes have been made. Keys that were set disappear when they are revoked.</summary>
    public void Observe()
    {
        lock (_made)
        {
            ObserveCore();
        }
    }

    private void ObserveCore()
    {
        (long, DateTimeOffset) now = (Sandbox.RequestCount, _timeProvider.GetUtcNow());
        if (now == _observed)
        {
            return;
        }

        _observed = now;
        IReadOnlyList<SandboxCredential> all = Sandbox.GetState().Credentials;
        foreach (ModelItem item in _items.Where(item => !_made.Contains(item.Key)))
        {
            string fingerprint = item.Fingerprint;
            if (all.Any(shown => item.Action == ChangeAction.Create
                ? shown.Nickname == item.Nickname && shown.Fingerprint == fingerprint
                : shown.CredentialId == item.Credential!.CredentialId
                    && (item.Action == ChangeAction.Revoke ? shown.IsRevoked : shown.Fingerprint == fingerprint)))
            {
                _made.Add(item.Key);
            }
        }
    }

    private ModelItem[] CreateItems()
    {
        SandboxState state = Sandbox.GetState();
        SandboxCredential[] free =
            [.. state.Credentials.Where(static c => !c.IsRevoked && !c.IsColleagues && !c.IsBlocked).Take(2)];
        SandboxCredential blocked = state.FindByNickname(SandboxSeeds.BlockedNickname)!;
        SandboxCredential colleagues = state.FindByNickname(SandboxSeeds.ColleagueNickname)!;
        SandboxCredential?[][] credentials =
            [[.. free, blocked], [.. free, colleagues], [null, null, blocked]];
        return
        [
            .. credentials.SelectMany((row, action) => row.Select(
                (credential, number) => new ModelItem(Host, (ChangeAction)action, credential, number))),
        ];
    }
}
