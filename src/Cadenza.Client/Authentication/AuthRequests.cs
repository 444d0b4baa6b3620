using System.Security;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;

namespace Cadenza.Client.Authentication;

/// <summary>Creates the requests of the authentication API.</summary>
internal static class AuthRequests
{
    private const string Root = "/api/v3/auth/";

    /// <summary>Signs in. Sending it twice opens two sessions, which is harmless.</summary>
    public static ApiRequest Login(string email, SecureString password) =>
        ApiRequest.PostAnonymous(ApiOperation.Login, Root + "login", RetryClass.Idempotent, writer =>
        {
            writer.WriteString("email", email);
            writer.WriteSecret("password", password);
        }, [password]);

    /// <summary>
    /// Gets a new access token. Never sent twice, because the refresh token is valid for one request.
    /// </summary>
    public static ApiRequest Refresh(SecureString refreshToken) =>
        ApiRequest.PostAnonymous(
            ApiOperation.Refresh,
            Root + "token/refresh",
            RetryClass.Once,
            writer => writer.WriteSecret("refreshToken", refreshToken),
            [refreshToken]);

    /// <summary>Ends the session of the access token.</summary>
    public static ApiRequest Logout() =>
        ApiRequest.Post(ApiOperation.Logout, Root + "logout", RetryClass.Idempotent, writeBody: null);

    /// <summary>Gets the signed-in user. The cheapest request that needs a valid token.</summary>
    public static ApiRequest CurrentUser() => ApiRequest.Read(Root + "user");
}
