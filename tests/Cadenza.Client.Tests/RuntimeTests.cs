using System.Reflection;
using System.Runtime.Versioning;

namespace Cadenza.Client.Tests;

/// <summary>Each suite runs on the runtime, and tests the build, for which it is there.</summary>
public sealed class RuntimeTests
{
#if CLIENT_NETSTANDARD
    private const string Build = ".NETStandard,Version=v2.0";
#else
    private const string Build = ".NETCoreApp,Version=v8.0";
#endif

    [Fact]
    public void The_tests_run_on_the_runtime_that_they_target() =>
        Assert.Equal(
            $".NETCoreApp,Version=v{Environment.Version.Major}.{Environment.Version.Minor}",
            FrameworkOf(typeof(RuntimeTests).Assembly));

    [Fact]
    public void The_client_that_is_tested_is_the_build_that_ships() =>
        Assert.Equal(Build, FrameworkOf(typeof(CadenzaClient).Assembly));

    private static string? FrameworkOf(Assembly assembly) =>
        assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName;
}
