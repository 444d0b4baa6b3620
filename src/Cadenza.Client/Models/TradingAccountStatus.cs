using System;
using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>The known statuses of trading accounts. A server may send others.</summary>
internal static class TradingAccountStatus
{
    private static readonly HashSet<string> Idle = new(StringComparer.OrdinalIgnoreCase)
    {
        "NEW", "CREATED", "INACTIVE", "LOCKED", "DISCONNECTED", Unavailable,
    };

    /// <summary>The status of an account that cannot be reached.</summary>
    public const string Unavailable = "UNAVAILABLE";

    /// <summary>Whether the account cannot be reached.</summary>
    public static bool IsUnavailable(string? status) =>
        string.Equals(status, Unavailable, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the account is not active. An account with an unknown status counts as active.</summary>
    public static bool IsIdle(string? status) => Idle.Contains(status ?? "");
}
