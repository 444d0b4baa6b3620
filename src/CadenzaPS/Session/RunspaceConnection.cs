using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Cadenza.Client.Errors;
using Cadenza.Client.Security;
using Cadenza.Commands;
using Cadenza.Commands.Connections;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Session;

/// <summary>The connection of the current runspace. Runspaces do not share connections.</summary>
internal static class RunspaceConnection
{
    private static readonly ConditionalWeakTable<Runspace, Slot> Slots = new();

    /// <summary>
    /// The connection that Connect-Cadenza opened, or null. Once it was set, even to null, environment variables are
    /// ignored: after a failed or closed connection, the next command must not use another server.
    /// </summary>
    public static CadenzaConnection? Explicit
    {
        get => Current.Explicit;
        set
        {
            Current.Explicit = value;
            Current.IsExplicit = true;
            Current.IsBorrowed = false;
        }
    }

    /// <summary>
    /// Makes an open connection the default. A connection of another runspace is not closed with this one.
    /// </summary>
    public static void SetDefault(CadenzaConnection connection)
    {
        Explicit = connection;
        Current.IsBorrowed = !Current.Named.Contains(connection);
    }

    /// <summary>
    /// The connection in use, from Connect-Cadenza or from environment variables; null if there is none.
    /// </summary>
    public static CadenzaConnection? Existing => Current.IsExplicit ? Current.Explicit : Current.Implicit;

    private static Slot Current => Slots.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The open connections that have a name.</summary>
    public static IReadOnlyList<CadenzaConnection> Named => [.. Current.Named.Where(static c => !c.IsClosed)];

    /// <summary>The names of the open connections.</summary>
    public static IReadOnlyList<string> Names => [.. Named.Select(static c => c.Name!)];

    /// <summary>Finds the open connection with a name; null if there is none.</summary>
    public static CadenzaConnection? FindNamed(string name) =>
        Named.FirstOrDefault(c => name.Equals(c.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Registers a new connection by its name and replaces a connection with the same name.</summary>
    public static void Remember(CadenzaConnection connection)
    {
        Current.Named.RemoveAll(
            c => c.IsClosed || string.Equals(c.Name, connection.Name, StringComparison.OrdinalIgnoreCase));
        if (connection.Name is not null)
        {
            Current.Named.Add(connection);
        }
    }

    /// <summary>
    /// Returns the specified connection, or else the connection of the runspace. Ends the command if there is none.
    /// </summary>
    public static CadenzaConnection Select(CadenzaConnection? specified, ICommandRuntime runtime)
    {
        (CadenzaConnection? connection, CadenzaErrorReport? error) = specified switch
        {
            null => Find(),
            _ when FindFault(specified) is CadenzaErrorReport unusable => (null, unusable),
            { IsClosed: true } => (null, ErrorCatalog.ForInput(
                CadenzaErrorKind.NotConnected, InputMessages.ClosedConnection(specified))),
            _ => (specified, null),
        };
        if (error is not null)
        {
            runtime.WriteError(error);
        }

        ConnectionRunner.WarnIfTokenEnds(connection!, runtime, InputMessages.RenewableConnection);
        return connection!;
    }

    /// <summary>Returns the error of an argument that is not a connection, or null.</summary>
    public static CadenzaErrorReport? FindFault(CadenzaConnection? specified) =>
        UnusableArgument.Find(specified) is UnusableArgument unusable
            ? ErrorCatalog.ForInput(
                CadenzaErrorKind.InvalidParameter, InputMessages.UnusableConnection(unusable.TypeDescription))
            : null;

    /// <summary>
    /// Returns the connection of Connect-Cadenza, or else one from environment variables, or else an error.
    /// </summary>
    public static (CadenzaConnection? Connection, CadenzaErrorReport? Error) Find()
    {
        if (Explicit is CadenzaConnection { IsClosed: false } made)
        {
            return (made, null);
        }

        if (Current.IsExplicit)
        {
            return (null, ErrorCatalog.ForInput(
                CadenzaErrorKind.NotConnected, InputMessages.ConnectionEnded));
        }

        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(ConnectionPlan.AccessTokenVariable)))
        {
            return (null, ErrorCatalog.ForInput(CadenzaErrorKind.NotConnected, InputMessages.NotConnected));
        }

        (ConnectionPlan? plan, CadenzaErrorReport? error) =
            new ConnectionInput { RequestLog = RunspaceRequests.Current }.ToPlan(Environment.GetEnvironmentVariable);
        return plan is null ? (null, error) : (Current.FindOrOpen(plan), null);
    }

    /// <summary>Closes and removes all connections of this runspace.</summary>
    public static void Clear() => Current.Clear();

    private sealed class Slot
    {
        private ConnectionPlan? _implicitPlan;

        public CadenzaConnection? Explicit { get; set; }

        public bool IsExplicit { get; set; }

        public bool IsBorrowed { get; set; }

        public List<CadenzaConnection> Named { get; } = [];

        public CadenzaConnection? Implicit { get; private set; }

        /// <summary>Reuses the connection and its sockets as long as the environment variables stay the same.</summary>
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
            if (!IsBorrowed)
            {
                Explicit?.Dispose();
            }

            Explicit = null;
            Implicit?.Dispose();
            Implicit = null;
            IsExplicit = false;
        }
    }
}
