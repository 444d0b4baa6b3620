using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Seeding;

/// <summary>One row of the fixed cast: what a seed number must not change.</summary>
internal sealed class CastMember(
    string venue,
    string? nickname,
    CredentialState state,
    string? apiType,
    int ageDays,
    int idleDays,
    string accounts)
{
    public string Venue { get; } = venue;

    public string? Nickname { get; } = nickname;

    public CredentialState State { get; } = state;

    public string? ApiType { get; } = apiType;

    public int AgeDays { get; } = ageDays;

    public int IdleDays { get; } = idleDays;

    /// <summary>One letter an account: S(POT), M(ARGIN), C(REDIT); a trailing <c>!</c> gives the first one open orders.</summary>
    public string Accounts { get; } = accounts;
}
