using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Paging;

/// <summary>Receives the elements of all pages of a list, each one once.</summary>
internal interface IListTarget
{
    /// <summary>The name of the elements for messages, such as "credentials".</summary>
    string Elements { get; }

    /// <summary>
    /// Whether the server filters the list by properties that can change. <see cref="TryRestart"/> turns the filter
    /// off.
    /// </summary>
    bool IsFilteredByServer { get; }

    /// <summary>Adds an element if it is new.</summary>
    /// <exception cref="CredentialFormatException">The element does not match the contract.</exception>
    /// <exception cref="System.Text.Json.JsonException">The element is not JSON.</exception>
    void Add(ReadOnlySpan<byte> json, SecretRedactor redactor, SeenIds seen);

    /// <summary>Adds the error for an element that cannot be read.</summary>
    void AddError(ApiException error);

    /// <summary>Adds a warning. The list is then incomplete.</summary>
    void AddWarning(string warning);

    /// <summary>
    /// Holds the elements that follow until <see cref="Release"/>: the consumer must not change the list while its
    /// other pages are read.
    /// </summary>
    void Hold();

    /// <summary>
    /// Discards the held elements, because the list changed while it was read and is read again from the start. Returns
    /// false if the elements that were passed on before <see cref="Hold"/> cannot be told apart.
    /// </summary>
    bool TryRestart();

    /// <summary>Passes the held elements on.</summary>
    void Release();

    /// <summary>Flushes the added elements.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
