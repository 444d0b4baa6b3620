using System;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Results;

/// <summary>An item of the input whose result is written.</summary>
/// <param name="Credential">The credential, with its position in the input.</param>
/// <param name="StartedAt">When its request was started; null if nothing was sent.</param>
internal readonly record struct ReportedItem(CredentialReference Credential, DateTimeOffset? StartedAt = null);
