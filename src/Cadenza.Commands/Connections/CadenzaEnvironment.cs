namespace Cadenza.Commands.Connections;

/// <summary>The environments of the Cadenza API.</summary>
internal enum CadenzaEnvironment
{
    /// <summary>User acceptance testing: https://cadenza-api-uat.algo724.com.</summary>
    Uat,

    /// <summary>Production: https://cadenza-api.algo724.com.</summary>
    Production,
}
