namespace Cadenza.Client.Tests.Support;

/// <summary>
/// A server that pages by offset and filters by status: each revoke takes a credential out of the filtered list.
/// </summary>
internal sealed class ShrinkingServer : IAsyncDisposable
{
    private readonly HashSet<string> _revoked = new(StringComparer.Ordinal);
    private readonly string[] _ids;
    private readonly int _pageSize;
    private readonly ScriptedServer _server;
    private readonly bool _reportsMore;

    public ShrinkingServer(int count, int pageSize, bool reportsMore = true)
    {
        _reportsMore = reportsMore;
        _ids = [.. Enumerable.Range(0, count).Select(static i => "id-" + i)];
        _pageSize = pageSize;
        _server = ScriptedServer.Running(request => Answers.Json(PageOf(request)));
    }

    public Uri Address => _server.BaseAddress;

    public void Revoke(string id)
    {
        lock (_revoked)
        {
            _revoked.Add(id);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private string PageOf(ReceivedRequest request)
    {
        bool isFiltered = request.Query("credentialStatus").Any();
        int offset = int.Parse(request.Query("offset").LastOrDefault() ?? "0", CultureInfo.InvariantCulture);
        lock (_revoked)
        {
            string[] listed = [.. _ids.Where(id => !isFiltered || !_revoked.Contains(id))];
            string[] page = [.. listed.Skip(offset).Take(_pageSize)];
            string hasNext = offset + page.Length < listed.Length ? ""","hasNext":true""" : ""","hasNext":false""";
            return Wire.ListWith(
                $$""","pagination":{"offset":{{offset}},"limit":{{_pageSize}}{{(_reportsMore ? hasNext : "")}}}""",
                [.. page.Select(id => Wire.Credential(id, _revoked.Contains(id) ? "REVOKED" : "FAILED"))]);
        }
    }
}
