using Cadenza.Sandbox.Auth;

namespace Cadenza.Sandbox.Http;

/// <summary>Authenticate, route, endpoint: what happens to a request between its arrival and its answer.</summary>
internal sealed class Pipeline(TokenStore tokens, Router router)
{
    public ApiResponse Handle(ApiCall call)
    {
        try
        {
            // Who isn't signed in doesn't learn which pages exist.
            if (!router.IsPublic(call.Path) && !tokens.IsValid(call.Bearer))
            {
                throw new ApiErrorException(ApiErrors.Unauthorized);
            }

            return router.Find(call).Endpoint(call);
        }
        catch (ApiErrorException failure)
        {
            return Envelope.Failure(failure.Error, call);
        }
    }
}
