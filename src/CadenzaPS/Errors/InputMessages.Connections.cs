using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Text;
using Cadenza.Commands.Connections;

namespace CadenzaPS.Errors;

/// <content>Connections and shards.</content>
internal static partial class InputMessages
{
    public const string NotConnected = "Not connected to Cadenza.";

    public const string ConnectionEnded =
        "Not connected to Cadenza: the last Connect-Cadenza or Select-CadenzaConnection failed, or the "
        + "connection was closed.";

    public const string NoConnectionToClose = "There is no connection to close.";

    public const string NoToken = "There is no access token. Specify -AccessToken or -Credential, or set "
        + $"{ConnectionPlan.AccessTokenVariable}.";

    public const string TokenForOtherAddress =
        $"{ConnectionPlan.AccessTokenVariable} is sent only to the address in {ConnectionPlan.EnvironmentVariable} or "
        + $"{ConnectionPlan.BaseUrlVariable}. For another address, specify -AccessToken or -Credential.";

    public const string TokenAndLogin = "Specify either -AccessToken or -Credential, not both.";

    public const string TokenSourceAndOther =
        "Specify only one of -AccessTokenSource, -AccessToken, and -Credential.";

    public const string TokenSourceOfOtherRunspace =
        "The access token has expired, and -AccessTokenSource can run only in the runspace that opened the connection.";

    public const string LoginWithoutName =
        "-Credential has no user name. The user name must be the email address of the Cadenza user.";

    public const string InvalidLoginName = "The user name of -Credential contains white space or a control character.";

    public const string LoginWithoutPassword = "-Credential has no password.";

    public const string TwoAddresses = "Specify either -Environment or -BaseUri, not both.";

    public const string TwoAddressVariables =
        $"Set either {ConnectionPlan.EnvironmentVariable} or {ConnectionPlan.BaseUrlVariable}, not both.";

    public const string NoAddress =
        "There is no address, and none is assumed. Specify -Environment (Uat or Production) or -BaseUri, or "
        + $"set {ConnectionPlan.EnvironmentVariable} or {ConnectionPlan.BaseUrlVariable}.";

    /// <summary>A clause.</summary>
    public const string NoAbsoluteAddress = "is not an absolute https address";

    public const string NoConnection =
        "No connection was specified. Specify its name, or pass it through the pipeline.";

    public const string SeveralConnections = "More than one connection was specified. Only one can be the default.";

    public const string InvalidProxy =
        "-Proxy must be an absolute http or https address without a user name or password. "
        + "Specify those with -ProxyCredential.";

    public const string ProxyCredentialWithoutProxy = "-ProxyCredential requires -Proxy.";

    public static string ClosedConnection(CadenzaConnection connection) =>
        $"The connection to {connection} was closed.";

    public static string UnknownConnection(string name, IReadOnlyList<string> names) =>
        $"There is no connection named '{Clean(UriText.RemoveUserInfo(name))}' in this session. "
        + (names.Count switch
        {
            0 => "No open connection has a name.",
            1 => $"The only name is {Quote(names[0])}.",
            _ => $"The names are {string.Join(", ", names.Select(Quote))}.",
        });

    public static string NotAConnection(string type) =>
        $"A connection must be specified as a connection object or as its name, but this is {type}.";

    /// <summary>What a person reads after a connection was opened.</summary>
    public static string Connected(CadenzaConnection connection) => $"Connected to {Describe(connection)}.";

    /// <summary>What a person reads after the default connection was changed.</summary>
    public static string Selected(CadenzaConnection connection) =>
        $"The default connection is now {Describe(connection)}.";

    public static string TokenSourceFailed(string failure) =>
        $"There is no access token: the script block of -AccessTokenSource failed ({failure}). The "
        + "message of the script block is in $Error.";

    public static string NoTokenOfSource(int count) => count == 0
        ? "There is no access token: the script block of -AccessTokenSource returned nothing."
        : FormattableString.Invariant(
            $"There is no access token: the script block of -AccessTokenSource returned {count} objects.");

    public static string WrongTokenType(string type) =>
        $"There is no access token: the script block of -AccessTokenSource returned a {type} instead of a "
        + "SecureString.";

    public static string UnusableToken(string source, string fault) => $"{source} cannot be used: {fault}.";

    public static string InvalidPassword(string fault) => $"The password of -Credential {fault}.";

    public static string UnknownEnvironment(string source) => $"{source} must be Uat or Production.";

    public static string OutOfRange(string parameter, double minimum, double maximum) =>
        FormattableString.Invariant($"-{parameter} must be from {minimum} to {maximum}.");

    public static string MissingShardIndex(string parameter, string fromEnvironment, string variables) =>
        $"The shard index is missing. Specify {parameter}, or {fromEnvironment} with {variables} set.";

    public static string MissingShardCount(string parameter, string fromEnvironment, string variables) =>
        $"The number of shards is missing. Specify {parameter}, or {fromEnvironment} with {variables} set.";

    public static string ShardCountOutOfRange(string source, int maximum) =>
        FormattableString.Invariant($"{source} must be from 1 to {maximum}.");

    public static string ShardIndexOutOfRange(string indexSource, int index, string countSource, int count) =>
        FormattableString.Invariant(
            $"{indexSource} is {index}, but {countSource} is {count}: the index must be from 0 to {count - 1}.");

    public static string DifferentNumbers(string source, int number, string variable, int value) =>
        FormattableString.Invariant(
            $"{source} is {number}, but {variable} is {value}. The values must be equal.");

    public static string InvalidVariable(string variable, bool isEmpty) =>
        $"The environment variable {variable} {(isEmpty ? "is empty" : "is not a whole number")}.";

    private static string Describe(CadenzaConnection connection)
    {
        string user = connection.User is string name ? " as " + Clean(name) : ", without a check of the token";
        string end = connection.TokenExpiresAt is DateTimeOffset time
            ? $", token until {UtcTime.FormatMinute(time)}Z"
            : "";
        return connection + user + end + (connection.RenewsToken ? ", renewed automatically" : "");
    }
}
