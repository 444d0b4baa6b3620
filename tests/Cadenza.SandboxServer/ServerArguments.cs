using System.Globalization;
using Cadenza.Sandbox;

namespace Cadenza.SandboxServer;

/// <summary>The command line.</summary>
internal sealed class ServerArguments
{
    /// <summary>The switches and the options with a value. The usage text is made from it.</summary>
    private static readonly (string Name, string? Value, Action<ServerArguments, string> Set)[] Known =
    [
        ("--port", "N", static (a, v) => a.Port = Number("--port", v, 0, ushort.MaxValue)),
        ("--dialect", "guide|page|openapi", static (a, v) => a.Options.Dialect = Dialect(v)),
        ("--count", "N", static (a, v) => a.Options.CredentialCount = Number("--count", v, 0, 10_000_000)),
        ("--seed", "N", static (a, v) => a.Options.Seed = Number("--seed", v, 0, int.MaxValue)),
        ("--page-size", "N", static (a, v) => a.Options.PageSize = Number("--page-size", v, 1, int.MaxValue)),
        ("--paging", "cursor|offset|unfiltered|gaps", static (a, v) => a.Options.Paging = Paging(v)),
        ("--ignore-filters", null, static (a, _) => a.Options.IgnoreFilters = true),
        ("--strict-members", null, static (a, _) => a.Options.StrictMembers = true),
        ("--strict-types", null, static (a, _) => a.Options.StrictTypes = true),
        ("--lock-accounts", null, static (a, _) => a.Options.LockAccounts = true),
        (
            "--token-lifetime",
            "SECONDS",
            static (a, v) => a.Options.AccessTokenLifetime = Seconds("--token-lifetime", v)),
        ("--clock-behind", "SECONDS", static (a, v) => a.Options.ClockSkew = -Seconds("--clock-behind", v)),
        ("--omit-expires-in", null, static (a, _) => a.Options.OmitExpiresIn = true),
        ("--fault", "endpoint:kind[:options]", static (a, v) => a.AddFault(v)),
        ("--fault-seed", "N", static (a, v) => a.Faults.Seed = Number("--fault-seed", v, 0, int.MaxValue)),
        ("--tunnel", "407|403|503|close", static (a, v) => a.Tunnel = TunnelAnswer(v)),
        ("--http2", null, static (a, _) => a.UsesHttp2 = true),
        ("--stdin", null, static (a, _) => a.EndsWithInput = true),
        ("--serve", null, static (a, _) => a.ServesMany = true),
        ("--help", null, static (a, _) => a.WantsHelp = true),
    ];

    private readonly List<SandboxFaultRule> _rules = [];

    private ServerArguments()
    {
    }

    public static string Usage { get; } = "usage: Cadenza.SandboxServer "
        + string.Join(' ', Known.Select(static k => k.Value is null ? $"[{k.Name}]" : $"[{k.Name} {k.Value}]"))
        + "; --fault can occur several times";

    public SandboxOptions Options { get; } = new();

    /// <summary>0 takes any free port.</summary>
    public int Port { get; private set; }

    /// <summary>Whether only the usage is wanted.</summary>
    public bool WantsHelp { get; private set; }

    /// <summary>Whether to end when standard input closes.</summary>
    public bool EndsWithInput { get; private set; }

    /// <summary>Whether to start a server for each line of standard input instead of one server.</summary>
    public bool ServesMany { get; private set; }

    /// <summary>Whether to listen for HTTP/2 without TLS instead of HTTP/1.1.</summary>
    public bool UsesHttp2 { get; private set; }

    /// <summary>The answer to a CONNECT, as a proxy gives it.</summary>
    public TunnelAnswer? Tunnel { get; private set; }

    private SandboxFaults Faults => Options.Faults ??= new SandboxFaults();

    /// <exception cref="FormatException">An argument is unknown, has no value or a bad one; the message says
    /// which.</exception>
    public static ServerArguments Parse(string[] arguments)
    {
        var parsed = new ServerArguments();
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            (string? known, string? value, Action<ServerArguments, string>? set) =
                Array.Find(Known, k => string.Equals(k.Name, name, StringComparison.Ordinal));
            if (known is null)
            {
                throw new FormatException("unknown argument " + name);
            }

            if (value is not null && ++i == arguments.Length)
            {
                throw new FormatException(name + " needs a value");
            }

            set(parsed, value is null ? "" : arguments[i]);
        }

        return parsed;
    }

    private void AddFault(string text)
    {
        _rules.Add(SandboxFaultRule.Parse(text));
        Faults.Rules = _rules;
    }

    private static SandboxDialect Dialect(string value) => value switch
    {
        "guide" => SandboxDialect.Guide,
        "page" or "endpointpage" => SandboxDialect.EndpointPage,
        "openapi" => SandboxDialect.OpenApi,
        _ => throw new FormatException("--dialect must be guide, page or openapi"),
    };

    private static SandboxPaging Paging(string value) => value switch
    {
        "cursor" => SandboxPaging.Cursor,
        "offset" => SandboxPaging.Offset,
        "unfiltered" => SandboxPaging.CursorBeforeFilter,
        "gaps" => SandboxPaging.CursorWithGaps,
        _ => throw new FormatException("--paging must be cursor, offset, unfiltered or gaps"),
    };

    private static TunnelAnswer TunnelAnswer(string value) => value switch
    {
        "407" => SandboxServer.TunnelAnswer.AuthenticationRequired,
        "403" => SandboxServer.TunnelAnswer.Forbidden,
        "503" => SandboxServer.TunnelAnswer.Unavailable,
        "close" => SandboxServer.TunnelAnswer.Close,
        _ => throw new FormatException("--tunnel must be 407, 403, 503 or close"),
    };

    private static TimeSpan Seconds(string name, string value) =>
        TimeSpan.FromSeconds(Number(name, value, 0, 31_536_000));

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number >= min
        && number <= max
            ? number
            : throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {min} to {max}"));
}
