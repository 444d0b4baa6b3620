namespace Cadenza.Audit.Report;

/// <summary>Markup that is written without encoding. Never contains values from the server.</summary>
internal readonly struct Markup(string html)
{
    public string Html { get; } = html;
}
