using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Seeding;

/// <summary>A credential of the start, fixed or generated.</summary>
internal sealed class SeedCredential(
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

    /// <summary>One letter for each account: S(POT), M(ARGIN), C(REDIT); with a <c>!</c> at the end the first has open
    /// orders.</summary>
    public string Accounts { get; } = accounts;
}
