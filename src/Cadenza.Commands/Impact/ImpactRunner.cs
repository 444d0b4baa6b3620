using System;
using System.Threading;
using Cadenza.Client;

namespace Cadenza.Commands.Impact;

/// <summary>Reads the trading accounts for a command.</summary>
internal static class ImpactRunner
{
    /// <summary>
    /// Reads the list of trading accounts. If it cannot be read completely, writes one warning, and every impact is
    /// unknown.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ImpactSource Load(CadenzaClient client, ICommandRuntime runtime, CancellationToken cancellationToken)
    {
        ImpactSource source = PipelineDispatcher.Run(
            runtime,
            (dispatcher, token) => ImpactSource.LoadAsync(client.ObservedBy(dispatcher), token),
            cancellationToken);
        if (source.UnknownBecause is not null)
        {
            runtime.WriteWarning(Messages.EffectIsUnknown(source.UnknownBecause));
        }

        return source;
    }
}
