using Cadenza.Client.Models;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>Ensures that keys of the command line are set on one credential only.</summary>
/// <param name="hasExplicitKeys">Whether the command line specifies keys.</param>
internal sealed class KeySource(bool hasExplicitKeys)
{
    private string? _first;

    /// <summary>Whether the command line specifies keys.</summary>
    public bool HasExplicitKeys { get; } = hasExplicitKeys;

    /// <summary>Returns why the keys must not be set on this credential, or null if they may be.</summary>
    /// <param name="identity">What distinguishes the credential from others.</param>
    /// <param name="force">Whether -Force allows the same keys on several credentials.</param>
    public string? Validate(string identity, bool force)
    {
        if (!HasExplicitKeys)
        {
            return null;
        }

        _first ??= identity;
        return force || CredentialIdComparer.Instance.Equals(identity, _first)
            ? null
            : InputMessages.SharedKeys;
    }
}
