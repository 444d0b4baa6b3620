using System.Management.Automation;
using System.Reflection;
using CadenzaPS.Cmdlets;
using CadenzaPS.Loading;

namespace CadenzaPS.Tests;

/// <summary>The conventions of cmdlet classes.</summary>
public sealed class CmdletTests
{
    private static readonly Type[] Cmdlets =
    [
        .. typeof(ModuleLifetime).Assembly.ExportedTypes.Where(static type => IsCmdlet(type) && !type.IsAbstract),
    ];

    public static TheoryData<string> SharedParameters =>
        [
            "Connection",
            "InputObject",
            "JournalPath",
            "ThrottleLimit",
            "ApiCredential",
            "ApiKey",
            "ApiSecret",
            "ApiPassphrase",
        ];

    [Fact]
    public void At_most_two_base_classes_are_between_a_cmdlet_and_PSCmdlet()
    {
        Assert.NotEmpty(Cmdlets);
        Assert.All(Cmdlets, static cmdlet => Assert.InRange(BaseClasses(cmdlet).Count(), 1, 2));
    }

    [Theory]
    [MemberData(nameof(SharedParameters))]
    public void A_parameter_that_several_cmdlets_have_is_the_same_everywhere(string parameter)
    {
        // The pipeline of Disconnect-Cadenza binds connections.
        string[] declarations =
        [
            .. Cmdlets
                .Where(static cmdlet => cmdlet != typeof(DisconnectCadenza))
                .Select(cmdlet => cmdlet.GetProperty(parameter))
                .OfType<PropertyInfo>()
                .Select(Describe),
        ];

        Assert.True(declarations.Length > 1);
        Assert.Single(declarations.Distinct());
    }

    private static bool IsCmdlet(Type type) => typeof(PSCmdlet).IsAssignableFrom(type);

    private static IEnumerable<Type> BaseClasses(Type cmdlet)
    {
        for (Type type = cmdlet.BaseType!; type != typeof(PSCmdlet); type = type.BaseType!)
        {
            yield return type;
        }
    }

    private static string Describe(PropertyInfo property)
    {
        IEnumerable<string> attributes = property
            .CustomAttributes.Where(static attribute =>
                attribute.AttributeType.Namespace != "System.Runtime.CompilerServices")
            .Select(static attribute => attribute.ToString())
            .Order(StringComparer.Ordinal);
        return $"{property.PropertyType} {string.Join(' ', attributes)}";
    }
}
