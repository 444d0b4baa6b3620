using System;

namespace CadenzaPS.Parameters;

/// <summary>Watches over keys that stand on the command line: they belong to one credential.</summary>
/// <param name="hasExplicitKeys">Whether keys stand on the command line.</param>
internal sealed class KeySource(bool hasExplicitKeys)
{
    private string? _first;

    /// <summary>Whether keys stand on the command line.</summary>
    public bool HasExplicitKeys { get; } = hasExplicitKeys;

    /// <summary>Says why the keys may not be set on this credential, or null where they may.</summary>
    /// <param name="identity">What tells the credential from others.</param>
    /// <param name="force">Whether -Force says that they shall be set on all.</param>
    public string? Validate(string identity, bool force)
    {
        if (!HasExplicitKeys)
        {
            return null;
        }

        _first ??= identity;
        return force || identity.Equals(_first, StringComparison.OrdinalIgnoreCase)
            ? null
            : "its keys would be those of the credential before. Give each its own keys by the pipeline, or -Force to set the same ones on all.";
    }
}
