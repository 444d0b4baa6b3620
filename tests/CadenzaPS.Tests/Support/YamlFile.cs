using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CadenzaPS.Tests.Support;

/// <summary>Reads the documents of a YAML file as JSON, which both APIs do too.</summary>
internal static class YamlFile
{
    public static IReadOnlyList<JsonObject> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(static document => (JsonObject)Convert(document.RootNode)!)];
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        { Anchor.IsEmpty: false } or { Tag.IsEmpty: false } =>
            throw new FormatException($"Line {node.Start.Line}: the examples use no anchors and no tags."),
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(static member =>
            KeyValuePair.Create(((YamlScalarNode)member.Key).Value!, Convert(member.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => ConvertPlain(scalar.Value!),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new FormatException($"Line {node.Start.Line}: {node.NodeType} is not expected."),
    };

    /// <summary>A word that is a Boolean value in YAML 1.1 is one here too, because parsers differ.</summary>
    private static JsonNode? ConvertPlain(string text) =>
        Regex.IsMatch(text, "^(true|yes|on|y)$", RegexOptions.IgnoreCase) ? true
        : Regex.IsMatch(text, "^(false|no|off|n)$", RegexOptions.IgnoreCase) ? false
        : Regex.IsMatch(text, "^(null|~|)$", RegexOptions.IgnoreCase) ? null
        : Regex.IsMatch(text, @"^-?\d+(\.\d+)?$") ? JsonNode.Parse(text)
        : text;
}
