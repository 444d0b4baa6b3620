namespace Cadenza.Client.Tests.Support;

internal static class ExpectedFailure
{
    /// <summary>Returns the error with which the operation ends.</summary>
    public static Task<ApiException> FailsAsync(this Task operation) =>
        Assert.ThrowsAsync<ApiException>(() => operation.Bounded());

    /// <summary>Returns the error with which the operation ends: it has this kind and this outcome.</summary>
    public static async Task<ApiException> FailsAsync(
        this Task operation, CadenzaErrorKind kind, RequestOutcome outcome)
    {
        ApiException error = await operation.FailsAsync();
        Assert.Equal((kind, outcome), (error.Kind, error.Outcome));
        return error;
    }
}
