using Cadenza.Commands.Impact;

namespace Cadenza.Commands.Tests.Support;

/// <summary>The effect on a credential of which a test has only some parts.</summary>
internal static class ImpactSourceExtensions
{
    public static CredentialImpact Of(
        this ImpactSource source, string id, string? venue = null, string? nickname = null, string? status = null) =>
        source.Of(new CredentialReference(id, venue, nickname) { Status = status });
}
