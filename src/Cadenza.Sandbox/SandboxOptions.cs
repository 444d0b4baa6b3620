using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Sandbox;

/// <summary>How a sandbox behaves. A <see cref="SandboxHandler"/> copies the options when it is created; later changes
/// have no effect.</summary>
public sealed class SandboxOptions
{
    /// <summary>The dialect that the server speaks. Default: <see cref="SandboxDialect.Guide"/>.</summary>
    public SandboxDialect Dialect { get; set; } = SandboxDialect.Guide;

    /// <summary>How many credentials exist at the start, 0 or more. The first 24 are fixed (see
    /// <see cref="SandboxSeeds"/>), the others are generated. Default: 24.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int CredentialCount
    {
        get;
        set => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The count must be 0 or more.");
    } = 24;

    /// <summary>The seed of everything random: ids, times, keys, tokens. The same seed gives the same sandbox. Default:
    /// 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The maximum number of credentials in one list answer, 1 or more; null (default) answers with the whole
    /// list.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? PageSize
    {
        get;
        set => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A page has at least 1 credential.");
    }

    /// <summary>How the list is divided into pages of <see cref="PageSize"/>. Default:
    /// <see cref="SandboxPaging.Cursor"/>.</summary>
    public SandboxPaging Paging { get; set; } = SandboxPaging.Cursor;

    /// <summary>True makes the server ignore every list filter, as a server that does not know their names. Default:
    /// false.</summary>
    public bool IgnoreFilters { get; set; }

    /// <summary>True makes the server refuse a body with a member that the dialect does not have: 400, errno -19004.
    /// Default: false.</summary>
    public bool StrictMembers { get; set; }

    /// <summary>True makes the server refuse a credential type that the dialect does not have: 400, errno -22015.
    /// Default: false, which accepts the types of all dialects.</summary>
    public bool StrictTypes { get; set; }

    /// <summary>True makes the active trading accounts LOCKED at the start. Default: false.</summary>
    public bool LockAccounts { get; set; }

    /// <summary>The time that everything follows: times in answers, the life of tokens, changes that are done later,
    /// and the delays of faults, which are the only delays of a sandbox. If its timers complete at once, every request
    /// ends on the thread of its caller. Default: <see cref="TimeProvider.System"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = TimeProvider.System;

    /// <summary>How far the server is ahead of <see cref="TimeProvider"/>; negative if it is behind. If it is not zero,
    /// every answer has a <c>Date</c> header. Default: zero.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>The faults; null (default): none.</summary>
    public SandboxFaults? Faults { get; set; }

    /// <summary>How long an access token is valid. Default: 1 hour.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an unused refresh token is valid. Default: 7 days.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>True omits <c>expiresIn</c> from the answer of a login or refresh, so that only <c>expiresAt</c> tells
    /// when the token expires. Default: false.</summary>
    public bool OmitExpiresIn { get; set; }

    /// <summary>True writes a session's <c>expiresAt</c> as Unix milliseconds; false (default) as Unix seconds. The
    /// published pages disagree.</summary>
    public bool ExpiresAtInMilliseconds { get; set; }

    /// <summary>The id of the sandbox: 1 to 32 lower-case letters and digits, part of its address. Null (default): a
    /// random one for each <see cref="SandboxHandler"/>.</summary>
    /// <exception cref="ArgumentException">The value has another form.</exception>
    public string? InstanceId
    {
        get;
        set => field = value is null || IsId(value)
            ? value
            : throw new ArgumentException("An id is 1 to 32 lower-case letters and digits.", nameof(value));
    }

    /// <summary>The e-mail address of the only user who can sign in. Default: <c>admin@sandbox.example</c>.</summary>
    public string Email { get; set; } = "admin@sandbox.example";

    /// <summary>The password of that user. Default: <c>sandbox-password</c>.</summary>
    public string Password { get; set; } = "sandbox-password";

    internal SandboxOptions Copy() => (SandboxOptions)MemberwiseClone();

    /// <summary>The time by the server's clock.</summary>
    internal DateTimeOffset UtcNow() => TimeProvider.GetUtcNow() + ClockSkew;

    /// <summary>Waits as a fault asks for. An infinite delay ends when the token is cancelled.</summary>
    internal Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        TimeProvider.DelayAsync(delay, cancellationToken);

    private static bool IsId(string text) =>
        text.Length is > 0 and <= 32 && text.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'));
}
