using System;
using System.Diagnostics;
using System.Threading;
using Cadenza.Client;
using Cadenza.Client.Operations;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Impact;

namespace Cadenza.Commands.Changes;

/// <summary>Asks for confirmation of each change, with what it does to trading accounts where that is shown to somebody.</summary>
internal sealed class ChangeConfirmation(
    CadenzaConnection connection, CadenzaClient client, ICommandRuntime runtime, CancellationToken cancellationToken)
{
    /// <summary>An answer that takes longer was given by a person.</summary>
    private static readonly TimeSpan MinTimeOfPerson = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the list of trading accounts may delay a question.</summary>
    private static readonly TimeSpan MaxImpactWait = TimeSpan.FromSeconds(10);

    private ImpactSource? _impacts;

    /// <summary>Whether a person gave the last answer. They want to see the outcome before the next question.</summary>
    public bool IsAnsweredByPerson { get; private set; }

    /// <summary>Asks; false also under -WhatIf.</summary>
    public bool Confirm(ChangeRequest request)
    {
        string target = request.DisplayName;
        if (request.DisconnectsAccounts && runtime.ShowsQuestions)
        {
            _impacts ??= LoadImpacts();
            target = _impacts.Of(request.CredentialId!, request.Venue, request.Nickname).ToString();
        }

        long began = Stopwatch.GetTimestamp();
        bool isConfirmed = runtime.ShouldProcess(target, Describe(request.Kind));
        IsAnsweredByPerson = (Stopwatch.GetTimestamp() - began) / (double)Stopwatch.Frequency > MinTimeOfPerson.TotalSeconds;
        if (isConfirmed && connection.TakeProductionWarning())
        {
            runtime.WriteWarning($"This changes credentials in Production ({connection.Host}). The warning is given once for each connection.");
        }

        return isConfirmed;
    }

    /// <summary>The action with where it is done, since a mistake there is the worst: "Revoke for good in Production (host)".</summary>
    private string Describe(ChangeKind kind) => connection.Environment switch
    {
        "Sandbox" => kind.Action + " in the sandbox",
        "Custom" => $"{kind.Action} at {connection.Host}",
        string environment => $"{kind.Action} in {environment} ({connection.Host})",
    };

    private ImpactSource LoadImpacts()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(MaxImpactWait);
        try
        {
            return PipelineDispatcher.Run(
                runtime, (dispatcher, token) => ImpactSource.LoadAsync(client.ObservedBy(dispatcher), token), deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ImpactSource.Unknown(FormattableString.Invariant($"the server did not list them within {MaxImpactWait.TotalSeconds:0} s"));
        }
    }
}
