using System;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Security;
using Cadenza.Commands;
using Cadenza.Commands.Connections;
using Cadenza.Sandbox;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets;

/// <summary>Connect-Cadenza: opens the connection that the other cmdlets of this runspace use.</summary>
[Cmdlet(
    VerbsCommunications.Connect, "Cadenza",
    DefaultParameterSetName = ServerSet, HelpUri = HelpUris.ConnectCadenza)]
[OutputType(typeof(CadenzaConnection))]
public sealed class ConnectCadenza : CadenzaCmdlet
{
    private const string ServerSet = "Server";
    private const string SandboxSet = "Sandbox";

    /// <summary>The environment to connect to: Uat or Production.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    public string? Environment { get; set; }

    /// <summary>The address of another server: https, or http to this computer.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    public Uri? BaseUri { get; set; }

    /// <summary>The access token: a SecureString, or a string, which is converted to a SecureString.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [SecretTransformation]
    public SecureString? AccessToken { get; set; }

    /// <summary>
    /// A script block that returns the access token. It runs now, and again when the token has expired.
    /// </summary>
    [Parameter]
    public ScriptBlock? AccessTokenSource { get; set; }

    /// <summary>The email address and password to sign in with.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [LoginTransformation]
    public PSCredential? Credential { get; set; }

    /// <summary>Does not send a request to verify the token.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    public SwitchParameter SkipCheck { get; set; }

    /// <summary>Connects to a sandbox in this process: the API in memory, with fictitious credentials.</summary>
    [Parameter(
        ParameterSetName = SandboxSet,
        Mandatory = true,
        HelpMessage = "Connects to the API in memory. Nothing is sent over the network.")]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>The dialect of the API that the sandbox uses.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public SandboxDialect Dialect { get; set; } = SandboxDialect.Guide;

    /// <summary>The number of credentials in the sandbox.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public int CredentialCount { get; set; } = 24;

    /// <summary>
    /// The seed from which the credentials of the sandbox are generated. The same seed gives the same credentials.
    /// </summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public int Seed { get; set; } = 1;

    /// <summary>The time after which an access token of the sandbox expires, in seconds.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public int TokenLifetimeSec { get; set; } = 3_600;

    /// <summary>
    /// Faults that the sandbox simulates: endpoint:kind[:option=value,...], such as
    /// credential/revoke:ResetAfter:times=1.
    /// </summary>
    [Parameter(ParameterSetName = SandboxSet)]
    [ArgumentCompleter(typeof(FaultCompleter))]
    public string[]? Fault { get; set; }

    /// <summary>
    /// A name for the connection, for -Connection of the other cmdlets. The connection is also the default of the
    /// runspace.
    /// </summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>The proxy to use instead of the proxy of the system.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    public Uri? Proxy { get; set; }

    /// <summary>The user name and password for -Proxy.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [LoginTransformation]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>The timeout of one attempt of a request, in seconds.</summary>
    [Parameter]
    public double TimeoutSec { get; set; } = RequestTiming.Default.AttemptTimeout.TotalSeconds;

    /// <summary>The timeout of one call with all its attempts and the delays between them, in seconds.</summary>
    [Parameter]
    public double RetryTimeoutSec { get; set; } = RequestTiming.Default.RetryTimeout.TotalSeconds;

    /// <summary>The maximum number of retries of a call that may be repeated.</summary>
    [Parameter]
    public int MaximumRetryCount { get; set; } = RequestTiming.Default.MaxRetries;

    /// <summary>
    /// The maximum number of requests per minute of this connection. They are spread evenly over the minute.
    /// </summary>
    [Parameter]
    public int? MaxPerMinute { get; set; }

    /// <summary>Writes the connection to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private RequestTiming Timing =>
        new(TimeSpan.FromSeconds(TimeoutSec), TimeSpan.FromSeconds(RetryTimeoutSec), MaximumRetryCount, MaxPerMinute);

    private string? ConnectionName => string.IsNullOrWhiteSpace(Name) ? null : Name;

