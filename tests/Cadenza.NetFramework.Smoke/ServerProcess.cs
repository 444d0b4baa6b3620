using System.Diagnostics;

namespace Cadenza.NetFramework.Smoke;

/// <summary>The sandbox server in a process of its own, on the loopback interface. It ends with its input.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    public ServerProcess(string assembly)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", $"\"{assembly}\" --stdin")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        });
        try
        {
            Address = new Uri(Read("address "));
            Token = Read("token ");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Uri Address { get; }

    public string Token { get; }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit((int)Patience.TotalMilliseconds))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private string Read(string label)
    {
        Task<string> line = _process.StandardOutput.ReadLineAsync();
        return line.Wait(Patience) && line.Result?.StartsWith(label, StringComparison.Ordinal) == true
            ? line.Result.Substring(label.Length)
            : throw new InvalidOperationException($"The sandbox server did not write '{label}'.");
    }
}
