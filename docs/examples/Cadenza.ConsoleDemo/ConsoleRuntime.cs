using System;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Text;
using Cadenza.Commands;

namespace Cadenza.ConsoleDemo;

/// <summary>A console standing where PowerShell would: the same runner and the same HTTP core speak to it.</summary>
internal sealed class ConsoleRuntime : ICommandRuntime
{
    private bool _hasHeader;

    /// <summary>Whether changes are only shown, as PowerShell's -WhatIf does.</summary>
    public bool IsWhatIf { get; set; }

    public bool WantsTrace => false;

    public bool WantsDetail => false;

    public bool ShowsQuestions => IsWhatIf;

    public bool StopsAtFirstError => false;

    public bool ShouldProcess(string target, string action)
    {
        if (IsWhatIf)
        {
            Console.WriteLine($"What if: Performing the operation \"{action}\" on target \"{target}\".");
        }

        return !IsWhatIf;
    }

    public void WriteObject(object item)
    {
        if (item is not CadenzaCredential credential)
        {
            return;
        }

        if (!_hasHeader)
        {
            _hasHeader = true;
            PrintRow("Nickname", "Venue", "Type", "Status", "Updated", "CredentialId");
            PrintRow("--------", "-----", "----", "------", "-------", "------------");
        }

        PrintRow(
            credential.Nickname,
            credential.Venue,
            credential.CredentialType,
            credential.Status,
            credential.UpdatedAt is DateTimeOffset updated ? Age.Of(updated, DateTimeOffset.UtcNow) : null,
            credential.CredentialId);
    }

    public void WriteError(CadenzaErrorReport error) => Console.WriteLine($"Error {error.Id}: {error.Message}");

    public void WriteWarning(string message) => Console.WriteLine("WARNING: " + message);

    public void WriteVerbose(string message)
    {
        // As with -Verbose off.
    }

    public void WriteTrace(RequestTrace trace)
    {
        // As with -Verbose off.
    }

    public void WriteDebug(string detail)
    {
        // As with -Debug off.
    }

    public void SetProgressText(string? text)
    {
        // The server is in this process: nobody waits.
    }

    public void WriteProgress()
    {
        // The server is in this process: nobody waits.
    }

    /// <summary>Begins a step of the story, with a table of its own.</summary>
    public void Begin(string text, string command)
    {
        _hasHeader = false;
        Console.WriteLine($"\n# {text}\n# In PowerShell: {command}\n");
    }

    private static void PrintRow(
        string? nickname,
        string? venue,
        string? type,
        string? status,
        string? updated,
        string id) =>
        Console.WriteLine(
            $"{Fit(nickname, 24)} {Fit(venue, 11)} {Fit(type, 8)} {Fit(status, 8)} {Fit(updated, -7)} {id}");

    /// <summary>Fits a text into a column; a negative width is right-aligned.</summary>
    private static string Fit(string? text, int width)
    {
        string shown = text ?? "";
        int room = Math.Abs(width);
        shown = shown.Length <= room ? shown : shown.Substring(0, room - 1) + "…";
        return width < 0 ? shown.PadLeft(room) : shown.PadRight(room);
    }
}
