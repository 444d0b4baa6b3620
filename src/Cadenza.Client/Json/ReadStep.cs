namespace Cadenza.Client.Json;

/// <summary>The result of a step of a reader.</summary>
internal enum ReadStep
{
    /// <summary>The reader needs more of the body.</summary>
    NeedsMore,

    /// <summary>The reader is at an element.</summary>
    Element,

    /// <summary>The body has ended.</summary>
    End,
}
