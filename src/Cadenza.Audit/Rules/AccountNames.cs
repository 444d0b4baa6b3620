using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Rules;

/// <summary>Names of trading accounts; readable where only their text is taken, as in a cell of a CSV file.</summary>
internal sealed class AccountNames(IList<string> names) : ReadOnlyCollection<string>(names)
{
    public static readonly AccountNames None = new([]);

    /// <summary>For a sentence: how many accounts, and the first of their names.</summary>
    public string Format() => AccountPhrase.Format(this);

    public override string ToString() => string.Join(", ", this);
}
