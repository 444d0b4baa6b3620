using System;
using System.IO;
using Cadenza.Commands.Files;
using Xunit;

namespace Cadenza.Commands.Tests;

/// <summary>A file is replaced completely or not at all.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cadenza-atomic-");

    private string Target => Path.Combine(_folder.FullName, "file.txt");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_is_written_whether_it_exists_or_not(bool exists)
    {
        if (exists)
        {
            File.WriteAllText(Target, "old and longer");
        }

        AtomicFile.Write(Target, static stream => stream.Write("new"u8), mayReplace: true);

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void If_writing_fails_the_existing_file_is_unchanged_and_nothing_is_left()
    {
        File.WriteAllText(Target, "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(
            Target,
            static stream =>
            {
                stream.Write("half"u8);
                throw new InvalidOperationException();
            },
            mayReplace: true));

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void An_existing_file_is_not_replaced_without_permission()
    {
        File.WriteAllText(Target, "old");

        Assert.Throws<IOException>(
            () => AtomicFile.Write(Target, static stream => stream.Write("new"u8), mayReplace: false));

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void A_folder_that_takes_the_place_of_the_file_meanwhile_is_not_replaced()
    {
        Assert.Throws<IOException>(() => AtomicFile.Write(
            Target, _ => Directory.CreateDirectory(Target), mayReplace: true));

        Assert.True(Directory.Exists(Target));
        Assert.Empty(_folder.GetFiles());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
