using System;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Sandbox;

/// <summary>How a sandbox behaves. A <see cref="SandboxHandler"/> copies what it needs when it is
/// made; later changes have no effect.</summary>
public sealed class SandboxOptions
{
    /// <summary>The dialect that the server speaks. Default: <see cref="SandboxDialect.Guide"/>.</summary>
    public SandboxDialect Dialect { get; set; } = SandboxDialect.Guide;

    /// <summary>How many credentials exist at the start, 0 or more. The first 24 are a fixed cast (see <see cref="SandboxSeeds"/>),
    /// the rest is generated. Default: 24.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int CredentialCount
    {
        get;
        set => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The count must be 0 or more.");
    } = 24;

    /// <summary>The seed of everything random: ids, times, keys, tokens. The same seed gives the same sandbox. Default: 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The most credentials that one list answer holds, 1 or more; null (default) answers with the whole list.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? PageSize
    {
        get;
        set => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A page holds at least 1.");
    }

    /// <summary>True makes the server ignore every list filter, as a server that doesn't know their names does. Default: false.</summary>
    public bool IgnoreFilters { get; set; }

    /// <summary>The server's clock. Default: the system clock.</summary>
    public Func<DateTimeOffset> UtcNow { get; set; } = static () => DateTimeOffset.UtcNow;

    /// <summary>What shall go wrong; null (default): nothing.</summary>
    public SandboxFaults? Faults { get; set; }

    /// <summary>How faults wait; nothing else in a sandbox waits. <see cref="Timeout.InfiniteTimeSpan"/> asks to wait until the token is
    /// cancelled; when the function comes back from that all the same, the connection counts as lost. A function that completes
    /// at once lets every request run to its end on its caller's thread. Default:
    /// <see cref="Task.Delay(TimeSpan, CancellationToken)"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Func<TimeSpan, CancellationToken, Task> Delay
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = Task.Delay;

    /// <summary>How long an access token is good for. Default: 1 hour.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an unused refresh token is good for. Default: 7 days.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>True writes a session's <c>expiresAt</c> as Unix milliseconds; false (default) as Unix seconds. The published pages
    /// disagree.</summary>
    public bool ExpiresAtInMilliseconds { get; set; }

    /// <summary>The e-mail address of the one user who can sign in. Default: <c>admin@sandbox.example</c>.</summary>
    public string Email { get; set; } = "admin@sandbox.example";

    /// <summary>The password of that user. Default: <c>sandbox-password</c>.</summary>
    public string Password { get; set; } = "sandbox-password";

    internal SandboxOptions Copy() => (SandboxOptions)MemberwiseClone();
}
