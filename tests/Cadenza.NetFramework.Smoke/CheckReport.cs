namespace Cadenza.NetFramework.Smoke;

/// <summary>Counts the checks. The first one that fails ends the run.</summary>
internal sealed class CheckReport
{
    private int _passed;
    private string _remark = "";

    public bool HasFailed => _remark.Length > 0;

    public void Equal<T>(string what, T expected, T actual)
    {
        if (!Equals(expected, actual))
        {
            throw new InvalidOperationException($"{what}: expected '{expected}', found '{actual}'.");
        }

        _passed++;
        Console.WriteLine("ok    " + what);
    }

    public void Fail(Exception exception)
    {
        _remark = "A check of the build for Windows PowerShell failed.";
        Console.WriteLine("FAILED " + exception);
    }

    /// <summary>Writes the counts in the format that the test verb reads.</summary>
    public void Save(string path)
    {
        int failed = HasFailed ? 1 : 0;
        File.WriteAllText(
            path,
            $$"""{"Passed":{{_passed}},"Failed":{{failed}},"Skipped":0,"Skips":[],"Remark":"{{_remark}}"}""");
    }
}
