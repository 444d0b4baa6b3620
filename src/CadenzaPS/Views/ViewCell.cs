using System;
using System.Management.Automation.Host;

namespace CadenzaPS.Views;

/// <summary>
/// Formats a value of a view. An indexer, because a script block may index any object but must not call its methods
/// where PowerShell is in ConstrainedLanguage mode.
/// </summary>
public sealed class ViewCell
{
    private readonly Func<object?, PSHost?, string?> _format;

    internal ViewCell(Func<object?, PSHost?, string?> format) => _format = format;

    /// <summary>Returns the text that the view shows.</summary>
    /// <param name="value">The value, or the whole object; it may be deserialized.</param>
    /// <param name="host">The value of $Host.</param>
    public string? this[object? value, PSHost? host] => _format(value, host);
}
