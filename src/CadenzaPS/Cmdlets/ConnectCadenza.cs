using System;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using Cadenza.Client.Errors;
using Cadenza.Client.Security;
using Cadenza.Commands;
using Cadenza.Commands.Connections;
using Cadenza.Sandbox;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets;

/// <summary>Connect-Cadenza: makes the connection that the other cmdlets of this runspace use.</summary>
[Cmdlet(VerbsCommunications.Connect, "Cadenza", DefaultParameterSetName = ServerSet, HelpUri = HelpUris.ConnectCadenza)]
[OutputType(typeof(CadenzaConnection))]
public sealed class ConnectCadenza : CadenzaCmdlet
{
    private const string ServerSet = "Server";
    private const string SandboxSet = "Sandbox";

    /// <summary>The environment to connect to: Uat or Production.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    public string? Environment { get; set; }

    /// <summary>The address of another server: https, or http to this machine.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    public Uri? BaseUri { get; set; }

    /// <summary>The access token: a SecureString, or a string, which is wrapped.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [SecretTransformation]
    public SecureString? AccessToken { get; set; }

    /// <summary>The email and password to sign in with.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    public PSCredential? Credential { get; set; }

    /// <summary>Does not check the token with a call.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    public SwitchParameter SkipCheck { get; set; }

    /// <summary>Connects to a sandbox in this process: the API in memory, with made-up credentials.</summary>
    [Parameter(ParameterSetName = SandboxSet, Mandatory = true, HelpMessage = "Connects to the API in memory: nothing leaves this machine.")]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>Which of the API's three dialects the sandbox speaks.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public SandboxDialect Dialect { get; set; } = SandboxDialect.Guide;

    /// <summary>How many credentials the sandbox holds.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public int CredentialCount { get; set; } = 24;

    /// <summary>What the sandbox's credentials are made up from: the same seed, the same credentials.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public int Seed { get; set; } = 1;

    /// <summary>
    /// What the sandbox shall do wrong, to rehearse it: endpoint:kind[:option=value,...], such as credential/revoke:ResetAfter:times=1.
    /// </summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public string[]? Fault { get; set; }

    /// <summary>A name for the connection, to be given to -Connection of the other cmdlets. It is the session's default all the same.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>The proxy to go through, instead of the platform's.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    public Uri? Proxy { get; set; }

    /// <summary>The user name and password for -Proxy.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>How long one attempt of a request may take, in seconds.</summary>
    [Parameter]
    public double TimeoutSec { get; set; } = RequestTiming.Default.AttemptTimeout.TotalSeconds;

    /// <summary>How long all attempts of one call and the waits between them may take together, in seconds.</summary>
    [Parameter]
    public double RetryTimeoutSec { get; set; } = RequestTiming.Default.RetryTimeout.TotalSeconds;

    /// <summary>How many attempts may follow the first one, where a call may be sent again.</summary>
    [Parameter]
    public int MaximumRetryCount { get; set; } = RequestTiming.Default.MaxRetries;

    /// <summary>Emits the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private RequestTiming Timing =>
        new(TimeSpan.FromSeconds(TimeoutSec), TimeSpan.FromSeconds(RetryTimeoutSec), MaximumRetryCount);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // First of all: should this fail, the next command must not go where the last connection went. The last one is not closed,
        // since somebody may hold it by -PassThru.
        RunspaceConnection.Explicit = null;
        RunspaceMemory.Current.Clear();
        CheckRanges();
        ConnectionPlan plan = Sandbox ? PlanSandbox() : PlanServer();
        Run(() => RunspaceConnection.Explicit = ConnectionRunner.Open(plan, SkipCheck, this, StopToken));
        RunspaceConnection.Remember(RunspaceConnection.Explicit!);
        if (PassThru)
        {
            WriteObject(RunspaceConnection.Explicit);
        }

        base.EndProcessing();
    }

    /// <summary>Every error: without a connection the rest of a script makes no sense.</summary>
    protected override bool EndsCommand(CadenzaErrorReport error) => true;

    /// <summary>
    /// In code and not by attributes: what an attribute refuses never reaches this cmdlet, which then could not drop the connection before.
    /// </summary>
    private void CheckRanges()
    {
        RefuseOutside(nameof(TimeoutSec), TimeoutSec, 0.001, 86_400);
        RefuseOutside(nameof(RetryTimeoutSec), RetryTimeoutSec, 0.001, 86_400);
        RefuseOutside(nameof(MaximumRetryCount), MaximumRetryCount, 0, 1_000);
        RefuseOutside(nameof(CredentialCount), CredentialCount, 0, 1_000_000);
    }

    private void RefuseOutside(string parameter, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            Refuse(FormattableString.Invariant($"-{parameter} must be {least} to {most}."));
        }
    }

    private void Refuse(string message) => Report(ErrorCatalog.ForInput(CadenzaErrorKind.InvalidConnection, message));

    private ConnectionPlan PlanServer()
    {
        RefuseNull(nameof(Environment), Environment);
        RefuseNull(nameof(BaseUri), BaseUri);
        RefuseNull(nameof(AccessToken), AccessToken);
        RefuseNull(nameof(Credential), Credential);
        var input = new ConnectionInput
        {
            Environment = Environment,
            BaseUri = BaseUri,
            AccessToken = AccessToken,
            Email = Credential?.UserName,
            Password = Credential?.Password,
            Timing = Timing,
            Name = string.IsNullOrWhiteSpace(Name) ? null : Name,
            Proxy = CreateProxy(),
        };
        (ConnectionPlan? plan, CadenzaErrorReport? error) = input.ToPlan(System.Environment.GetEnvironmentVariable);
        if (error is not null)
        {
            Report(error);
        }

        return plan!;
    }

    /// <summary>A variable that is not set must not lead to what the environment variables happen to say.</summary>
    private void RefuseNull(string parameter, object? value)
    {
        if (value is null && MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            Refuse($"-{parameter} was given, but is null.");
        }
    }

    private ConnectionPlan PlanSandbox()
    {
        var sandbox = new SandboxHandler(new SandboxOptions
        {
            Dialect = Dialect,
            CredentialCount = CredentialCount,
            Seed = Seed,
            Faults = Fault is null || Fault.Length == 0 ? null : new SandboxFaults { Seed = Seed, Rules = Fault.Select(ParseFault).ToArray() },
        });
        return new ConnectionPlan
        {
            BaseUri = new Uri("https://sandbox.invalid/"),
            Environment = "Sandbox",
            Name = string.IsNullOrWhiteSpace(Name) ? null : Name,
            AccessToken = SecretText.Wrap(sandbox.IssueAccessToken().AsSpan()),
            Handler = sandbox,
            Timing = Timing,
        };
    }

    private WebProxy? CreateProxy()
    {
        RefuseNull(nameof(Proxy), Proxy);
        if (Proxy is null)
        {
            if (ProxyCredential is not null)
            {
                Refuse("-ProxyCredential needs -Proxy.");
            }

            return null;
        }

        if (!Proxy.IsAbsoluteUri || Proxy.Scheme is not ("http" or "https") || Proxy.UserInfo.Length > 0)
        {
            Refuse("-Proxy must be an absolute http or https address without a user name or password: give those by -ProxyCredential.");
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
            Refuse("-Fault: " + e.Message);
            throw;
        }
    }
}
