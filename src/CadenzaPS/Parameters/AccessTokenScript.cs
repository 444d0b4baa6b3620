using System;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using Cadenza.Client.Security;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>
/// A script block that returns an access token. It can run only in the runspace in which it was specified.
/// </summary>
internal sealed class AccessTokenScript(ScriptBlock script)
{
    private readonly Runspace _runspace = Runspace.DefaultRunspace;

    /// <summary>Runs the script block on the pipeline thread. Returns the token, or why there is none.</summary>
    public (SecureString? Token, string? Fault) Read()
    {
        if (!ReferenceEquals(Runspace.DefaultRunspace, _runspace))
        {
            return (null, InputMessages.TokenSourceOfOtherRunspace);
        }

        (Collection<PSObject?>? output, string? failure) = SecretScript.Invoke(script);
        if (output is null)
        {
            return (null, InputMessages.TokenSourceFailed(failure!));
        }

        object? value = output.Count == 1 ? output[0]?.BaseObject : null;
        SecureString? token = value switch
        {
            SecureString secret => secret,
            string text => SecretText.Wrap(text.AsSpan()),
            _ => null,
        };
        return token is null
            ? (null, value is null
                ? InputMessages.NoTokenOfSource(output.Count)
                : InputMessages.WrongTokenType(value.GetType().Name))
            : SecretText.ValidateToken(token) is string fault
                ? (null, InputMessages.UnusableToken("The access token of -AccessTokenSource", fault))
                : (token, null);
    }
}
