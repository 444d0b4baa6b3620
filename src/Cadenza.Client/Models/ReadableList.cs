using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace Cadenza.Client.Models;

/// <summary>A read-only list whose ToString returns its content, for example for a CSV cell.</summary>
internal sealed class ReadableList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    /// <summary>Wraps a list, or returns it if it is wrapped already.</summary>
    public static ReadableList<T> Of(IReadOnlyList<T> items) =>
        items as ReadableList<T> ?? new ReadableList<T>(items as IList<T> ?? items.ToArray());

    /// <summary>Returns the items, separated by commas.</summary>
    public override string ToString() => string.Join(", ", this);
}
