using Cadenza.Client.Text;

namespace CadenzaPS.Errors;

/// <summary>
/// The sentences about parameters and prompts that more than one cmdlet, or the code around cmdlets, uses.
/// </summary>
internal static class InputMessages
{
    public const string IdAndPipeline =
        "Specify credentials either with -CredentialId or through the pipeline, not both.";

    public const string MixedKeys = "keys were specified both on the command line and in the pipeline object.";

    public const string SharedKeys =
        "the keys of the command line were already used for another credential. Specify separate keys for each "
        + "credential through the pipeline, or use -Force to set the same keys on all of them.";

    public static string NullValue(string parameter) => $"-{parameter} was specified, but its value is null.";

    public static string UnusablePath(string parameter, string path, string fault) =>
        $"-{parameter} '{path}' cannot be used: {fault}";

    public static string UnknownConnection(string name) =>
        $"There is no connection named '{UriText.RemoveUserInfo(name)}' in this session.";

    public static string CannotPrompt(string target, string action) =>
        $"\"{action}\" on {target} requires confirmation, but PowerShell cannot prompt because it is not interactive "
        + "(-NonInteractive). Nothing was sent.";
}
