namespace Cadenza.Sandbox.Http;

/// <summary>What happens to the credential list between two pages of it.</summary>
internal enum ListChange
{
    None,

    /// <summary>The first credential of the page is deleted.</summary>
    Vanish,

    /// <summary>A new credential appears at the start of the list.</summary>
    Appear,

    /// <summary>The first credential of the page moves to the end of the list.</summary>
    Move,
}
