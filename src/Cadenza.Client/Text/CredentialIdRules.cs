namespace Cadenza.Client.Text;

/// <summary>Validates credential ids. They are currently UUIDs; the contract does not guarantee that.</summary>
public static class CredentialIdRules
{
    /// <summary>The maximum length of an id, in UTF-16 code units.</summary>
    public const int MaxLength = 256;

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

            if (TextSanitizer.IsUnsafe(c) || c == '\uFFFD' || char.IsSurrogate(c))
            {
                return "contains a character that is not allowed in an id";
            }
        }

        return null;
    }
}
