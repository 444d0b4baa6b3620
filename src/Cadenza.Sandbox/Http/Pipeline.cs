using Cadenza.Sandbox.Auth;

namespace Cadenza.Sandbox.Http;

/// <summary>What happens to a request between its arrival and its answer: authenticate, route, run the
/// endpoint.</summary>
internal sealed class Pipeline(TokenStore tokens, Router router)
{
    public ApiResponse Handle(ApiCall call)
    {
        try
        {
            if (call.Behavior.ExpiresToken)
            {
                tokens.ExpireAccess(call.Bearer);
            }

            // A caller that is not signed in does not learn which pages exist.
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
