using System.Collections.Generic;
using System.Collections.ObjectModel;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Rules;

/// <summary>
/// The names of trading accounts. ToString returns the names, so that Export-Csv writes them and not the type.
/// </summary>
internal sealed class AccountNames(IList<string> names) : ReadOnlyCollection<string>(names)
{
    public static readonly AccountNames None = new([]);

    /// <summary>
    /// The number of accounts and the first names, such as <c>2 trading accounts ('Main SPOT', 'Main MARGIN')</c>.
    /// </summary>
    public string Format() => AccountPhrase.Format(this);

    public override string ToString() => string.Join(", ", this);
}
