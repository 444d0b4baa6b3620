using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace Cadenza.Client.Models;

/// <summary>A read-only list that is readable where only its text is taken, as in a cell of a CSV file.</summary>
internal sealed class ReadableList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    /// <summary>Takes the items of a list, or the list itself where it is readable already.</summary>
    public static ReadableList<T> Of(IReadOnlyList<T> items) => items as ReadableList<T> ?? new ReadableList<T>(items as IList<T> ?? items.ToArray());

    /// <summary>The items, with commas between.</summary>
    public override string ToString() => string.Join(", ", this);
}
