using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using Cadenza.Sandbox.Http;
using static Cadenza.Sandbox.SandboxFaultKind;

namespace Cadenza.Sandbox.Faults;

/// <summary>The table of all kinds of faults. To add one: its name and description in
/// <see cref="SandboxFaultKind"/>, a row here, a row in FaultTable.cs of the tests, and its name in the help of
/// Connect-Cadenza -Fault.</summary>
internal static class FaultCatalog
{
    private const int DefaultPageSize = 5;
    private const string DefaultStatus = "UNKNOWN";

    /// <summary>The answer is delayed, damaged, replaced or lost.</summary>
    private static readonly FaultDefinition[] Transport =
    [
        Keep(Delay),
        Refuse(RateLimited, ApiErrors.RateLimited),
        Refuse(LockNotAcquired, ApiErrors.LockNotAcquired),
        Replace(ServerErrorJson, static c => Envelope.Failure(ApiErrors.Unknown, c.Call)),
        Replace(ServerErrorHtml, static _ => FaultResponses.Html(HttpStatusCode.InternalServerError)),
        Replace(BadGatewayHtml, static _ => FaultResponses.Html(HttpStatusCode.BadGateway)),
        Replace(BadGatewayEmpty, static _ => FaultResponses.EmptyFromProxy(HttpStatusCode.BadGateway)),
        Replace(ServiceUnavailableJson, static c => FaultResponses.Refusal(ApiErrors.Unavailable, c)),
        Replace(ServiceUnavailableHtml, static c => FaultResponses.UnavailableHtml(c)),
        Replace(GatewayTimeoutHtml, static _ => FaultResponses.Html(HttpStatusCode.GatewayTimeout)),
        Replace(GatewayTimeoutJson, static c => Envelope.Failure(ApiErrors.TimedOut, c.Call)),
        Replace(EmptyOk, static _ => FaultResponses.Empty(HttpStatusCode.OK)),
        Replace(NoContent, static _ => FaultResponses.NoContent()),
        Damage(TruncatedBody, FaultResponses.Truncate),
        Replace(Garbage, FaultResponses.Garbage),
        Damage(WrongContentType, FaultResponses.DeclareAsText),
        Replace(HtmlOk, static _ => FaultResponses.Html(HttpStatusCode.OK)),
        Replace(Redirect, static _ => FaultResponses.Redirect()),
        Lose(ResetBefore, FaultEffect.Never),
        Lose(ResetAfter, FaultEffect.Always),
        Lose(NeverAnswer, FaultEffect.ByRule),
        Damage(Drip, FaultResponses.Drip),
        Damage(DropMidway, FaultResponses.DropMidway),
    ];

    /// <summary>The API, or something in front of it, refuses.</summary>
    private static readonly FaultDefinition[] Refusals =
    [
        Lose(RefusedStream, FaultEffect.Never),
        Block(ForbiddenHtml, HttpStatusCode.Forbidden),
        Block(UnauthorizedHtml, HttpStatusCode.Unauthorized),
        Block(LegalReasonsHtml, (HttpStatusCode)451),
        Block(ProxyAuthenticationHtml, HttpStatusCode.ProxyAuthenticationRequired),
        Block(NetworkAuthenticationHtml, (HttpStatusCode)511),
        BlockAsJson(UnauthorizedJson, HttpStatusCode.Unauthorized, """{"success":false}"""),
        BlockAsJson(ForbiddenJson, HttpStatusCode.Forbidden, """{"success":false,"errno":"403","error":"blocked"}"""),
        Refuse(Unauthorized, ApiErrors.Unauthorized),
        Alter(TokenExpired, static (b, _) => b.ExpiresToken = true),
        Refuse(LoginRateLimited, ApiErrors.LoginRateLimited),
        Refuse(LockConflict, ApiErrors.LockConflict),
        Refuse(RateConflict, ApiErrors.RateConflict),
        Refuse(InUseConflict, ApiErrors.InUse),
        new(EchoSecret, FaultEffect.Never) { Answer = SecretEcho.Answer },
    ];

