using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Running;

namespace Cadenza.Client;

/// <summary>One credential that a changing command was given.</summary>
/// <param name="CredentialId">Its id, as given: not yet checked.</param>
/// <param name="Venue">Its venue, if the input told it.</param>
/// <param name="Nickname">Its nickname, if the input told it.</param>
/// <param name="Origin">What is said of an item that has no id, such as "pipeline item 7 (System.DateTime)".</param>
public readonly record struct ChangeItem(string? CredentialId, string? Venue = null, string? Nickname = null, string? Origin = null);

/// <summary>
/// What all changing commands share: check the item, ask, send, and give out exactly one thing for it, the changed credential or one
/// error that tells whether it was changed. Nothing at all only where the answer to the question was no. Several items are in flight at
/// a time, never two about the same credential; their outcomes come in the order they finish.
/// </summary>
public sealed class ChangeRunner : IDisposable
{
    /// <summary>An answer that takes longer was given by a person.</summary>
    private static readonly TimeSpan Thoughtful = TimeSpan.FromMilliseconds(100);

    /// <summary>How long changes may go on after the caller's pipeline ended: breaking them off would leave them in the dark.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CadenzaConnection _connection;
    private readonly ICommandHost _host;
    private readonly ChangeWords _words;
    private readonly int _throttleLimit;
    private readonly CallerPump _pump;
    private readonly CadenzaClient _client;
    private readonly Dictionary<string, Flight> _inFlight = new(StringComparer.OrdinalIgnoreCase);
    private CadenzaErrorReport? _ending;
    private bool _isAnsweredByPerson;

    /// <summary>A runner for one command.</summary>
    /// <param name="connection">Where the changes are made.</param>
    /// <param name="host">The caller's side.</param>
    /// <param name="words">How the change is spoken of.</param>
    /// <param name="throttleLimit">How many changes may be in flight; with 1 the outcomes come in the order of the items.</param>
    /// <param name="cancellationToken">Ends the requests in flight; their outcome is then unknown.</param>
    public ChangeRunner(
        CadenzaConnection connection, ICommandHost host, ChangeWords words, int throttleLimit = Throttle.Default, CancellationToken cancellationToken = default)
    {
        _connection = connection;
        _host = host;
        _words = words;
        _throttleLimit = throttleLimit;
        _pump = new CallerPump(host, cancellationToken) { Patience = Patience };
        _client = connection.GetClient().ObservedBy(_pump);
    }

    /// <summary>Takes one item; its outcome may come with a later one or with <see cref="Complete"/>.</summary>
    /// <param name="item">The item.</param>
    /// <param name="change">Sends the change for a checked id.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Process(ChangeItem item, Func<CadenzaClient, string, CancellationToken, Task<CadenzaCredential>> change)
    {
        if (CredentialId.FindFault(item.CredentialId) is string fault)
        {
            string reason = item.CredentialId is null ? "it has no CredentialId." : $"the CredentialId {fault}.";
            Refuse(ErrorCatalog.ForChangeInput(_words, CadenzaErrorKind.InvalidCredentialId, item, reason));
            return;
        }

        string id = item.CredentialId!;
        AskAndStart(new Change(CredentialName.Format(item.Venue, item.Nickname, id), id, id, token => change(_client, id, token)));
    }

    /// <summary>Takes one credential that is to be created.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Create(NewCredential wanted) => AskAndStart(new Change(
        wanted.ToString(),
        wanted.Nickname ?? wanted.Venue,

