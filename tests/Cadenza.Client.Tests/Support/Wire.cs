namespace Cadenza.Client.Tests.Support;

/// <summary>Answers of the API as text.</summary>
internal static class Wire
{
    public static string Credential(string id, string status = "VERIFIED", string more = "") =>
        $$"""{"credentialId":"{{id}}","venue":"OKX","credentialType":"EXCHANGE","nickname":"desk {{id}}","status":"{{status}}"{{more}}}""";

    public static string List(params string[] elements) => ListWith("", elements);

    /// <summary>A list with further members, such as pagination, after the data.</summary>
    public static string ListWith(string more, params string[] elements) =>
        $$"""{"data":[{{string.Join(',', elements)}}],"success":true,"errno":0,"error":null{{more}}}""";

    public static string Page(string pagination, params string[] ids) =>
        ListWith($$""","pagination":{{pagination}}""", [.. ids.Select(static id => Credential(id))]);

    public static string Item(string element) => $$"""{"data":{{element}},"success":true,"errno":0,"error":null}""";

    public static string Failure(long errno, string error = "server words") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"data":null,"success":false,"errno":{{errno}},"error":"{{error}}"}""");

    public static string Session(
        string access = "access-1",
        string refresh = "refresh-1",
        string expiry = "\"expiresIn\":3600") =>
        Item(
            $$$"""{"accessToken":"{{{access}}}","refreshToken":"{{{refresh}}}","tokenType":"bearer",{{{expiry}}},"user":{"id":"u1","email":"ops@example.com"}}"""
        );
}
