namespace Cadenza.Sandbox.Tests.Support;

/// <summary>What a client sees of an answer.</summary>
public enum Seen
{
    /// <summary>A whole answer.</summary>
    Answer,

    /// <summary>The connection is lost before the first byte of an answer.</summary>
    Nothing,

    /// <summary>The body ends too early, with an error.</summary>
    HalfThenError,

    /// <summary>Half of the body, then neither more nor an error.</summary>
    HalfThenSilence,

    /// <summary>Neither an answer nor an error.</summary>
    Silence,
}
