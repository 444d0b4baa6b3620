using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Cadenza.Audit.Rules;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Report;

/// <summary>Writes the literal parts of an interpolated string as markup and encodes its values.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlInterpolatedStringHandler
{
    private readonly HtmlWriter _writer;

#pragma warning disable IDE0060 // The compiler passes both counts.
    public HtmlInterpolatedStringHandler(int literalLength, int formattedCount, HtmlWriter writer) => _writer = writer;
#pragma warning restore IDE0060

    public void AppendLiteral(string markup) => _writer.WriteMarkup(markup);

    public void AppendFormatted(string? text) => _writer.WriteText(text);

    public void AppendFormatted(Markup markup) => _writer.WriteMarkup(markup.Html);

    public void AppendFormatted(int number) => _writer.WriteMarkup(Quantity.Format(number));

    /// <summary>Writes a coordinate with at most two decimals and without group separators.</summary>
    public void AppendFormatted(double number) =>
        _writer.WriteMarkup(Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture));

    public void AppendFormatted(DateTimeOffset time) => _writer.WriteMarkup(UtcTime.FormatMinute(time));
}
