using System;
using System.Net;

namespace Cadenza.Sandbox.Http;

/// <summary>How the server treats one request where that is not fixed: the options of the sandbox, as changed by the
/// fault of the request. The endpoints and the envelope read it.</summary>
internal sealed class CallBehavior
{
    public CallBehavior(SandboxOptions options)
    {
        PageSize = options.PageSize;
        Paging = options.Paging;
        RequiresOwnMembers = options.StrictMembers;
        RequiresOwnTypes = options.StrictTypes;
        OmitsExpiresIn = options.OmitExpiresIn;
    }

    /// <summary>When a change is done if not before the answer; null: before the answer.</summary>
    public Deferral? Deferral { get; set; }

    /// <summary>The HTTP status of a success.</summary>
    public HttpStatusCode SuccessStatus { get; set; } = HttpStatusCode.OK;

    /// <summary>The envelope's <c>error</c> in a success.</summary>
    public string? SuccessNote { get; set; }

    /// <summary>Whether the data of a success is null.</summary>
    public bool OmitsData { get; set; }

    /// <summary>Whether the data of a success is a number.</summary>
    public bool WritesUnreadableData { get; set; }

    /// <summary>The status that the answer shows for everything in it; null: the actual one.</summary>
    public string? ShownStatus { get; set; }

    /// <summary>Whether the answer is about another credential.</summary>
    public bool ShowsOtherCredential { get; set; }

    /// <summary>Whether the answer names another user.</summary>
    public bool ShowsOtherUser { get; set; }

    /// <summary>Whether a session's answer has no <c>expiresIn</c>.</summary>
    public bool OmitsExpiresIn { get; set; }

    /// <summary>How far the clock of the answer's times is behind; null: not, and without a <c>Date</c>.</summary>
    public TimeSpan? ClockBehind { get; set; }

    /// <summary>Whether a body with a member that the dialect does not have is refused.</summary>
    public bool RequiresOwnMembers { get; set; }

    /// <summary>Whether a credential type that the dialect does not have is refused.</summary>
    public bool RequiresOwnTypes { get; set; }

    /// <summary>The size of a page of credentials; null: the list is one page.</summary>
    public int? PageSize { get; set; }

    public SandboxPaging Paging { get; set; }

    /// <summary>Whether a page says neither how many credentials there are nor whether more follow.</summary>
    public bool OmitsTotal { get; set; }

    /// <summary>What another user does to the list after this page of it.</summary>
    public ListChange ListChange { get; set; }

    /// <summary>Whether the active trading accounts become LOCKED.</summary>
    public bool LocksAccounts { get; set; }

    /// <summary>Whether the access token of the request expires.</summary>
    public bool ExpiresToken { get; set; }
}
