using Cadenza.Client.Errors;

namespace Cadenza.Client.Json;

/// <summary>A response is about another credential than the request.</summary>
internal sealed class OtherCredentialException() : CredentialFormatException(Messages.IsOtherCredential);
