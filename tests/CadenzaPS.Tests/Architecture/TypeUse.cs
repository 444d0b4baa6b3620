namespace CadenzaPS.Tests.Architecture;

/// <summary>One type uses another of the same assembly. Nested types count as the type that they are in.</summary>
internal readonly record struct TypeUse(string UserNamespace, string User, string UsedNamespace, string Used)
{
    public override string ToString() => $"{UserNamespace}.{User} uses {UsedNamespace}.{Used}";
}
