using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Commands.Verification;

namespace Cadenza.Commands.Changes;

/// <summary>A change that was made.</summary>
/// <param name="Made">The changed credential; null if an earlier run made the change and reported it.</param>
/// <param name="Keys">What the exchange answered about the new keys; null if it was not asked.</param>
internal readonly record struct ExecutedChange(ApiResult<CadenzaCredential>? Made, KeyVerification? Keys);
