using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets a parameter accept a PSCredential, or a user name, for which it prompts for the password as the cmdlets of
/// PowerShell do. Anything else becomes an <see cref="UnusableArgument"/>: PowerShell's conversion error would show it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LoginTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether a script block may return the value for each pipeline object.</summary>
    public bool AllowsScript { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = ArgumentText.Unwrap(inputData);
        return value is null or PSCredential ? value
            : AllowsScript && value is ScriptBlock script ? SecretScript.ForLogin(script)
            : ArgumentText.Find(inputData) is string userName ? Prompt(engineIntrinsics, userName)
            : UnusableArgument.ForLogin(value);
    }

    /// <summary>Converts the field of a row. A row never prompts.</summary>
    public static PSCredential? Read(object? input) =>
        ArgumentText.Unwrap(input) is not object value || value is "" ? null
        : value as PSCredential ?? UnusableArgument.ForLogin(value);

    private static object? Prompt(EngineIntrinsics engine, string userName)
    {
        if (engine.Host?.UI is null)
        {
            throw new ArgumentTransformationMetadataException(InputMessages.CannotPromptForPassword(userName));
        }

        try
        {
            return new CredentialAttribute().Transform(engine, userName);
        }
        catch (Exception e) when (
            e is HostException or PSInvalidOperationException or PSNotSupportedException
                or NotImplementedException or InvalidOperationException)
        {
            // The message of PowerShell does not say what to specify instead.
            throw new ArgumentTransformationMetadataException(InputMessages.CannotPromptForPassword(userName), e);
        }
    }
}
