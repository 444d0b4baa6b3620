using System;
using System.Management.Automation.Host;
using Cadenza.Commands.Watching;

namespace CadenzaPS.Views;

/// <summary>
/// Formats events for the views of CadenzaPS.format.ps1xml. The events may be deserialized.
/// </summary>
internal static class EventText
{
    /// <summary>The width of the column, which is fixed because events are shown one by one.</summary>
    private const int StatusWidth = 17;

    private const string Arrow = "\u2192";

    /// <summary>Formats the status; if it changed, as <c>VERIFIED→FAILED</c>, in the color of the new one.</summary>
    public static string? Status(object? item, object? style, PSHost? host)
    {
        string? status = Text(item, nameof(CredentialEvent.Status));
        string? before = Text(item, nameof(CredentialEvent.PreviousStatus));
        string? text = IsA(item, CredentialEventKind.StatusChanged) ? before + Arrow + status : status;
        return ViewText.Paint(
            ViewText.Cut(text, StatusWidth, host), status, StatusTone.ColorOf, style, host);
    }

    /// <summary>Formats the nickname, or the id without one; if it changed, as <c>old→new</c>.</summary>
    public static string? Name(object? item)
    {
        string? nickname = Text(item, nameof(CredentialEvent.Nickname));
        string? name = string.IsNullOrEmpty(nickname) ? Text(item, nameof(CredentialEvent.CredentialId)) : nickname;
        return IsA(item, CredentialEventKind.Renamed)
            ? Text(item, nameof(CredentialEvent.PreviousNickname)) + Arrow + nickname
            : name;
    }

    private static bool IsA(object? item, string kind) =>
        string.Equals(Text(item, nameof(CredentialEvent.Event)), kind, StringComparison.Ordinal);

    private static string? Text(object? item, string name) => ViewText.Member(item, name)?.ToString();
}
