using System.Reflection;
using Cadenza.Audit;
using Cadenza.Client;
using Cadenza.Commands;
using Cadenza.Sandbox;
using CadenzaPS.Loading;
using PublicApiGenerator;

namespace CadenzaPS.Tests.PublicApi;

/// <summary>The public API of each assembly that ships is the one in the text file with its name.</summary>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "CADENZA_UPDATE_PUBLIC_API";
    private const string UpdateCommand =
        UpdateVariable + "=1 dotnet test -c Release tests/CadenzaPS.Tests --filter PublicApiTests";

    public static TheoryData<string> Assemblies =>
        ["Cadenza.Audit", "Cadenza.Client", "Cadenza.Commands", "Cadenza.Sandbox", "CadenzaPS"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_api_is_the_approved_one(string assembly)
    {
        string path = Path.Combine(Repository.Root, "tests", "CadenzaPS.Tests", "PublicApi", assembly + ".txt");
        string[] actual = Generate(Find(assembly));
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, string.Join('\n', actual) + "\n");
        }

        string[] approved = File.Exists(path) ? File.ReadAllLines(path) : [];

        Assert.Contains(actual, static line => line.Contains("public ", StringComparison.Ordinal));
        Assert.True(
            actual.SequenceEqual(approved, StringComparer.Ordinal),
            $"""
            The public API of {assembly} is not the one in {Path.GetFileName(path)}:
            {string.Join(Environment.NewLine, LineDifference.Compare(approved, actual))}
            If the change is intended, run this command and commit the file:
            {UpdateCommand}
            """);
    }

    /// <summary>
    /// Types and members as C# code, without attributes: those are either checked elsewhere or depend on the build.
    /// </summary>
    private static string[] Generate(Assembly assembly)
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        IEnumerable<MemberInfo> members =
            assembly.ExportedTypes.SelectMany(static type => type.GetMembers(All).Prepend(type));
        string[] attributes =
        [
            .. members.SelectMany(static member => member.CustomAttributes)
                .Select(static attribute => attribute.AttributeType)
                .Where(static type => type.Namespace != "System.Runtime.CompilerServices")
                .Select(static type => type.FullName!)
                .Distinct(),
        ];
        var options = new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            DenyNamespacePrefixes = [],
            ExcludeAttributes = attributes,
        };
        return [.. assembly.GeneratePublicApi(options).Split('\n').Select(static line => line.TrimEnd())];
    }

    private static Assembly Find(string assembly) => assembly switch
    {
        "Cadenza.Audit" => typeof(CredentialAudit).Assembly,
        "Cadenza.Client" => typeof(CadenzaClient).Assembly,
        "Cadenza.Commands" => typeof(ICommandRuntime).Assembly,
        "Cadenza.Sandbox" => typeof(SandboxHandler).Assembly,
        _ => typeof(ModuleLifetime).Assembly,
    };
}
