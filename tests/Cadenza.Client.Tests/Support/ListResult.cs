namespace Cadenza.Client.Tests.Support;

/// <summary>All that a listing brought.</summary>
internal sealed class ListResult
{
    public List<CredentialRow> Rows { get; } = [];

    public ApiException? Failure { get; private set; }

    /// <summary>What the server received, if the listing had a server of its own.</summary>
    public IReadOnlyList<ReceivedRequest> Requests { get; private set; } = [];

    public IReadOnlyList<CadenzaCredential> Credentials =>
        [.. Rows.Where(static row => row.Credential is not null).Select(static row => row.Credential!)];

    public IReadOnlyList<string> Ids => [.. Credentials.Select(static credential => credential.CredentialId)];

    public IReadOnlyList<ApiException> BadRows =>
        [.. Rows.Where(static row => row.Error?.Kind == CadenzaErrorKind.BadRow).Select(static row => row.Error!)];

    public IReadOnlyList<string> Missing => [.. Rows.Select(static row => row.MissingId).OfType<string>()];

    public IReadOnlyList<string> Warnings => [.. Rows.Select(static row => row.Warning).OfType<string>()];

    public static async Task<ListResult> OfAsync(
        CadenzaClient client, CredentialFilter? filter = null, Action<CredentialRow>? onRow = null)
    {
        var listing = new ListResult();
        try
        {
            await listing.FillAsync(client, filter ?? CredentialFilter.All, onRow).Bounded();
        }
        catch (ApiException e)
        {
            listing.Failure = e;
        }

        return listing;
    }

    /// <summary>Lists from a server that gives these answers, one after the other.</summary>
    public static Task<ListResult> FromAsync(params Answer[] answers) => FromAsync(CredentialFilter.All, answers);

    public static Task<ListResult> FromAsync(CredentialFilter filter, params Answer[] answers) =>
        FromAsync(ScriptedServer.Answering(answers), filter);

    /// <summary>Lists from this server, and ends it.</summary>
    public static async Task<ListResult> FromAsync(ScriptedServer server, CredentialFilter? filter = null)
    {
        await using ScriptedServer running = server;
        ListResult result = await OfAsync(running.Client, filter);
        result.Requests = running.Requests;
        return result;
    }

    /// <summary>These credentials were brought, without an error or a warning.</summary>
    public void AssertComplete(IEnumerable<string> ids)
    {
        Assert.Null(Failure);
        Assert.Empty(Warnings);
        Assert.Equal(ids, Ids);
    }

    /// <summary>The one credential that was brought, and nothing else.</summary>
    public CadenzaCredential Single()
    {
        Assert.Null(Failure);
        return Assert.Single(Rows).Credential!;
    }

    private Task FillAsync(CadenzaClient client, CredentialFilter filter, Action<CredentialRow>? onRow) =>
        client.ListCredentialsAsync(filter, Rows.Add + onRow);
}
