using System;
using System.IO;
using System.Linq;
using CadenzaPS.Tests.Support;
using Xunit;

namespace CadenzaPS.Tests;

/// <summary>House rules that no analyzer checks.</summary>
public sealed class CodeStyleTests
{
    private const int MaxLineLength = 120;

    /// <summary>The folders that comply. Replace them by "src", "tests" and "docs" when the whole tree does.</summary>
    public static TheoryData<string> Folders =>
    [
        "src/Cadenza.Client",
        "src/Cadenza.Commands",
        "src/Cadenza.Sandbox",
        "src/Cadenza.Audit",
        "tests/Benchmarks",
        "tests/Cadenza.Audit.Tests",
        "tests/Cadenza.Sandbox.Tests",
        "tests/Cadenza.SandboxServer",
        "src/CadenzaPS",
        "tests/Cadenza.Commands.Tests",
        "tests/CadenzaPS.Tests/PublicApi",
    ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_line_of_code_is_longer_than_120_characters(string folder)
    {
        string[] files = [.. Repository.FindSources(folder)];
        string[] found =
        [
            .. from file in files
               from line in File.ReadLines(file).Select(static (text, index) => (Text: text, Number: index + 1))
               where line.Text.Length > MaxLineLength
               select $"{Path.GetRelativePath(Repository.Root, file)}({line.Number}): {line.Text.Length} characters",
        ];

        Assert.NotEmpty(files);
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }
}
