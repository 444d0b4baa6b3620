namespace Cadenza.Commands.Connections;

/// <summary>The environments that Cadenza runs (contract: hosts).</summary>
public enum CadenzaEnvironment
{
    /// <summary>User acceptance testing: https://cadenza-api-uat.algo724.com.</summary>
    Uat,

    /// <summary>Production: https://cadenza-api.algo724.com.</summary>
    Production,
}
