using System;
using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>The statuses of trading accounts, in one table. A server may send others.</summary>
public static class TradingAccountStatus
{
    private static readonly HashSet<string> Idle = new(StringComparer.OrdinalIgnoreCase)
    {
        "NEW", "CREATED", "INACTIVE", "DISCONNECTED", "UNAVAILABLE",
    };

    /// <summary>Whether the status says that the account is not active. One that is not known may be active.</summary>
    public static bool IsIdle(string? status) => Idle.Contains(status ?? "");
}
