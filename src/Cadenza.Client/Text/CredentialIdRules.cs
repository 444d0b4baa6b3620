using System;

namespace Cadenza.Client.Text;

/// <summary>
/// Validates credential ids. They are currently UUIDs; the contract does not guarantee that. Only ASCII characters that
/// ids commonly contain are allowed, so that no id can look like another one.
/// </summary>
public static class CredentialIdRules
{
    /// <summary>The maximum length of an id, in UTF-16 code units.</summary>
    public const int MaxLength = 256;

    /// <summary>The characters that are allowed in addition to ASCII letters and digits.</summary>
    private const string Punctuation = "-._~:@+=/";

    /// <summary>
    /// Validates an id. Returns the error as a predicate, such as "is empty", or null if the id is valid.
    /// </summary>
    public static string? Validate(string? id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            return "is empty";
        }

        if (id!.Length > MaxLength)
        {
            return "is longer than 256 characters";
        }

        foreach (char c in id)
        {
            if (char.IsWhiteSpace(c))
            {
                return "contains white space";
            }

            if (!IsAllowed(c))
            {
                return FormattableString.Invariant(
                    $"contains a character that is not allowed in an id: U+{(int)c:X4}");
            }
        }

        return id.Trim('.').Length == 0 ? "consists of periods only" : null;
    }

    private static bool IsAllowed(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || Punctuation.IndexOf(c) >= 0;
}
