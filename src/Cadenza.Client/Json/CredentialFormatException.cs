using System;

namespace Cadenza.Client.Json;

/// <summary>One object of an answer is not what the contract says. The message tells what, without quoting values.</summary>
internal sealed class CredentialFormatException(string message) : Exception(message);
