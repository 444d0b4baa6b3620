using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Security;

namespace CadenzaPS.TestSupport;

/// <summary>
/// Finds where a value contains a canary: in texts, dictionaries, lists and public properties, but not in secure
/// strings, where secrets belong.
/// </summary>
public static class CanaryFinder
{
    private const int MaximumItems = 2000;

    /// <summary>Returns the path of each place.</summary>
    /// <param name="value">A PSObject, because PowerShell would otherwise remove the added members.</param>
    /// <param name="canaries">The texts to find, in any case.</param>
    /// <param name="depth">The number of levels to search.</param>
    public static string[] Find(PSObject value, string[] canaries, int depth)
    {
        var found = new List<string>();
        Search(value, ":", depth, canaries, new HashSet<object>(ReferenceEqualityComparer.Instance), found);
        return [.. found];
    }

    private static void Search(
        object? value, string path, int depth, string[] canaries, HashSet<object> seen, List<string> found)
    {
        if ((value as string ?? (value is char[] characters ? new string(characters) : null)) is string text)
        {
            if (canaries.Any(canary => text.Contains(canary, StringComparison.OrdinalIgnoreCase)))
            {
                found.Add(path);
            }

            return;
        }

        if (value is null || depth == 0 || IsOpaque(value) || (!value.GetType().IsValueType && !seen.Add(value)))
        {
            return;
        }

        foreach ((string name, object? member, int levels) in MembersOf(value))
        {
            Search(member, path + name, depth - levels, canaries, seen, found);
        }
    }

    /// <summary>Whether the value cannot be searched, or belongs to the engine, which holds every variable of the
    /// session and so the canaries.</summary>
    private static bool IsOpaque(object value)
    {
        Type type = value.GetType();
        string name = type.FullName ?? "";
        return type.IsPrimitive || type.IsEnum || type.IsPointer
            || value is SecureString or Type or MemberInfo or Assembly or Delegate
            || value is CommandInfo or PSModuleInfo or ScriptBlock or SessionState or EngineIntrinsics
            || name.StartsWith("System.Reflection.", StringComparison.Ordinal)
            || name.StartsWith("System.Threading.", StringComparison.Ordinal)
            || name.StartsWith("System.Management.Automation.Language.", StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, object? Value, int Levels)> MembersOf(object value)
    {
        if (value is PSObject wrapped)
        {
            IEnumerable<(string, object?, int)> notes = wrapped.Properties
                .Where(static member => member.MemberType == PSMemberTypes.NoteProperty)
                .Select(static member => ("." + member.Name, (object?)member.Value, 1));
            return wrapped.BaseObject is PSCustomObject ? notes : notes.Append(("", wrapped.BaseObject, 0));
        }

        IEnumerable<(string, object?, int)> items = value switch
        {
            IDictionary dictionary => dictionary.Keys.Cast<object>()
                .SelectMany(key => new[] { ("{key}", key, 1), ($"[{key}]", dictionary[key], 1) }),
            IEnumerable list => list.Cast<object?>().Take(MaximumItems).Select(static (item, i) => ($"[{i}]", item, 1)),
            _ => [],
        };
        return items.Concat(PropertiesOf(value));
    }

    private static IEnumerable<(string Name, object? Value, int Levels)> PropertiesOf(object value)
    {
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0
                || property.PropertyType.IsByRefLike || property.PropertyType.IsPointer)
            {
                continue;
            }

            object? inner;
            try
            {
                inner = property.GetValue(value);
            }
            catch (Exception e) when (e is TargetInvocationException or NotSupportedException)
            {
                continue;
            }

            yield return ("." + property.Name, inner, 1);
        }
    }
}
