using System;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Http;

/// <summary>Runs functions on the thread of a command, such as the pipeline thread of PowerShell.</summary>
internal interface ICallerThread
{
    /// <summary>Runs a function when the command waits. Can be called on any other thread.</summary>
    Task<T> RunAsync<T>(Func<T> function, CancellationToken cancellationToken);
}