    /// <inheritdoc/>
    private protected override void End()
    {
        // Without a connection, the rest of a script makes no sense.
        Runtime.TerminatesOnAnyError = true;

        // If this command fails, the next one must not use the previous connection, which stays open for those who hold
        // it by -PassThru.
        RunspaceConnection.Explicit = null;
        RunspaceMemory.Current.Clear();
        CheckRanges();
        RejectNull(nameof(MaxPerMinute), MaxPerMinute, CadenzaErrorKind.InvalidConnection);
        ConnectionPlan plan = Sandbox ? PlanSandbox() : PlanServer();
        CadenzaConnection connection = ConnectionRunner.Open(plan, SkipCheck, Runtime, StopToken)!;
        RunspaceConnection.Explicit = connection;
        RunspaceConnection.Remember(connection);
        ConnectionNotice.Write(this, InputMessages.Connected(connection));
        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    /// <summary>
    /// Not by attributes: PowerShell would end the command before the previous connection is dropped.
    /// </summary>
    private void CheckRanges()
    {
        CheckRange(nameof(TimeoutSec), TimeoutSec, 0.001, 86_400);
        CheckRange(nameof(RetryTimeoutSec), RetryTimeoutSec, 0.001, 86_400);
        CheckRange(nameof(MaximumRetryCount), MaximumRetryCount, 0, 1_000);
        CheckRange(nameof(MaxPerMinute), MaxPerMinute ?? 1, 1, Throttle.MaxPerMinute);
        CheckRange(nameof(CredentialCount), CredentialCount, 0, 1_000_000);
        CheckRange(nameof(TokenLifetimeSec), TokenLifetimeSec, 1, 86_400);
    }

    private void CheckRange(string parameter, double value, double minimum, double maximum)
    {
        if (!(value >= minimum && value <= maximum))
        {
            Reject(InputMessages.OutOfRange(parameter, minimum, maximum));
        }
    }

    private void Reject(string message) => Report(CadenzaErrorKind.InvalidConnection, message);

    private ConnectionPlan PlanServer()
    {
        // A variable that is not set must not let environment variables decide.
        RejectNull(nameof(Environment), Environment, CadenzaErrorKind.InvalidConnection);
        RejectNull(nameof(BaseUri), BaseUri, CadenzaErrorKind.InvalidConnection);
        RejectNull(nameof(AccessToken), AccessToken, CadenzaErrorKind.InvalidConnection);
        RejectNull(nameof(AccessTokenSource), AccessTokenSource, CadenzaErrorKind.InvalidConnection);
        RejectNull(nameof(Credential), Credential, CadenzaErrorKind.InvalidConnection);
        RejectNull(nameof(Proxy), Proxy, CadenzaErrorKind.InvalidConnection);
        RejectUnusable(nameof(Credential), Credential);
        RejectUnusable(nameof(ProxyCredential), ProxyCredential);
        AccessToken = KeyValues.WithLiteral(this, nameof(AccessToken), AccessToken);
        RejectUnusable(nameof(AccessToken), AccessToken);
        if (AccessTokenSource is not null && (AccessToken is not null || Credential is not null))
        {
            Reject(InputMessages.TokenSourceAndOther);
        }

        (AccessTokenScript? source, SecureString? first) = ReadSource();
        var input = new ConnectionInput
        {
            Environment = Environment,
            BaseUri = BaseUri,
            AccessToken = first ?? AccessToken,
            ReadToken = source is null ? null : source.Read,
            Email = Credential?.UserName,
            Password = Credential?.Password,
            Timing = Timing,
            Name = ConnectionName,
            Proxy = CreateProxy(),
            RequestLog = RunspaceRequests.Current,
        };
        (ConnectionPlan? plan, CadenzaErrorReport? error) = input.ToPlan(System.Environment.GetEnvironmentVariable);
        if (error is not null)
        {
            Report(error);
        }

        return plan!;
    }

    /// <summary>Returns -AccessTokenSource and its first token. Ends the command if it returns none.</summary>
    private (AccessTokenScript? Source, SecureString? First) ReadSource()
    {
        AccessTokenScript? source = AccessTokenSource is null ? null : new AccessTokenScript(AccessTokenSource);
        (SecureString? token, string? fault) = source?.Read() ?? (null, null);
        if (fault is not null)
        {
            Reject(fault);
        }

        return (source, token);
    }

    private void RejectUnusable(string parameter, object? value)
    {
        if (UnusableArgument.Find(value) is UnusableArgument unusable)
        {
            Reject(InputMessages.UnusableValue(
                parameter, value is PSCredential ? InputMessages.NoLogin : unusable.Fault));
        }
    }

    private ConnectionPlan PlanSandbox()
    {
        SandboxFaultRule[] rules = Fault is null ? [] : [.. Fault.Select(ParseFault)];
        var sandbox = new SandboxHandler(new SandboxOptions
        {
            Dialect = Dialect,
            CredentialCount = CredentialCount,
            Seed = Seed,
            AccessTokenLifetime = TimeSpan.FromSeconds(TokenLifetimeSec),
            Faults = rules.Length == 0 ? null : new SandboxFaults { Seed = Seed, Rules = rules },
        });
        (AccessTokenScript? source, _) = ReadSource();
        return new ConnectionPlan
        {
            BaseUri = sandbox.BaseAddress,
            Environment = "Sandbox",
            Name = ConnectionName,
            AccessToken = IssueToken(sandbox),
            ReadToken = source is null ? null : () => source.Read() is (null, string fault)
                ? (null, fault)
                : (IssueToken(sandbox), null),
            Handler = sandbox,
            Timing = Timing,
            RequestLog = RunspaceRequests.Current,
        };
    }

    /// <summary>A sandbox accepts only its own tokens, which replace that of -AccessTokenSource.</summary>
    private static SecureString IssueToken(SandboxHandler sandbox) =>
        SecretText.Wrap(sandbox.IssueAccessToken().AsSpan());

    private WebProxy? CreateProxy()
    {
        if (Proxy is null)
        {
            if (ProxyCredential is not null)
            {
                Reject(InputMessages.ProxyCredentialWithoutProxy);
            }

            return null;
        }

        if (!Proxy.IsAbsoluteUri || Proxy.Scheme is not ("http" or "https") || Proxy.UserInfo.Length > 0)
        {
            Reject(InputMessages.InvalidProxy);
        }

        return new WebProxy(Proxy) { Credentials = ProxyCredential?.GetNetworkCredential() };
    }

    private SandboxFaultRule ParseFault(string text)
    {
        try
        {
            return SandboxFaultRule.Parse(text);
        }
        catch (FormatException e)
        {
            Reject("-Fault: " + e.Message);
            throw;
        }
    }
}
