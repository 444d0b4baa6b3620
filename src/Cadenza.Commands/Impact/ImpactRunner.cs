using System;
using System.Threading;
using Cadenza.Client;

namespace Cadenza.Commands.Impact;

/// <summary>Has the trading accounts listed for a command, once, and says where they are not known.</summary>
public static class ImpactRunner
{
    /// <summary>Lists the accounts. A list that fails or has gaps is one warning, and every impact is then unknown.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ImpactSource Load(CadenzaClient client, ICommandRuntime runtime, CancellationToken cancellationToken)
    {
        ImpactSource source = PipelineDispatcher.Run(runtime, (dispatcher, token) => ImpactSource.LoadAsync(client.ObservedBy(dispatcher), token), cancellationToken);
        if (source.UnknownBecause is not null)
        {
            runtime.WriteWarning("The trading accounts are not known, so neither is what a revoke would do: " + source.UnknownBecause);
        }

        return source;
    }
}
