using System.Globalization;
using System.Management.Automation.Host;

namespace CadenzaPS.TestSupport;

/// <summary>A PowerShell host that records its output. It answers prompts if it has answers.</summary>
public sealed class TestHost : PSHost
{
    private readonly TestUserInterface _ui = new();

    /// <summary>Gets or sets the key that selects a choice, such as 'Y'. Without it, such a prompt fails.</summary>
    public string? Answer { get => _ui.Answer; set => _ui.Answer = value; }

    /// <summary>Gets or sets the password for each prompt for a credential. Without it, the prompt fails.</summary>
    public string? Password { get => _ui.Password; set => _ui.Password = value; }

    /// <summary>Sets the width of the window. Without it, the host has no window.</summary>
    public int WindowWidth { set => _ui.Window = new TestWindow(value); }

    public bool HasColors { get => _ui.HasColors; set => _ui.HasColors = value; }

    public string HostName { get; set; } = nameof(TestHost);

    public IList<string> Questions => _ui.Questions;

    public IList<string> Lines => _ui.Lines;

    public IList<string> Warnings => _ui.Warnings;

    /// <summary>Gets everything that a console shows, except errors.</summary>
    public IList<string> Console => _ui.Console;

    public IList<string> ErrorLines => _ui.ErrorLines;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => HostName;

    public override PSHostUserInterface UI => _ui;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt()
    {
    }

    public override void ExitNestedPrompt()
    {
    }

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
