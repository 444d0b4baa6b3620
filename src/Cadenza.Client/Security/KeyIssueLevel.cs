namespace Cadenza.Client.Security;

/// <summary>How serious an issue with API keys is.</summary>
internal enum KeyIssueLevel
{
    /// <summary>The keys cannot work. They must not be sent.</summary>
    Error,

    /// <summary>The keys probably do not work.</summary>
    Warning,

    /// <summary>The keys do not have the format that the venue publishes. Venues change it without notice.</summary>
    Format,
}