        // Two of one name must not be looked for at the same time. Nameless ones are never looked for.
        string.IsNullOrEmpty(wanted.Nickname) ? null : $"{wanted.Venue}\n{wanted.Nickname}",
        token => _client.CreateCredentialAsync(wanted, token)));

    /// <summary>Gives out the error of an item that was found wanting before it came here, in its turn.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Refuse(CadenzaErrorReport error)
    {
        Fail(error);
        EndIfFailed();
    }

    /// <summary>Gives out what is still awaited.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Complete()
    {
        _pump.Drain();
        EndIfFailed();
    }

    /// <summary>What became of the items that were in flight when the caller's pipeline ended, so that nobody was told: a sentence each.</summary>
    public IReadOnlyList<string> TakeUnsaid()
    {
        lock (_inFlight)
        {
            string[] sentences = [.. _inFlight.Values.Select(flight => flight.Fate ?? $"{flight.Name} may or may not have been {_words.Done}.")];
            _inFlight.Clear();
            return sentences;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _pump.Dispose();

    private void AskAndStart(Change change)
    {
        // Whoever answers questions wants to see what came of the last answer first.
        _pump.WaitForRoom(_isAnsweredByPerson ? 1 : _throttleLimit);
        EndIfFailed();
        if (!Ask(change.Name))
        {
            return;
        }

        if (_connection.TakeProductionWarning())
        {
            _host.Warn($"This changes credentials in Production ({_connection.Host}). The warning is given once for each connection.");
        }

        var flight = new Flight(change.Name);
        string key = change.Key ?? Guid.NewGuid().ToString();
        _pump.WaitUntil(() => !IsInFlight(key));
        EndIfFailed();
        lock (_inFlight)
        {
            _inFlight[key] = flight;
        }

        _pump.Start(token => SendAsync(change, flight, key, token));
        if (_throttleLimit == 1)
        {
            _pump.Drain();
            EndIfFailed();
        }
    }

    private bool Ask(string name)
    {
        long began = Stopwatch.GetTimestamp();
        bool answer = _host.Ask(name, _words.ActionIn(_connection));
        _isAnsweredByPerson = (Stopwatch.GetTimestamp() - began) / (double)Stopwatch.Frequency > Thoughtful.TotalSeconds;
        return answer;
    }

    private async Task<Action?> SendAsync(Change change, Flight flight, string key, CancellationToken cancellationToken)
    {
        Action outcome;
        try
        {
            CadenzaCredential changed = await change.SendAsync(cancellationToken).ConfigureAwait(false);
            outcome = () => _host.Write(changed);
            flight.Fate = $"{change.Name} was {_words.Done}.";
        }
        catch (CadenzaApiException e)
        {
            CadenzaErrorReport error = ErrorCatalog.ForChange(_words, change.Target, change.Name, e);
            outcome = () => Fail(error);
            flight.Fate = error.Message;
        }

        return () =>
        {
            lock (_inFlight)
            {
                _inFlight.Remove(key);
            }

            outcome();
        };
    }

    private bool IsInFlight(string key)
    {
        lock (_inFlight)
        {
            return _inFlight.ContainsKey(key);
        }
    }

    /// <summary>An error that ends the command waits until everything in flight has told its outcome.</summary>
    private void Fail(CadenzaErrorReport error)
    {
        if (!error.FailsEveryItem && !_host.StopsAtFirstError)
        {
            _host.Error(error);
        }
        else if (_ending is null)
        {
            _ending = error;
        }
        else if (_host.StopsAtFirstError)
        {
            // There can be one error only, and it is not this one.
            _host.Warn(error.Message);
        }
        else
        {
            _host.Error(error.ForOneItem());
        }
    }

    private void EndIfFailed()
    {
        if (_ending is null)
        {
            return;
        }

        _pump.Drain();
        CadenzaErrorReport error = _ending;
        _ending = null;
        _host.Error(error);
    }

    /// <summary>A change that is on its way.</summary>
    private sealed class Flight(string name)
    {
        /// <summary>What is changed, in words.</summary>
        public string Name { get; } = name;

        /// <summary>What became of it, as a sentence; null as long as nobody knows.</summary>
        public string? Fate { get; set; }
    }

    /// <summary>A change that is to be made.</summary>
    /// <param name="Name">What is changed, in words.</param>
    /// <param name="Target">What its error is about.</param>
    /// <param name="Key">Changes with the same key wait for each other; null where it waits for none.</param>
    /// <param name="SendAsync">Makes it.</param>
    private sealed record Change(string Name, string Target, string? Key, Func<CancellationToken, Task<CadenzaCredential>> SendAsync);
}
