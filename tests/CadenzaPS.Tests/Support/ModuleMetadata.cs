using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CadenzaPS.Loading;

namespace CadenzaPS.Tests.Support;

/// <summary>
/// The assembly of the module as metadata, because no cmdlet can run here: the tests have only a reference assembly of
/// PowerShell.
/// </summary>
internal sealed class ModuleMetadata : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    public ModuleMetadata(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
    }

    public static string Path => typeof(Loading.ScopedAssemblyResolver).Assembly.Location;

    /// <summary>The cmdlets by their attribute: verb and noun, and whether an output type is declared.</summary>
    public IReadOnlyList<(string Name, bool HasOutputType)> FindCmdlets()
    {
        var cmdlets = new List<(string, bool)>();
        foreach (TypeDefinition type in _reader.TypeDefinitions.Select(_reader.GetTypeDefinition))
        {
            ILookup<string, CustomAttribute> attributes = type.GetCustomAttributes()
                .Select(_reader.GetCustomAttribute)
                .ToLookup(NameOf, StringComparer.Ordinal);
            foreach (CustomAttribute cmdlet in attributes["CmdletAttribute"])
            {
                BlobReader blob = _reader.GetBlobReader(cmdlet.Value);
                _ = blob.ReadUInt16();
                cmdlets.Add(
                    (
                        $"{blob.ReadSerializedString()}-{blob.ReadSerializedString()}",
                        attributes["OutputTypeAttribute"].Any()));
            }
        }

        return cmdlets;
    }

    /// <summary>The names of the assemblies that it needs.</summary>
    public IReadOnlyList<string> FindReferences() =>
        [.. _reader.AssemblyReferences.Select(handle => _reader.GetString(_reader.GetAssemblyReference(handle).Name))];

    public Version Version => _reader.GetAssemblyDefinition().Version;

    public void Dispose() => _file.Dispose();

    private string NameOf(CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return "";
        }

        EntityHandle parent = _reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return parent.Kind == HandleKind.TypeReference
            ? _reader.GetString(_reader.GetTypeReference((TypeReferenceHandle)parent).Name)
            : "";
    }
}
