namespace Cadenza.Client.Tests;

/// <summary>One table says what the statuses of credentials mean.</summary>
public sealed class CredentialStatusTests
{
    [Theory]
    [InlineData("VERIFIED", nameof(CredentialStatusGroup.Working))]
    [InlineData("active", nameof(CredentialStatusGroup.Working))]
    [InlineData("PENDING", nameof(CredentialStatusGroup.Waiting))]
    [InlineData("EXPIRED", nameof(CredentialStatusGroup.Broken))]
    [InlineData("Revoked", nameof(CredentialStatusGroup.Revoked))]
    [InlineData("INACTIVE", nameof(CredentialStatusGroup.Other))]
    [InlineData("SOMETHING_NEW", nameof(CredentialStatusGroup.Other))]
    [InlineData("", nameof(CredentialStatusGroup.Other))]
    [InlineData(null, nameof(CredentialStatusGroup.Other))]
    public void A_status_has_a_group_in_whatever_case_it_is_written(string? status, string group) =>
        Assert.Equal(group, CredentialStatus.GroupOf(status).ToString());

    [Theory]
    [InlineData("VERIFIED", CredentialHealth.Working)]
    [InlineData("CREATED", CredentialHealth.Waiting)]
    [InlineData("FAILED", CredentialHealth.Failed)]
    [InlineData("expired", CredentialHealth.Failed)]
    [InlineData("ERROR", CredentialHealth.Failed)]
    [InlineData("INACTIVE", CredentialHealth.Other)]
    [InlineData("REVOKED", CredentialHealth.Revoked)]
    [InlineData("SOMETHING_NEW", CredentialHealth.Other)]
    [InlineData(null, CredentialHealth.Other)]
    public void The_health_of_a_credential_is_what_its_status_means(string? status, string health) =>
        Assert.Equal(health, new CadenzaCredential { CredentialId = "a", Status = status }.Health);

    [Fact]
    public void Every_group_of_statuses_has_its_own_health() =>
        Assert.Equal(CredentialHealth.All, Enum.GetValues<CredentialStatusGroup>().Select(CredentialHealth.Of));

    [Fact]
    public void Every_known_status_is_in_exactly_one_group() =>
        Assert.Equal(
            CredentialStatus.Known.Order(StringComparer.Ordinal),
            Enum.GetValues<CredentialStatusGroup>().SelectMany(CredentialStatus.InGroup).Order(StringComparer.Ordinal));

    [Fact]
    public void A_time_of_revocation_counts_only_where_there_is_no_status()
    {
        var since = new DateTimeOffset(2026, 1, 31, 8, 5, 0, TimeSpan.Zero);

        Assert.Equal(
            CredentialStatusGroup.Revoked,
            CredentialStatus.GroupOf(new CadenzaCredential { CredentialId = "a", RevokedAt = since }));
        Assert.Equal(
            CredentialStatusGroup.Working,
            CredentialStatus.GroupOf(
                new CadenzaCredential { CredentialId = "a", Status = "ACTIVE", RevokedAt = since }));
    }
}
