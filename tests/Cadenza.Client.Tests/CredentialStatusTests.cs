using System;
using System.Linq;
using Cadenza.Client.Models;
using Xunit;

namespace Cadenza.Client.Tests;

/// <summary>One table says what the statuses of credentials mean.</summary>
public sealed class CredentialStatusTests
{
    [Theory]
    [InlineData("VERIFIED", CredentialStatusGroup.Working)]
    [InlineData("active", CredentialStatusGroup.Working)]
    [InlineData("PENDING", CredentialStatusGroup.Waiting)]
    [InlineData("EXPIRED", CredentialStatusGroup.Broken)]
    [InlineData("Revoked", CredentialStatusGroup.Revoked)]
    [InlineData("INACTIVE", CredentialStatusGroup.Other)]
    [InlineData("SOMETHING_NEW", CredentialStatusGroup.Other)]
    [InlineData("", CredentialStatusGroup.Other)]
    [InlineData(null, CredentialStatusGroup.Other)]
    public void A_status_has_a_group_in_whatever_case_it_is_written(string? status, CredentialStatusGroup group) =>
        Assert.Equal(group, CredentialStatus.GroupOf(status));

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
                new CadenzaCredential
                {
                    CredentialId = "a",
                    Status = "ACTIVE",
                    RevokedAt = since,
                }));
    }
}
