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

/// <summary>A test that requires Linux, and the user root if so specified. Elsewhere it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute(bool needsRoot = false)
    {
        NeedsRoot = needsRoot;
        Skip = !OperatingSystem.IsLinux() ? "Requires Linux."
            : needsRoot && !Environment.IsPrivilegedProcess ? "Requires the user root."
            : null!;
    }

    public bool NeedsRoot { get; }
}
