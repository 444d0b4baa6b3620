using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace CadenzaPS.TestSupport;

/// <summary>The console of a <see cref="TestHost"/>. Commands can write on several threads.</summary>
internal sealed class TestUserInterface : PSHostUserInterface
{
    public string? Answer { get; set; }

    public string? Password { get; set; }

    public bool HasColors { get; set; }

    public TestWindow? Window { get; set; }

    public List<string> Questions { get; } = [];

    public List<string> Lines { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> Console { get; } = [];

    public List<string> ErrorLines { get; } = [];

    public override PSHostRawUserInterface RawUI => Window!;

    public override bool SupportsVirtualTerminal => HasColors;

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Questions.Add(caption + " " + message);
        int index = choices.ToList().FindIndex(choice => Answer is not null && choice.Label.Contains("&" + Answer));
        return index >= 0 ? index : throw NoUser();
    }

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) => throw NoUser();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName)
    {
        var password = new SecureString();
        foreach (char c in Password ?? throw NoUser())
        {
            password.AppendChar(c);
        }

        return new PSCredential(userName, password);
    }

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => PromptForCredential(caption, message, userName, targetName);

    public override string ReadLine() => throw NoUser();

    public override SecureString ReadLineAsSecureString() => throw NoUser();

    public override void Write(string value)
    {
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
    }

    public override void WriteLine(string value)
    {
        Add(Lines, value);
        Add(Console, value);
    }

    public override void WriteDebugLine(string message) => Add(Console, "DEBUG: " + message);

    public override void WriteErrorLine(string value) => Add(ErrorLines, value);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override void WriteVerboseLine(string message) => Add(Console, "VERBOSE: " + message);

    public override void WriteWarningLine(string message)
    {
        Add(Warnings, message);
        Add(Console, "WARNING: " + message);
    }

    private static InvalidOperationException NoUser() => new("The host has no user.");

    private static void Add(List<string> lines, string line)
    {
        lock (lines)
        {
            lines.Add(line);
        }
    }
}
