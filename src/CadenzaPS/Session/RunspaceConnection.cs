using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Cadenza.Client.Errors;
using Cadenza.Client.Security;
using Cadenza.Commands;
using Cadenza.Commands.Connections;

namespace CadenzaPS.Session;

/// <summary>The connection of the current runspace. Two runspaces never see each other's.</summary>
internal static class RunspaceConnection
{
    private static readonly ConditionalWeakTable<Runspace, Slot> Slots = new();

    /// <summary>
    /// The connection that Connect-Cadenza made here, or null. Once it was set, be it to null, the environment variables are out of play:
    /// after a failed or a closed connection the next command must not go somewhere else.
    /// </summary>
    public static CadenzaConnection? Explicit
    {
        get => Current.Explicit;
        set
        {
            Current.Explicit = value;
            Current.IsExplicit = true;
        }
    }

    /// <summary>The connection that is in use here, however it came about; null where there is none.</summary>
    public static CadenzaConnection? Existing => Current.IsExplicit ? Current.Explicit : Current.Implicit;

    private static Slot Current => Slots.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The connections made here with a name, without those that were closed.</summary>
    public static IReadOnlyList<CadenzaConnection> Named => Current.Named.Where(static c => !c.IsClosed).ToArray();

    /// <summary>The connection of this name, or null.</summary>
    public static CadenzaConnection? FindNamed(string name) =>
        Named.FirstOrDefault(c => name.Equals(c.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes a new connection known by its name, in place of one of the same name.</summary>
    public static void Remember(CadenzaConnection connection)
    {
        Current.Named.RemoveAll(c => c.IsClosed || string.Equals(c.Name, connection.Name, StringComparison.OrdinalIgnoreCase));
        if (connection.Name is not null)
        {
            Current.Named.Add(connection);
        }
    }

    /// <summary>The connection made here, else one by environment variables, else the error that says how to get one.</summary>
    public static (CadenzaConnection? Connection, CadenzaErrorReport? Error) Find()
    {
        if (Explicit is CadenzaConnection { IsClosed: false } made)
        {
            return (made, null);
        }

        if (Current.IsExplicit)
        {
            return (null, ErrorCatalog.ForInput(
                CadenzaErrorKind.NotConnected, "Not connected to Cadenza: the last Connect-Cadenza failed, or the connection was closed."));
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
        private ConnectionPlan? _implicitPlan;

        public CadenzaConnection? Explicit { get; set; }

        public bool IsExplicit { get; set; }

        public List<CadenzaConnection> Named { get; } = [];

        public CadenzaConnection? Implicit { get; private set; }

        /// <summary>Keeps the connection, and with it the open sockets, for as long as the variables stay the same.</summary>
        public CadenzaConnection FindOrOpen(ConnectionPlan plan)
        {
            bool isSame = _implicitPlan is not null && _implicitPlan.BaseUri == plan.BaseUri
                && SecretText.AreEqual(_implicitPlan.AccessToken!, plan.AccessToken!);
            if (Implicit is null || !isSame)
            {
                Implicit?.Dispose();
                Implicit = CadenzaConnection.OpenUnchecked(plan);
                _implicitPlan = plan;
            }

            return Implicit;
        }

        public void Clear()
        {
            Named.ForEach(static c => c.Dispose());
            Named.Clear();
            Explicit?.Dispose();
            Explicit = null;
            Implicit?.Dispose();
            Implicit = null;
            IsExplicit = false;
        }
    }
}
