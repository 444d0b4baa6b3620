namespace Cadenza.Client.Tests.Support;

/// <summary>
/// The trait of tests that take more than about a second. <c>build.ps1 test -Quick</c> does not run them.
/// </summary>
internal static class TestSpeed
{
    public const string Trait = "Speed";
    public const string Slow = "Slow";
}
