using System;

namespace Cadenza.Sandbox.Faults;

/// <summary>Reads the names of an enumeration, in any case. Unlike Enum.Parse it takes no numbers and no
/// lists.</summary>
internal static class EnumText<T>
    where T : struct, Enum
{
#pragma warning disable CA2263 // The generic method does not exist on netstandard2.0.
    private static readonly T[] Values = (T[])Enum.GetValues(typeof(T));
#pragma warning restore CA2263

    public static string Names { get; } = string.Join(", ", Values);

    public static bool TryParse(string name, out T value)
    {
        foreach (T known in Values)
        {
            if (string.Equals(known.ToString(), name, StringComparison.OrdinalIgnoreCase))
            {
                value = known;
                return true;
            }
        }

        value = default;
        return false;
    }
}