    /// <summary>The answer does not say what happened.</summary>
    private static readonly FaultDefinition[] Answers =
    [
        Defer(Accepted, static b => b.SuccessStatus = HttpStatusCode.Accepted),
        Defer(Unfinished, static _ => { }),
        Defer(QueuedNote, static b => b.SuccessNote = "queued"),
        Defer(CreatedNull, static b => (b.SuccessStatus, b.OmitsData) = (HttpStatusCode.Created, true)),
        Alter(OtherStatus, static (b, r) => b.ShownStatus = r.Status ?? DefaultStatus),
        Alter(OtherObject, static (b, _) => b.ShowsOtherCredential = true),
        Alter(OtherUser, static (b, _) => b.ShowsOtherUser = true),
        Alter(ClockBehind, static (b, r) => (b.OmitsExpiresIn, b.ClockBehind) = (true, r.ClockBehind)),
        Alter(UnreadableData, static (b, _) => b.WritesUnreadableData = true),
        Replace(FractionalErrno, static _ => Envelope.SuccessWithErrno("-22016.5")),
        Replace(HugeErrno, static _ => Envelope.SuccessWithErrno("-2201600000000000000000")),
    ];

    /// <summary>The server behaves in another way than the sandbox does by default.</summary>
    private static readonly FaultDefinition[] Behaviors =
    [
        Alter(StrictMembers, static (b, _) => b.RequiresOwnMembers = true),
        Alter(StrictTypes, static (b, _) => b.RequiresOwnTypes = true),
        Alter(AccountsLocked, static (b, _) => b.LocksAccounts = true),
        Divide(CursorPages, SandboxPaging.Cursor),
        Divide(OffsetPages, SandboxPaging.Offset),
        Divide(OffsetPagesWithoutTotal, SandboxPaging.Offset, omitsTotal: true),
        Divide(UnfilteredPages, SandboxPaging.CursorBeforeFilter),
        Divide(EmptyPages, SandboxPaging.CursorWithGaps),
        Divide(RowsVanish, SandboxPaging.Offset, ListChange.Vanish),
        Divide(RowsAppear, SandboxPaging.Offset, ListChange.Appear),
        Divide(RowsMove, SandboxPaging.Offset, ListChange.Move),
        Keep(SandboxFaultKind.RequestLimit),
    ];

    private static readonly Dictionary<SandboxFaultKind, FaultDefinition> ByKind =
        new[] { Transport, Refusals, Answers, Behaviors }.SelectMany(static g => g).ToDictionary(static d => d.Kind);

    public static IReadOnlyList<SandboxFaultKind> Kinds { get; } = [.. ByKind.Keys];

    public static IReadOnlyList<SandboxFaultKind> TransportKinds { get; } = [.. Transport.Select(static d => d.Kind)];

    /// <exception cref="KeyNotFoundException">The kind has no row.</exception>
    public static FaultDefinition Find(SandboxFaultKind kind) => ByKind[kind];

    private static FaultDefinition Keep(SandboxFaultKind kind) => new(kind, FaultEffect.Always);

    private static FaultDefinition Refuse(SandboxFaultKind kind, ApiError error) =>
        new(kind, FaultEffect.Never) { Answer = context => FaultResponses.Refusal(error, context) };

    private static FaultDefinition Block(SandboxFaultKind kind, HttpStatusCode status) =>
        new(kind, FaultEffect.Never) { Answer = _ => FaultResponses.Html(status) };

    private static FaultDefinition BlockAsJson(SandboxFaultKind kind, HttpStatusCode status, string body) =>
        new(kind, FaultEffect.Never) { Answer = _ => FaultResponses.JsonFromProxy(status, body) };

    private static FaultDefinition Replace(SandboxFaultKind kind, Func<FaultContext, ApiResponse> answer) =>
        new(kind, FaultEffect.ByRule) { Answer = answer };

    private static FaultDefinition Damage(SandboxFaultKind kind, Action<ApiResponse, FaultContext> damage) =>
        new(kind, FaultEffect.Always)
        {
            Answer = context =>
            {
                damage(context.Real!, context);
                return context.Real;
            },
        };

    private static FaultDefinition Lose(SandboxFaultKind kind, FaultEffect effect) =>
        new(kind, effect) { Answer = static _ => null };

    private static FaultDefinition Alter(SandboxFaultKind kind, Action<CallBehavior, SandboxFaultRule> alter) =>
        new(kind, FaultEffect.Always) { Alter = alter };

    private static FaultDefinition Defer(SandboxFaultKind kind, Action<CallBehavior> alter) => Alter(kind, (b, r) =>
    {
        b.Deferral = new Deferral(r.AfterChange ? TimeSpan.Zero : r.CompleteAfter, r.Status);
        alter(b);
    });

    private static FaultDefinition Divide(
        SandboxFaultKind kind,
        SandboxPaging paging,
        ListChange change = ListChange.None,
        bool omitsTotal = false) => Alter(kind, (b, r) =>
        {
            b.OmitsTotal = omitsTotal;
            b.PageSize = r.Size ?? b.PageSize ?? DefaultPageSize;
            b.Paging = paging;
            b.ListChange = change;
        });
}
