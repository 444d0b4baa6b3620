using System.Security;
using Cadenza.Client.Http;
using Cadenza.Client.Json;

namespace Cadenza.Client.Authentication;

/// <summary>The authentication calls as requests.</summary>
internal static class AuthRequests
{
    private const string Root = "/api/v3/auth/";

    /// <summary>Signs in. Sent twice, it opens two sessions, which does no harm.</summary>
    public static ApiRequest Login(string email, SecureString password) =>
        ApiRequest.PostAnonymous(Root + "login", RetryClass.Idempotent, writer =>
        {
            writer.WriteString("email", email);
            writer.WriteSecret("password", password);
        }, [password]);

    /// <summary>Gets a new access token. The refresh token is used up by the first call that arrives: never sent twice.</summary>
    public static ApiRequest Refresh(SecureString refreshToken) =>
        ApiRequest.PostAnonymous(
            Root + "token/refresh", RetryClass.Once, writer => writer.WriteSecret("refreshToken", refreshToken), [refreshToken]);

    /// <summary>Ends the session of the access token that it carries.</summary>
    public static ApiRequest Logout() => ApiRequest.Post(Root + "logout", RetryClass.Idempotent, writeBody: null);

    /// <summary>Tells who is signed in: the cheapest call that needs a valid token.</summary>
    public static ApiRequest CurrentUser() => ApiRequest.Read(Root + "user");
}
