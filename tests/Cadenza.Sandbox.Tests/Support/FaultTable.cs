using static Cadenza.Sandbox.SandboxFaultKind;

namespace Cadenza.Sandbox.Tests.Support;

/// <summary>Every kind, before and after the change, as a client of revoke sees it. The columns: takes effect, what is
/// seen, status, media type, errno.</summary>
public static class FaultTable
{
    private const string Json = "application/json";
    private const string Html = "text/html";

    /// <summary>These leave a revoke and its answer as they are, or only slow.</summary>
    private static readonly SandboxFaultKind[] Harmless =
    [
        Delay, Drip, OtherStatus, OtherObject, OtherUser, ClockBehind, StrictMembers, StrictTypes, AccountsLocked,
        CursorPages, OffsetPages, UnfilteredPages, EmptyPages, RowsVanish, RowsAppear, RowsMove, UnreadableData,
        OffsetPagesWithoutTotal, RequestLimit,
    ];

    /// <summary>One row gives two cases; a kind that leaves the choice takes effect in the second one only.</summary>
    public static readonly IReadOnlyList<FaultCase> Cases =
    [
        .. Harmless.SelectMany(static kind => Always(kind, true, Seen.Answer, 200, Json, 0)),
        .. Always(RateLimited, false, Seen.Answer, 429, Json, -18011),
        .. Always(LockNotAcquired, false, Seen.Answer, 503, Json, -22014),
        .. Either(ServerErrorJson, Seen.Answer, 500, Json, -22000),
        .. Either(ServerErrorHtml, Seen.Answer, 500, Html, null),
        .. Either(BadGatewayHtml, Seen.Answer, 502, Html, null),
        .. Either(BadGatewayEmpty, Seen.Answer, 502, null, null),
        .. Either(ServiceUnavailableJson, Seen.Answer, 503, Json, -19006),
        .. Either(ServiceUnavailableHtml, Seen.Answer, 503, Html, null),
        .. Either(GatewayTimeoutHtml, Seen.Answer, 504, Html, null),
        .. Either(GatewayTimeoutJson, Seen.Answer, 504, Json, -18015),
        .. Either(EmptyOk, Seen.Answer, 200, Json, null),
        .. Either(NoContent, Seen.Answer, 204, null, null),
        .. Always(TruncatedBody, true, Seen.HalfThenError, 200, Json, null),
        .. Either(Garbage, Seen.Answer, 200, Json, null),
        .. Always(WrongContentType, true, Seen.Answer, 200, "text/plain", 0),
        .. Either(HtmlOk, Seen.Answer, 200, Html, null),
        .. Either(Redirect, Seen.Answer, 302, Html, null),
        .. Always(ResetBefore, false, Seen.Nothing, 0, null, null),
        .. Always(ResetAfter, true, Seen.Nothing, 0, null, null),
        .. Either(NeverAnswer, Seen.Silence, 0, null, null),
        .. Always(DropMidway, true, Seen.HalfThenSilence, 200, Json, null),
        .. Always(RefusedStream, false, Seen.Nothing, 0, null, null),
        .. Always(ForbiddenHtml, false, Seen.Answer, 403, Html, null),
        .. Always(UnauthorizedHtml, false, Seen.Answer, 401, Html, null),
        .. Always(LegalReasonsHtml, false, Seen.Answer, 451, Html, null),
        .. Always(ProxyAuthenticationHtml, false, Seen.Answer, 407, Html, null),
        .. Always(Unauthorized, false, Seen.Answer, 401, Json, -19002),
        .. Always(TokenExpired, false, Seen.Answer, 401, Json, -19002),
        .. Always(LoginRateLimited, false, Seen.Answer, 429, Json, -26029),
        .. Always(LockConflict, false, Seen.Answer, 409, Json, -22014),
        .. Always(RateConflict, false, Seen.Answer, 409, Json, -18011),
        .. Always(InUseConflict, false, Seen.Answer, 409, Json, -22017),
        .. Always(EchoSecret, false, Seen.Answer, 400, Json, -22015),
        .. Either(Accepted, Seen.Answer, 202, Json, 0),
        .. Either(Unfinished, Seen.Answer, 200, Json, 0),
        .. Either(QueuedNote, Seen.Answer, 200, Json, 0),
        .. Either(CreatedNull, Seen.Answer, 201, Json, 0),
        .. Either(FractionalErrno, Seen.Answer, 200, Json, FaultCase.UnusableErrno),
        .. Either(HugeErrno, Seen.Answer, 200, Json, FaultCase.UnusableErrno),
        .. Always(UnauthorizedJson, false, Seen.Answer, 401, Json, null),
        .. Always(ForbiddenJson, false, Seen.Answer, 403, Json, null),
        .. Always(NetworkAuthenticationHtml, false, Seen.Answer, 511, Html, null),
    ];

    /// <summary>Every case over every transport.</summary>
    public static TheoryData<Transport, int, string> Everywhere
    {
        get
        {
            var data = new TheoryData<Transport, int, string>();
            foreach (Transport transport in new[] { Transport.InProcess, Transport.Socket })
            {
                for (int i = 0; i < Cases.Count; i++)
                {
                    data.Add(transport, i, Cases[i].Rule);
                }
            }

            return data;
        }
    }

    private static FaultCase[] Always(
        SandboxFaultKind kind, bool effect, Seen seen, int status, string? type, int? errno) =>
    [
        new(kind, After: false, effect, seen, status, type, errno),
        new(kind, After: true, effect, seen, status, type, errno),
    ];

    private static FaultCase[] Either(SandboxFaultKind kind, Seen seen, int status, string? type, int? errno) =>
    [
        new(kind, After: false, false, seen, status, type, errno),
        new(kind, After: true, true, seen, status, type, errno),
    ];
}
