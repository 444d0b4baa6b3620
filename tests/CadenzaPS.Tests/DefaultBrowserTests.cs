using System.ComponentModel;
using System.Diagnostics;
using CadenzaPS.Cmdlets.Common;

namespace CadenzaPS.Tests;

public sealed class DefaultBrowserTests
{
    [Fact]
    public void The_path_is_passed_as_one_argument()
    {
        ProcessStartInfo? started = null;
        var browser = new DefaultBrowser(info =>
        {
            started = info;
            return null;
        });
        Assert.Null(browser.TryOpen("/tmp/a \"b\".html"));
        Assert.Contains("a ", started!.FileName + started.Arguments, StringComparison.Ordinal);
        Assert.Equal(OperatingSystem.IsWindows(), started.UseShellExecute);
    }

    [Fact]
    public void A_program_that_does_not_start_is_a_fault() =>
        Assert.NotNull(new DefaultBrowser(static _ => throw new Win32Exception(2)).TryOpen("/tmp/a.html"));
}
