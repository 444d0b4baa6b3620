using System;

namespace Cadenza.Sandbox.Http;

/// <summary>Carries a failure from the depth of an endpoint to the pipeline; never leaves the handler.</summary>
internal sealed class ApiErrorException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}
