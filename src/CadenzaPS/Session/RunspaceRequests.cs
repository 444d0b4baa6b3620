using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Cadenza.Client.Http;

namespace CadenzaPS.Session;

/// <summary>The last requests of the connections that the current runspace opened.</summary>
internal static class RunspaceRequests
{
    private static readonly ConditionalWeakTable<Runspace, RequestLog> Logs = new();

    /// <summary>The log of the current runspace.</summary>
    public static RequestLog Current => Logs.GetValue(Runspace.DefaultRunspace, static _ => new RequestLog());
}
