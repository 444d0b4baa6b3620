using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using Cadenza.Client.Models;
using CadenzaPS.Session;

namespace CadenzaPS.Parameters;

/// <summary>
/// Completes -CredentialId and -Nickname from the credentials that this session has listed, and -Venue, -Status and
/// -CredentialType also from known values. Sends no request. Values that are not suggested are also accepted.
/// </summary>
internal sealed class CredentialCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string word = Argument.Unquote(wordToComplete ?? "");
        bool isQuoted = Argument.IsQuoted(wordToComplete ?? "");
        IReadOnlyList<CadenzaCredential> seen = RunspaceMemory.Current.List();
        return parameterName switch
        {
            "CredentialId" => CompleteIds(seen, word, isQuoted),
            "Nickname" => CompleteNicknames(seen, word, isQuoted),
            "Venue" => CompleteWords(seen.Select(static c => c.Venue), Venues.Known, word, isQuoted),
            "Status" => CompleteWords(seen.Select(static c => c.Status), CredentialStatus.Known, word, isQuoted),
            "CredentialType" => CompleteWords(
                seen.Select(static c => c.CredentialType), CredentialTypes.Known, word, isQuoted),
            _ => [],
        };
    }

    /// <summary>
    /// Completes by a prefix of the id or, if no id matches, by a prefix of the nickname, which is easier to remember.
    /// </summary>
    private static IEnumerable<CompletionResult> CompleteIds(
        IReadOnlyList<CadenzaCredential> seen, string word, bool isQuoted)
    {
        CadenzaCredential[] found = [.. seen.Where(credential => Begins(credential.CredentialId, word))];
        if (found.Length == 0)
        {
            found = [.. seen.Where(credential => Begins(credential.Nickname, word))];
        }

        return found.Select(credential => new CompletionResult(
            Argument.Quote(credential.CredentialId, isQuoted),
            ListText(credential),
            CompletionResultType.ParameterValue,
            Describe(credential)));
    }

    private static IEnumerable<CompletionResult> CompleteNicknames(
        IReadOnlyList<CadenzaCredential> seen, string word, bool isQuoted) =>
        seen.Where(credential => Begins(credential.Nickname, word) || Begins(EscapedNickname(credential), word))
            .GroupBy(static credential => credential.Nickname!, StringComparer.Ordinal)
            .OrderBy(static named => named.Key, StringComparer.OrdinalIgnoreCase)
            .Select(named => new CompletionResult(
                Argument.Quote(Argument.EscapeWildcards(named.Key), isQuoted),
                named.Key,
                CompletionResultType.ParameterValue,
                string.Join("; ", named.Take(5).Select(Describe))));

    /// <summary>Suggests the values of this session before other known values.</summary>
    private static IEnumerable<CompletionResult> CompleteWords(
        IEnumerable<string?> seen, IEnumerable<string> known, string word, bool isQuoted) =>
        seen.OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderBy(static text => text, StringComparer.OrdinalIgnoreCase)
            .Concat(known)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(text => Begins(text, word))
            .Select(text => new CompletionResult(
                Argument.Quote(Argument.EscapeWildcards(text), isQuoted),
                text,
                CompletionResultType.ParameterValue,
                text));

    private static bool Begins(string? text, string word) =>
        !string.IsNullOrEmpty(text) && text!.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static string? EscapedNickname(CadenzaCredential credential) =>
        string.IsNullOrEmpty(credential.Nickname) ? null : Argument.EscapeWildcards(credential.Nickname!);

    private static string Describe(CadenzaCredential credential) =>
        string.IsNullOrEmpty(credential.Status) ? credential.ToString() : $"{credential}: {credential.Status}";

    private static string ListText(CadenzaCredential credential)
    {
        string?[] parts = [credential.Nickname ?? credential.CredentialId, credential.Venue, credential.Status];
        return string.Join(", ", parts.Where(static text => !string.IsNullOrEmpty(text)));
    }
}
