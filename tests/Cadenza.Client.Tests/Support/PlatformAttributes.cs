namespace Cadenza.Client.Tests.Support;

/// <summary>A test of files or processes as Linux and macOS have them. On Windows it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    internal const string Reason = "Requires Linux or macOS.";

    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? Reason : null!;
}

/// <summary>A test with rows of files or processes as Linux and macOS have them. On Windows it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? UnixFactAttribute.Reason : null!;
}

/// <summary>A test that needs Linux and, if <see cref="NeedsRoot"/> is set, the user root.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null! : "Requires Linux.";

    public bool NeedsRoot
    {
        get => false;
        set => Skip ??= !value || Environment.IsPrivilegedProcess ? null! : "Requires the user root.";
    }
}
