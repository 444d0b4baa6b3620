namespace Cadenza.Client.Text;

/// <summary>What a credential's id may look like. Today's are UUIDs; the contract does not promise that they stay so.</summary>
public static class CredentialIdRules
{
    /// <summary>The longest id that is taken, in UTF-16 code units.</summary>
    public const int MaxLength = 256;

    /// <summary>Says what is wrong with an id, as the rest of a sentence, or null where nothing is.</summary>
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
                return "holds white space";
            }

            if (TextSanitizer.IsUnsafe(c) || c == '\uFFFD' || char.IsSurrogate(c))
            {
                return "holds a character that no id has";
            }
        }

        return null;
    }
}
