namespace Cadenza.Client.Tests.Reliability;

/// <summary>What is asked of the client; in the order of the table's columns.</summary>
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
    /// A fault is a rule of the sandbox without its endpoint; <c>:after</c> is after the change. A cell is what comes
    /// of a fault that happens once, then of one that stays; one word where that is the same. A list is Complete, ends
    /// in an Error, or is Partial and ends in one.
    /// </summary>
    public const string Sandbox = """
        | fault                                           | list             | rotate          | revoke          | create          | verify          | login           | refresh         |
        | Delay                                           | Complete         | Done            | Done            | Done            | Done            | Done            | Done            |
        | Delay:after                                     | Complete         | Done            | Done            | Done            | Done            | Done            | Done            |
        | WrongContentType                                | Complete         | Done            | Done            | Done            | Done            | Done            | Done            |
        | RateLimited                                     | Complete / Error | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / NotSent  |
        | RateLimited:retryafter=1                        | Complete / Error | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / NotSent  |
        | RateLimited:retryafter=1,retryafterasdate       | Complete / Error | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / NotSent  |
        | RateLimited:retryafter=60                       | Error            | Rejected        | Rejected        | Rejected        | Rejected        | Rejected        | NotSent         |
        | LockNotAcquired                                 | Complete / Error | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / NotSent  |
        | LockNotAcquired:retryafter=1                    | Complete / Error | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / Rejected | Done / NotSent  |
        | ServerErrorJson                                 | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | ServerErrorJson:after                           | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | ServerErrorHtml                                 | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | ServerErrorHtml:after                           | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | BadGatewayHtml                                  | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | BadGatewayHtml:after                            | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | BadGatewayEmpty                                 | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | BadGatewayEmpty:after                           | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | ServiceUnavailableJson                          | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | ServiceUnavailableJson:after                    | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | ServiceUnavailableJson:retryafter=1             | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | ServiceUnavailableHtml                          | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | ServiceUnavailableHtml:after                    | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | ServiceUnavailableHtml:after,retryafter=1       | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | GatewayTimeoutHtml                              | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | GatewayTimeoutHtml:after                        | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | GatewayTimeoutJson                              | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | GatewayTimeoutJson:after                        | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | EmptyOk                                         | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | EmptyOk:after                                   | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | NoContent                                       | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | NoContent:after                                 | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | Garbage                                         | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | Garbage:after                                   | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | HtmlOk                                          | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | HtmlOk:after                                    | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | ResetBefore                                     | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | ResetAfter                                      | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | NeverAnswer                                     | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | NeverAnswer:after                               | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | Drip                                            | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | TruncatedBody                                   | Partial          | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | DropMidway                                      | Partial          | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | Redirect                                        | Error            | Unknown         | Unknown         | Unknown         | Unknown         | Unknown         | NotSent         |
        | Redirect:after                                  | Error            | Unknown         | Done            | Done            | Unknown         | Unknown         | NotSent         |
        """;

    /// <summary>
    /// What no HTTP server of good manners can be made to do: see <see cref="FaultPeer"/>. A dash is not tried.
    /// </summary>
    public const string Peer = """
        | fault                                           | list             | rotate          | revoke          | create          | verify          | login           | refresh         |
        | ConnectionRefused                               | Error            | NotSent         | NotSent         | NotSent         | NotSent         | NotSent         | -               |
        | UnknownHost                                     | Error            | NotSent         | NotSent         | NotSent         | NotSent         | NotSent         | -               |
        | HeaderFlood                                     | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | HeaderFlood:after                               | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | EndlessText                                     | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | EndlessText:after                               | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | EndlessSpace                                    | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | EndlessSpace:after                              | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        | GzipBomb                                        | Complete / Error | Done / Unknown  | Done / Unknown  | Unknown         | Done / Unknown  | Done / Unknown  | NotSent         |
        | GzipBomb:after                                  | Complete / Error | Done / Unknown  | Done            | Done            | Done / Unknown  | Done / Unknown  | NotSent         |
        """;

    public static IEnumerable<FaultCase> Cases =>
        from row in Rows(Sandbox).Concat(Rows(Peer))
        from operation in Enum.GetValues<FaultOperation>()
        let cell = row.Cells[Math.Min((int)operation, (int)FaultOperation.Refresh)]
        where cell != "-"
        from isAlways in new[] { false, true }
        select new FaultCase(row.Fault, isAlways, operation, cell.Split(" / ")[isAlways ? ^1 : 0]);

    /// <summary>The rows of a table, here or in a Markdown page.</summary>
    public static IEnumerable<(string Fault, string[] Cells)> Rows(string table) =>
        from line in table.Split('\n')
        let cells = line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray()
        where cells.Length == 8 && cells[0] != "fault" && cells[0].Trim('-').Length > 0
        select (cells[0], cells[1..]);
}
