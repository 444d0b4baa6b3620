using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Rules;

/// <summary>Names of trading accounts; readable where only their text is taken, as in a cell of a CSV file.</summary>
internal sealed class AccountNames(IList<string> names) : ReadOnlyCollection<string>(names)
{
    /// <summary>How many accounts a sentence names.</summary>
    private const int MaxNamed = 5;

    public static readonly AccountNames None = new([]);

    /// <summary>The name of one account, as people know it.</summary>
    public static string Of(TradingAccount account) => (account.Nickname, account.TradingAccountId) switch
    {
        ({ Length: > 0 } name, _) => name,
        (_, { Length: > 0 } id) => "account " + id,
        _ => "an account without a name",
    };

    /// <summary>For a sentence: how many accounts, and the first of their names.</summary>
    public string Format()
    {
        string count = Count == 1 ? "1 trading account" : Count.ToString(CultureInfo.InvariantCulture) + " trading accounts";
        string first = string.Join(", ", this.Take(MaxNamed).Select(SafeText.Clean));
        string rest = Count > MaxNamed ? $" and {(Count - MaxNamed).ToString(CultureInfo.InvariantCulture)} more" : "";
        return $"{count} ({first}{rest})";
    }

    public override string ToString() => string.Join(", ", this);
}
