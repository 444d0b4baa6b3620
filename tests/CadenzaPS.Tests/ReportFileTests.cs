using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using CadenzaPS.Cmdlets.Common;

namespace CadenzaPS.Tests;

/// <summary>A file that appears whole or not at all.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cadenza-report").FullName;

    private string Target => Path.Combine(_folder, "report.html");

    [Fact]
    public void A_new_file_appears_when_it_is_whole()
    {
        new ReportFile(Target).Write(
            stream =>
            {
                stream.Write("half"u8);
                Assert.False(File.Exists(Target));
                stream.Write(" whole"u8);
            },
            mayReplace: false);

        Assert.Equal("half whole", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_was_there_stays_until_the_new_one_is_whole()
    {
        File.WriteAllText(Target, "old");

        new ReportFile(Target).Write(
            stream =>
            {
                stream.Write("new"u8);
                Assert.Equal("old", File.ReadAllText(Target));
            },
            mayReplace: true);

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_breaks_off_leaves_no_trace(bool exists)
    {
        if (exists)
        {
            File.WriteAllText(Target, "old");
        }

        Assert.Throws<TimeZoneNotFoundException>(() =>
            new ReportFile(Target).Write(
                static stream =>
                {
                    stream.Write(new byte[100_000]);
                    throw new TimeZoneNotFoundException();
                },
                mayReplace: true));

        Assert.Equal(exists ? ["report.html"] : [], Array.ConvertAll(Directory.GetFiles(_folder), Path.GetFileName));
        Assert.Equal(exists ? "old" : "", exists ? File.ReadAllText(Target) : "");
    }

    [Fact]
    public void A_folder_that_was_created_meanwhile_is_not_replaced()
    {
        Assert.Throws<IOException>(() =>
            new ReportFile(Target).Write(_ => Directory.CreateDirectory(Target), mayReplace: true));

        Assert.True(Directory.Exists(Target));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_came_meanwhile_is_not_replaced_where_none_may_be()
    {
        Assert.Throws<IOException>(() =>
            new ReportFile(Target).Write(stream => File.WriteAllText(Target, "another file"), mayReplace: false));

        Assert.Equal("another file", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_read_only_file_is_replaced_only_when_told_to()
    {
        File.WriteAllText(Target, "old");
        new FileInfo(Target).IsReadOnly = true;

        Assert.Contains(
            "read-only",
            ReportFile.Validate(Target, mayReplace: true, mayReplaceReadOnly: false),
            StringComparison.Ordinal);
        Assert.Null(ReportFile.Validate(Target, mayReplace: true, mayReplaceReadOnly: true));
        new ReportFile(Target).Write(static stream => stream.Write("new"u8), mayReplace: true);

        Assert.Equal("new", File.ReadAllText(Target));
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void A_link_stays_a_link()
    {
        string real = Path.Combine(_folder, "real.html");
        File.WriteAllText(real, "old");
        File.CreateSymbolicLink(Target, real);

        new ReportFile(Target).Write(static stream => stream.Write("new"u8), mayReplace: true);

        Assert.Equal("new", File.ReadAllText(real));
        Assert.NotNull(new FileInfo(Target).LinkTarget);
    }

    [Theory]
    [InlineData(".", "folder")]
    [InlineData("missing/report.html", "the folder does not exist")]
    public void What_cannot_be_written_shows_beforehand(string path, string reason) =>
        Assert.Contains(
            reason,
            ReportFile.Validate(
                Path.GetFullPath(Path.Combine(_folder, path)),
                mayReplace: true,
                mayReplaceReadOnly: true),
            StringComparison.Ordinal);

    [Fact]
    public void A_file_that_exists_may_have_to_stay()
    {
        Assert.Null(ReportFile.Validate(Target, mayReplace: false, mayReplaceReadOnly: true));
        File.WriteAllText(Target, "old", Encoding.UTF8);
        Assert.Contains(
            "-NoClobber",
            ReportFile.Validate(Target, mayReplace: false, mayReplaceReadOnly: true),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/proc/version")]
    public void A_device_is_not_replaced_by_a_file(string path) =>
        Assert.True(
            !File.Exists(path)
                || ReportFile
                    .Validate(path, mayReplace: true, mayReplaceReadOnly: true)!
                    .Contains("not a regular file", StringComparison.Ordinal));

    [UnixTheory]
    [UnsupportedOSPlatform("windows")]
    [InlineData("pipe")]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    public void A_link_to_something_else_than_a_file_is_not_followed(string to)
    {
        string real = to == "pipe" ? Path.Combine(_folder, "pipe") : to;
        if (to == "pipe")
        {
            using var process = Process.Start("mkfifo", [real]);
            process.WaitForExit();
        }

        File.CreateSymbolicLink(Target, real);

        Assert.Contains(
            "not a regular file",
            ReportFile.Validate(Target, mayReplace: true, mayReplaceReadOnly: true),
            StringComparison.Ordinal);
        Assert.Throws<IOException>(() =>
            new ReportFile(Target).Write(static stream => stream.Write("new"u8), mayReplace: true));
        Assert.NotNull(new FileInfo(Target).LinkTarget);
        Assert.True(to != "pipe" || Directory.GetFiles(_folder).Length == 2, "A temporary file was left.");
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void A_link_to_a_file_that_does_not_exist_creates_it()
    {
        string real = Path.Combine(_folder, "real.html");
        File.CreateSymbolicLink(Target, real);

        new ReportFile(Target).Write(static stream => stream.Write("new"u8), mayReplace: true);

        Assert.Equal("new", File.ReadAllText(real));
        Assert.NotNull(new FileInfo(Target).LinkTarget);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Circular_links_show_beforehand()
    {
        File.CreateSymbolicLink(Target, Target + "2");
        File.CreateSymbolicLink(Target + "2", Target);

        Assert.Contains(
            "links",
            ReportFile.Validate(Target, mayReplace: true, mayReplaceReadOnly: true),
            StringComparison.Ordinal);
    }

    [UnixTheory]
    [UnsupportedOSPlatform("windows")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead)]
    public void The_permissions_of_a_file_that_is_replaced_stay(UnixFileMode mode)
    {
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, mode);

        new ReportFile(Target).Write(static stream => stream.Write("new"u8), mayReplace: true);

        Assert.Equal(mode, File.GetUnixFileMode(Target));
        Assert.Equal("new", File.ReadAllText(Target));
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void A_new_file_can_be_read_by_its_owner_only()
    {
        new ReportFile(Target).Write(
            stream =>
                Assert.All(
                    Directory.GetFiles(_folder),
                    static file =>
                        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode)),
            mayReplace: true);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void What_is_put_in_its_place_meanwhile_is_not_replaced()
    {
        Assert.Throws<IOException>(() =>
            new ReportFile(Target).Write(
                _ =>
                {
                    using var process = Process.Start("mkfifo", [Target]);
                    process.WaitForExit();
                },
                mayReplace: true));

        Assert.Equal(Target, Assert.Single(Directory.GetFiles(_folder)));
    }

    public void Dispose()
    {
        foreach (string file in Directory.GetFiles(_folder))
        {
            new FileInfo(file).IsReadOnly = false;
        }

        Directory.Delete(_folder, recursive: true);
    }
}
