using System;
using System.Collections.Generic;
using System.Linq;

namespace CadenzaPS.Parameters;

/// <summary>Recognizes column names that mean a parameter but are not its name, such as "API secret".</summary>
internal static class ColumnNames
{
    private static readonly Dictionary<string, string> Meanings = CreateMeanings();

    private static readonly char[] Delimiters = [';', '\t', '|', ',', ':'];

    /// <summary>Returns the name of the parameter that a column probably means, or null.</summary>
    public static string? MeaningOf(string column) =>
        Meanings.TryGetValue(Simplify(column), out string? parameter) ? parameter : null;

    /// <summary>Returns the character that separates several columns in one name, or null.</summary>
    public static char? FindDelimiter(IReadOnlyCollection<string> columns)
    {
        char[] found = Array.FindAll(
            Delimiters,
            delimiter => columns.Any(column => column.Split(delimiter).Count(static part => IsKnown(part)) >= 2));
        return found.Length == 0 ? null : found[0];
    }

    /// <summary>
    /// Whether the names may be shown. A file without a header has the keys of its first row as column names.
    /// </summary>
    public static bool AreNames(IReadOnlyCollection<string> columns) =>
        columns.SelectMany(static column => column.Split(Delimiters)).Any(static part => IsKnown(part));

    private static bool IsKnown(string name) => Meanings.ContainsKey(Simplify(name));

    /// <summary>Only ASCII letters and digits count: not spaces, separators and a byte order mark.</summary>
    private static string Simplify(string name) => new(
        [.. name.ToLowerInvariant().Where(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))]);

    private static Dictionary<string, string> CreateMeanings()
    {
        (string Parameter, string Names)[] table =
        [
            ("CredentialId", "credentialid id credid credentialuuid uuid guid identifier credentialguid"),
            ("Venue", "venue exchange venuename exchangename"),
            ("Nickname", "nickname name label displayname credentialname"),
            ("CredentialType", "credentialtype type keytype"),
            ("ApiCredential", "apicredential"),
            ("ApiKey", "apikey key keyid apikeyid accesskey accesskeyid publickey newkey newapikey"),
            ("ApiSecret",
                "apisecret secret secretkey apisecretkey privatekey apiprivatekey keysecret secretaccesskey newsecret "
                + "newapisecret"),
            ("ApiPassphrase",
                "apipassphrase passphrase passphase apipass apipassword apipasscode password passwd pass phrase "
                + "passcode keypassphrase newpassphrase newapipassphrase"),
        ];
        return table
            .SelectMany(static row => row.Names.Split(' ').Select(name => (Name: name, row.Parameter)))
            .ToDictionary(static entry => entry.Name, static entry => entry.Parameter, StringComparer.Ordinal);
    }
}
