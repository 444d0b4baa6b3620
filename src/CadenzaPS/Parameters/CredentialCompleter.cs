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
/// Completes what describes credentials: -CredentialId and -Nickname from what this session has listed, -Venue, -Status and -CredentialType
/// from the known words as well. Asks no server and refuses nothing.
/// </summary>
internal sealed class CredentialCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete ?? "";
        string word = Argument.Unquote(typed);
        IReadOnlyList<CadenzaCredential> seen = RunspaceMemory.Current.List();
        return parameterName switch
        {
            "CredentialId" => CompleteIds(seen, word, Argument.IsQuoted(typed)),
            "Nickname" => CompleteNicknames(seen, word, Argument.IsQuoted(typed)),
            "Venue" => CompleteWords(seen.Select(static c => c.Venue), KnownValues.Venues, word, Argument.IsQuoted(typed)),
            "Status" => CompleteWords(seen.Select(static c => c.Status), KnownValues.Statuses, word, Argument.IsQuoted(typed)),
            "CredentialType" => CompleteWords(seen.Select(static c => c.CredentialType), KnownValues.CredentialTypes, word, Argument.IsQuoted(typed)),
            _ => [],
        };
    }

    /// <summary>By the id's beginning; where no id begins so, by the nickname's, which is what people remember.</summary>
    private static IEnumerable<CompletionResult> CompleteIds(IReadOnlyList<CadenzaCredential> seen, string word, bool isQuoted)
    {
        CadenzaCredential[] found = [.. seen.Where(credential => Begins(credential.CredentialId, word))];
        if (found.Length == 0)
        {
            found = [.. seen.Where(credential => Begins(credential.Nickname, word))];
        }

        return found.Select(credential => new CompletionResult(
            Argument.Quote(credential.CredentialId, isQuoted), ListText(credential), CompletionResultType.ParameterValue, Describe(credential)));
    }

    private static IEnumerable<CompletionResult> CompleteNicknames(IReadOnlyList<CadenzaCredential> seen, string word, bool isQuoted) =>
        seen.Where(credential => Begins(credential.Nickname, word) || Begins(EscapedNickname(credential), word))
            .GroupBy(static credential => credential.Nickname!, StringComparer.Ordinal)
            .OrderBy(static named => named.Key, StringComparer.OrdinalIgnoreCase)
            .Select(named => new CompletionResult(
                Argument.Quote(Argument.EscapeWildcards(named.Key), isQuoted),
                named.Key,
                CompletionResultType.ParameterValue,
                string.Join("; ", named.Take(5).Select(Describe))));

    /// <summary>The words of this session first.</summary>
    private static IEnumerable<CompletionResult> CompleteWords(IEnumerable<string?> seen, IEnumerable<string> known, string word, bool isQuoted) =>
        seen.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(static text => text, StringComparer.OrdinalIgnoreCase)
            .Concat(known)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(text => Begins(text, word))
            .Select(text => new CompletionResult(Argument.Quote(Argument.EscapeWildcards(text), isQuoted), text, CompletionResultType.ParameterValue, text));

    private static bool Begins(string? text, string word) =>
        !string.IsNullOrEmpty(text) && text!.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static string? EscapedNickname(CadenzaCredential credential) =>
        string.IsNullOrEmpty(credential.Nickname) ? null : Argument.EscapeWildcards(credential.Nickname!);

    private static string Describe(CadenzaCredential credential) =>
        string.IsNullOrEmpty(credential.Status) ? credential.ToString() : $"{credential}: {credential.Status}";

    private static string ListText(CadenzaCredential credential) =>
        string.Join(", ", new[] { credential.Nickname ?? credential.CredentialId, credential.Venue, credential.Status }.Where(static text => !string.IsNullOrEmpty(text)));
}
