using System;

namespace Cadenza.Sandbox.Http;

/// <summary>Carries a failure from an endpoint to the pipeline; it does not leave the handler.</summary>
internal sealed class ApiErrorException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}
