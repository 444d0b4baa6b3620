namespace Cadenza.Client.Tests.Reliability;

/// <summary>An operation of the client, in the order of the table's results.</summary>
internal enum FaultOperation
{
    List,
    Rotate,
    Revoke,
    Create,
    Verify,
    Login,

    /// <summary>A revoke by a session that has ended by our clock.</summary>
    Refresh,

    /// <summary>
    /// The same, where only the server's 401 shows that the session has ended. Ends as <see cref="Refresh"/> does.
    /// </summary>
    RefreshAfter401,
}

/// <summary>One fault that the operation's endpoint has, once or always, and how the operation shall end.</summary>
internal sealed record FaultCase(string Fault, bool IsAlways, FaultOperation Operation, string Expected)
{
    public override string ToString() => $"{Operation} under {Fault} {(IsAlways ? "always" : "once")}";
}

/// <summary>
/// How every operation ends under every fault. Written down by hand from the promise and the retry table in
/// docs/reliability.md, where the same table stands for readers; never made from what the client does.
/// </summary>
internal static class FaultTable
{
    /// <summary>
    /// A line with the results of the operations, in the order of <see cref="FaultOperation"/>, is followed by the
    /// faults that have these results. A fault is a rule of the sandbox without its endpoint; <c>:after</c> is after
    /// the change. A result is that of a fault that occurs once, and then that of a fault that always occurs; one word
    /// if both are the same. A list is Complete, ends with an Error, or is Partial and ends with an Error.
    /// </summary>
    public const string Sandbox = """
        Complete | Done | Done | Done | Done | Done | Done
            Delay Delay:after WrongContentType
        Complete / Error | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / NotSent
            RateLimited RateLimited:retryafter=1 RateLimited:retryafter=1,retryafterasdate LockNotAcquired
            LockNotAcquired:retryafter=1
        Error | Rejected | Rejected | Rejected | Rejected | Rejected | NotSent
            RateLimited:retryafter=60
        Complete / Error | Done / Unknown | Done / Unknown | Unknown | Done / Unknown | Done / Unknown | NotSent
            ServerErrorJson ServerErrorHtml BadGatewayHtml BadGatewayEmpty ServiceUnavailableJson
            ServiceUnavailableJson:retryafter=1 ServiceUnavailableHtml GatewayTimeoutHtml GatewayTimeoutJson EmptyOk
            NoContent Garbage HtmlOk ResetBefore NeverAnswer
        Complete / Error | Done / Unknown | Done | Done | Done / Unknown | Done / Unknown | NotSent
            ServerErrorJson:after ServerErrorHtml:after BadGatewayHtml:after BadGatewayEmpty:after
            ServiceUnavailableJson:after ServiceUnavailableHtml:after ServiceUnavailableHtml:after,retryafter=1
            GatewayTimeoutHtml:after GatewayTimeoutJson:after EmptyOk:after NoContent:after Garbage:after HtmlOk:after
            ResetAfter NeverAnswer:after Drip
        Partial | Done / Unknown | Done | Done | Done / Unknown | Done / Unknown | NotSent
            TruncatedBody DropMidway
        Error | Unknown | Unknown | Unknown | Unknown | Unknown | NotSent
            Redirect
        Error | Unknown | Done | Done | Unknown | Unknown | NotSent
            Redirect:after
        """;

    /// <summary>
    /// What no HTTP server of good manners can be made to do: see <see cref="FaultPeer"/>. A dash is not tried.
    /// </summary>
    public const string Peer = """
        Error | NotSent | NotSent | NotSent | NotSent | NotSent | -
            ConnectionRefused UnknownHost
        Complete / Error | Done / Unknown | Done / Unknown | Unknown | Done / Unknown | Done / Unknown | NotSent
            HeaderFlood EndlessText EndlessSpace GzipBomb
        Complete / Error | Done / Unknown | Done | Done | Done / Unknown | Done / Unknown | NotSent
            HeaderFlood:after EndlessText:after EndlessSpace:after GzipBomb:after
        """;

    public static IEnumerable<FaultCase> Cases =>
        from row in Rows(Sandbox).Concat(Rows(Peer))
        from operation in Enum.GetValues<FaultOperation>()
        let cell = row.Cells[Math.Min((int)operation, (int)FaultOperation.Refresh)]
        where cell != "-"
        from isAlways in new[] { false, true }
        select new FaultCase(row.Fault, isAlways, operation, cell.Split(" / ")[isAlways ? ^1 : 0]);

    /// <summary>The faults of a table, each with what comes of it.</summary>
    public static IEnumerable<(string Fault, string[] Cells)> Rows(string table)
    {
        string[] cells = [];
        foreach (string line in table.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Contains('|'))
            {
                cells = line.Split('|', StringSplitOptions.TrimEntries);
                continue;
            }

            foreach (string fault in line.Split(' '))
            {
                yield return (fault, cells);
            }
        }
    }
}
