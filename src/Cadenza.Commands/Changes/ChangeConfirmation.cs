using System;
using System.Threading;
using Cadenza.Client;
using Cadenza.Client.Http;
using Cadenza.Client.Operations;
using Cadenza.Client.Text;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Impact;

namespace Cadenza.Commands.Changes;

/// <summary>Asks for confirmation of each change. A prompt that is shown names the affected trading accounts.</summary>
internal sealed class ChangeConfirmation(
    CadenzaConnection connection,
    CadenzaClient client,
    ICommandRuntime runtime,
    TimeProvider promptTime,
    CancellationToken cancellationToken)
{
    /// <summary>If the response to a prompt takes longer than this, a person gave it.</summary>
    private static readonly TimeSpan MinResponseTimeOfPerson = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a prompt waits for the list of trading accounts.</summary>
    private static readonly TimeSpan MaxImpactWait = TimeSpan.FromSeconds(10);

    private ImpactSource? _impacts;
    private (string? User, string? Text) _action;

    /// <summary>Whether a person gave the last answer. A person needs the outcome before the next prompt.</summary>
    public bool IsAnsweredByPerson { get; private set; }

    /// <summary>Asks for confirmation. Returns false if the change was declined, or under -WhatIf.</summary>
    public bool Confirm(ChangeRequest request)
    {
        string target = request.DisplayName;
        if (request.DisconnectsAccounts && runtime.ShowsQuestions)
        {
            _impacts ??= LoadImpacts();
            target = _impacts.Of(request.Existing!.Value).ToString();
        }

        long asked = promptTime.GetTimestamp();
        bool isConfirmed = runtime.ShouldProcess(target, Describe(request.Kind));
        IsAnsweredByPerson = promptTime.GetElapsedTime(asked) > MinResponseTimeOfPerson;
        if (isConfirmed && connection.TryStartProductionWarning())
        {
            runtime.WriteWarning(Messages.Production(connection.Host));
        }

        return isConfirmed;
    }

    /// <summary>
    /// The action with the connection, such as "Revoke permanently in Production (connection 'prod', user ops@firm)".
    /// </summary>
    private string Describe(ChangeKind kind)
    {
        if (_action.Text is null || _action.User != connection.User)
        {
            _action = (connection.User, DescribeWith(kind, connection.User));
        }

        return _action.Text;
    }

    private string DescribeWith(ChangeKind kind, string? signedIn)
    {
        string place = connection.Environment switch
        {
            "Sandbox" => "in the sandbox",
            "Custom" => $"at {connection.Server}",
            string environment => "in " + environment,
        };
        string[] details =
        [
            .. connection.Name is string name ? [$"connection {DisplayName.Quote(name)}"] : Array.Empty<string>(),
            .. signedIn is string user ? [$"user {TextSanitizer.Sanitize(user)}"] : Array.Empty<string>(),
        ];
        return details.Length == 0
            ? $"{kind.Action} {place}"
            : $"{kind.Action} {place} ({string.Join(", ", details)})";
    }

    private ImpactSource LoadImpacts()
    {
        using var deadline = new Deadline(connection.TimeProvider, MaxImpactWait, cancellationToken);
        try
        {
            return PipelineDispatcher.Run(
                runtime,
                (dispatcher, token) => ImpactSource.LoadAsync(client.ObservedBy(dispatcher), token),
                deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ImpactSource.Unknown(Messages.ListTooSlow(MaxImpactWait));
        }
    }
}
