using System;

namespace Cadenza.Client.Json;

/// <summary>
/// An object in a response does not match the contract. The message is a clause and does not quote values.
/// </summary>
internal class CredentialFormatException(string message) : Exception(message);
