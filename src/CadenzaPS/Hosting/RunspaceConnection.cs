using System;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Cadenza.Client;

namespace CadenzaPS.Hosting;

/// <summary>The connection of the current runspace. Two runspaces never see each other's.</summary>
internal static class RunspaceConnection
{
    private static readonly ConditionalWeakTable<Runspace, Slot> Slots = new();

    /// <summary>The connection that Connect-Cadenza made here, or null.</summary>
    public static CadenzaConnection? Explicit
    {
        get => Current.Explicit;
        set => Current.Explicit = value;
    }

    private static Slot Current => Slots.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The connection made here, else one by environment variables, else the error that says how to get one.</summary>
    public static (CadenzaConnection? Connection, CadenzaErrorReport? Error) Find()
    {
        if (Explicit is CadenzaConnection { IsClosed: false } made)
        {
            return (made, null);
        }

        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(ConnectionPlan.AccessTokenVariable)))
        {
            return (null, ErrorCatalog.ForInput(CadenzaErrorKind.NotConnected, "Not connected to Cadenza."));
        }

        (ConnectionPlan? plan, CadenzaErrorReport? error) = new ConnectionInput().ToPlan(Environment.GetEnvironmentVariable);
        return plan is null ? (null, error) : (Current.FindOrOpen(plan), null);
    }

    /// <summary>Forgets and closes what belongs to this runspace.</summary>
    public static void Clear() => Current.Clear();

    private sealed class Slot
    {
        private CadenzaConnection? _implicit;
        private ConnectionPlan? _implicitPlan;

        public CadenzaConnection? Explicit { get; set; }

        /// <summary>Keeps the connection, and with it the open sockets, for as long as the variables stay the same.</summary>
        public CadenzaConnection FindOrOpen(ConnectionPlan plan)
        {
            bool isSame = _implicitPlan is not null && _implicitPlan.BaseUri == plan.BaseUri
                && SecretText.AreEqual(_implicitPlan.AccessToken!, plan.AccessToken!);
            if (_implicit is null || !isSame)
            {
                _implicit?.Dispose();
                _implicit = CadenzaConnection.OpenUnchecked(plan);
                _implicitPlan = plan;
            }

            return _implicit;
        }

        public void Clear()
        {
            Explicit?.Dispose();
            Explicit = null;
            _implicit?.Dispose();
            _implicit = null;
        }
    }
}
