namespace Cadenza.Client.Http;

/// <summary>The result of a call that succeeded.</summary>
/// <param name="Value">What the answer was read as.</param>
/// <param name="Attempts">How many attempts were made.</param>
/// <param name="RequestId">The id under which the operator of the server finds the last attempt; null where the server sent none.</param>
/// <typeparam name="T">What the answer is read as.</typeparam>
public readonly record struct ApiResult<T>(T Value, int Attempts, string? RequestId);
