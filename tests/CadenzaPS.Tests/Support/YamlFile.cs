using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CadenzaPS.Tests.Support;

/// <summary>Reads YAML as dictionaries, lists and text. Quoted text starts with a quotation mark.</summary>
internal static class YamlFile
{
    public static IEnumerable<Dictionary<string, object>> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(static document => (Dictionary<string, object>)Convert(document.RootNode))];
    }

    private static object Convert(YamlNode node) => node switch
    {
        { Anchor.IsEmpty: false } or { Tag.IsEmpty: false } =>
            throw new FormatException($"Line {node.Start.Line}: the examples use no anchors and no tags."),
        YamlMappingNode mapping => mapping.Children.ToDictionary(
            static member => ((YamlScalarNode)member.Key).Value!,
            static member => Convert(member.Value),
            StringComparer.Ordinal),
        YamlSequenceNode sequence => sequence.Children.Select(Convert).ToList(),
        YamlScalarNode scalar => Convert(scalar),
        _ => throw new FormatException($"Line {node.Start.Line}: {node.NodeType} is not expected."),
    };

    // Plain words that only YAML 1.1 reads as a Boolean value or as null are not text, so that no check accepts them.
    private static object Convert(YamlScalarNode scalar) =>
        scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? '"' + scalar.Value
        : scalar.Style is not ScalarStyle.Plain ? scalar.Value!
        : Regex.IsMatch(scalar.Value!, "^(yes|no|on|off|y|n|null|~|)$", RegexOptions.IgnoreCase) ? DBNull.Value
        : scalar.Value!;
}
