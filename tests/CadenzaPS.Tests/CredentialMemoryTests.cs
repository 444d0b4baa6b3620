using CadenzaPS.Session;

namespace CadenzaPS.Tests;

/// <summary>What a session remembers of the credentials it has seen.</summary>
public sealed class CredentialMemoryTests
{
    [Fact]
    public void It_gives_back_what_was_seen_in_order()
    {
        var memory = new CredentialMemory();
        foreach (string id in new[] { "a", "b", "c" })
        {
            memory.Add(Credential(id));
        }

        Assert.Equal(["a", "b", "c"], memory.List().Select(static c => c.CredentialId));
    }

    [Fact]
    public void What_was_seen_last_of_a_credential_counts()
    {
        var memory = new CredentialMemory();
        memory.Add(Credential("a", "FAILED"));
        memory.Add(Credential("b"));
        memory.Add(Credential("a", "REVOKED"));

        Assert.Equal(["b:", "a:REVOKED"], memory.List().Select(static c => $"{c.CredentialId}:{c.Status}"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    public void It_forgets_the_oldest_where_there_are_too_many(int count)
    {
        var memory = new CredentialMemory(capacity: 3);
        for (int i = 0; i < count; i++)
        {
            memory.Add(Credential($"id-{i}"));
        }

        Assert.Equal(
            Enumerable.Range(0, count).TakeLast(3).Select(static i => $"id-{i}"),
            memory.List().Select(static c => c.CredentialId));
    }

    [Fact]
    public void It_can_forget_everything()
    {
        var memory = new CredentialMemory();
        Assert.Empty(memory.List());
        memory.Add(Credential("a"));
        memory.Clear();
        Assert.Empty(memory.List());
        memory.Add(Credential("b"));
        Assert.Single(memory.List());
    }

    private static CadenzaCredential Credential(string id, string? status = null) =>
        new() { CredentialId = id, Status = status };
}
