using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using Cadenza.Client.Models;
using Cadenza.Client.Security;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>
/// A script block that returns the secret of each item, such as { Get-Secret $_.CredentialId }. PowerShell does not run
/// it, because its errors would contain the whole pipeline object.
/// </summary>
internal sealed class SecretScript
{
    private static readonly ConditionalWeakTable<PSCredential, SecretScript> Placeholders = new();

    private readonly ScriptBlock _script;

    private SecretScript(ScriptBlock script) => _script = script;

    /// <summary>Returns a placeholder for a user name and password that a script block returns.</summary>
    public static PSCredential ForLogin(ScriptBlock script)
    {
        var placeholder = new PSCredential("none", SecretText.Wrap([]));
        Placeholders.Add(placeholder, new SecretScript(script));
        return placeholder;
    }

    /// <summary>Returns the script block that a placeholder stands for, or null.</summary>
    public static SecretScript? Find(PSCredential? login) =>
        login is not null && Placeholders.TryGetValue(login, out SecretScript? found) ? found : null;

    /// <summary>Runs the script block for an item. Returns the secret, or why there is none.</summary>
    /// <param name="item">The credential.</param>
    /// <param name="row">The pipeline object, which is $_; null for an object with the id.</param>
    public (PSCredential? Login, string? Fault) Run(CredentialReference item, PSObject? row)
    {
        (Collection<PSObject?>? output, string? failure) =
            Invoke(_script, new PSVariable("_", row ?? CreateRow(item)));
        return output is null ? (null, InputMessages.SecretScriptFailed(failure!)) : Read(output);
    }

    /// <summary>Runs a script block that returns a secret. Returns its output, or a description of its error.</summary>
    public static (Collection<PSObject?>? Output, string? Failure) Invoke(
        ScriptBlock script, params PSVariable[] variables)
    {
        try
        {
            // An error of the vault is then one error, and not an additional one.
            var stop = new PSVariable("ErrorActionPreference", ActionPreference.Stop);
            return (script.InvokeWithContext(functionsToDefine: null, [.. variables, stop]), null);
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException e)
        {
            // The message may quote a secret or the pipeline object, so it is not shown.
            return (null, Describe(e));
        }
    }

    private static (PSCredential? Login, string? Fault) Read(Collection<PSObject?> output)
    {
        object? value = output.Count == 1 ? output[0]?.BaseObject : null;
        return value switch
        {
            PSCredential login => (login, null),
            null when output.Count > 1 => (null, InputMessages.SeveralSecrets(output.Count)),
            null => (null, InputMessages.MissingSecret),
            _ => (null, InputMessages.WrongSecretType(value.GetType().Name)),
        };
    }

    private static PSObject CreateRow(CredentialReference item)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty(nameof(item.CredentialId), item.CredentialId));
        row.Properties.Add(new PSNoteProperty(nameof(item.Venue), item.Venue));
        row.Properties.Add(new PSNoteProperty(nameof(item.Nickname), item.Nickname));
        return row;
    }

    private static string Describe(RuntimeException exception)
    {
        string type = (exception.InnerException ?? exception).GetType().Name;
        string? command = exception.ErrorRecord?.InvocationInfo?.MyCommand?.Name;
        return string.IsNullOrEmpty(command) ? type : $"{type} in {command}";
    }
}
