using System;
using System.Collections.Generic;
using System.Globalization;
using Cadenza.Sandbox;

namespace Cadenza.SandboxServer;

/// <summary>The command line.</summary>
internal sealed class ServerArguments
{
    public const string Usage =
        "usage: Cadenza.SandboxServer [--port N] [--dialect guide|page|openapi] [--count N] [--seed N] "
        + "[--page-size N] [--ignore-filters] [--stdin] "
        + "[--fault endpoint:kind[:options]]... [--fault-seed N]";

    private readonly List<SandboxFaultRule> _faults = [];

    private ServerArguments()
    {
    }

    public SandboxOptions Options { get; } = new();

    /// <summary>0 takes any free port.</summary>
    public int Port { get; private set; }

    /// <summary>Whether only the usage is wanted.</summary>
    public bool WantsHelp { get; private set; }

    /// <summary>Whether to end when standard input closes.</summary>
    public bool EndsWithInput { get; private set; }

    /// <exception cref="FormatException">An argument is unknown, has no value or a bad one; the message says which.</exception>
    public static ServerArguments Parse(string[] arguments)
    {
        var parsed = new ServerArguments();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            switch (name)
            {
                case "--ignore-filters":
                    parsed.Options.IgnoreFilters = true;
                    break;
                case "--help":
                    parsed.WantsHelp = true;
                    break;
                case "--stdin":
                    parsed.EndsWithInput = true;
                    break;
                case "--port" or "--dialect" or "--count" or "--seed" or "--page-size" or "--fault" or "--fault-seed":
                    i++;
                    parsed.Set(name, i < arguments.Length ? arguments[i] : throw new FormatException(name + " needs a value"));
                    break;
                default:
                    throw new FormatException("unknown argument " + name);
            }
        }

        return parsed;
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--port":
                Port = Number(name, value, 0, ushort.MaxValue);
                break;
            case "--count":
                Options.CredentialCount = Number(name, value, 0, 10_000_000);
                break;
            case "--seed":
                Options.Seed = Number(name, value, 0, int.MaxValue);
                break;
            case "--fault":
                _faults.Add(SandboxFaultRule.Parse(value));
                Options.Faults ??= new SandboxFaults();
                Options.Faults.Rules = _faults;
                break;
            case "--fault-seed":
                Options.Faults ??= new SandboxFaults();
                Options.Faults.Seed = Number(name, value, 0, int.MaxValue);
                break;
            case "--page-size":
                Options.PageSize = Number(name, value, 1, int.MaxValue);
                break;
            default:
                Options.Dialect = value switch
                {
                    "guide" => SandboxDialect.Guide,
                    "page" or "endpointpage" => SandboxDialect.EndpointPage,
                    "openapi" => SandboxDialect.OpenApi,
                    _ => throw new FormatException("--dialect must be guide, page or openapi"),
                };
                break;
        }
    }

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {min} to {max}"));
}
