using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CadenzaPS.Tests.Architecture;

/// <summary>
/// An assembly as the compiler wrote it: its types, the files that they are in, and what they use of each other.
/// </summary>
internal sealed class CompiledAssembly : IDisposable
{
    /// <summary>
    /// Roslyn's record of the file of a type without method bodies (portable PDB: TypeDefinitionDocuments).
    /// </summary>
    private static readonly Guid TypeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    public CompiledAssembly(Assembly assembly)
    {
        _file = new PEReader(File.OpenRead(assembly.Location));
        _metadata = _file.GetMetadataReader();
        TypeFiles = ReadTypeFiles();
        Uses = ReadUses();
    }

    /// <summary>The types that somebody wrote, each with the path of its file.</summary>
    public IReadOnlyList<(string Namespace, string Name, string Path)> TypeFiles { get; }

    /// <summary>How many types somebody wrote.</summary>
    public int TypeCount => OwnTypes.Count();

    /// <summary>Each use of one type by another.</summary>
    public IReadOnlyCollection<TypeUse> Uses { get; }

    /// <summary>Without what the compiler adds and what stands in for types of a newer framework.</summary>
    private IEnumerable<TypeDefinitionHandle> OwnTypes => _metadata.TypeDefinitions.Where(handle =>
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        string ns = _metadata.GetString(type.Namespace);
        return !type.IsNested && ns.StartsWith("Cadenza", StringComparison.Ordinal);
    });

    public void Dispose() => _file.Dispose();

    private HashSet<TypeUse> ReadUses()
    {
        var uses = new HashSet<TypeUse>();
        foreach (TypeDefinitionHandle handle in _metadata.TypeDefinitions)
        {
            (string Namespace, string Name) user = NameOf(handle);
            if (!user.Namespace.StartsWith("Cadenza", StringComparison.Ordinal))
            {
                continue;
            }

            var collector = new TypeCollector(_file, _metadata);
            collector.AddType(handle);
            uses.UnionWith(collector.Found
                .Select(NameOf)
                .Where(used => used != user && used.Namespace.StartsWith("Cadenza", StringComparison.Ordinal))
                .Select(used => new TypeUse(user.Namespace, user.Name, used.Namespace, used.Name)));
        }

        return uses;
    }

    private (string Namespace, string Name) NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        while (type.IsNested)
        {
            type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return (_metadata.GetString(type.Namespace), _metadata.GetString(type.Name));
    }

    private List<(string Namespace, string Name, string Path)> ReadTypeFiles()
    {
        DebugDirectoryEntry entry = _file.ReadDebugDirectory().Single(static e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using MetadataReaderProvider provider = _file.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        MetadataReader symbols = provider.GetMetadataReader();
        var files = new List<(string Namespace, string Name, string Path)>();
        foreach (TypeDefinitionHandle handle in OwnTypes)
        {
            DocumentHandle document = FindDocument(symbols, handle);
            if (!document.IsNil)
            {
                string path = symbols.GetString(symbols.GetDocument(document).Name).Replace('\\', '/');
                (string ns, string name) = NameOf(handle);
                files.Add((ns, name, path));
            }
        }

        return files;
    }

    private DocumentHandle FindDocument(MetadataReader symbols, TypeDefinitionHandle handle)
    {
        foreach (CustomDebugInformationHandle info in symbols.GetCustomDebugInformation(handle))
        {
            CustomDebugInformation value = symbols.GetCustomDebugInformation(info);
            if (symbols.GetGuid(value.Kind) == TypeDocuments)
            {
                return System.Reflection.Metadata.Ecma335.MetadataTokens.DocumentHandle(symbols.GetBlobReader(value.Value).ReadCompressedInteger());
            }
        }

        return _metadata.GetTypeDefinition(handle).GetMethods()
            .Select(method => symbols.GetMethodDebugInformation(method.ToDebugInformationHandle()).Document)
            .FirstOrDefault(static document => !document.IsNil);
    }
}
