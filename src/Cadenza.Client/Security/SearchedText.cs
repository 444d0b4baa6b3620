using System;
using System.Collections.Generic;

namespace Cadenza.Client.Security;

/// <summary>A text in every form in which it may contain a secret. Each form is created when it is needed.</summary>
internal sealed class SearchedText(string text) : IDisposable
{
    private TextView? _decoded, _plain, _spaced, _compact;
    private TextView[]? _encoded;

    public string Text => text;

    public TextView Plain => _plain ??= TextForms.Fold(text.AsSpan());

    public TextView Spaced => _spaced ??= TextForms.Space(Decoded);

    public TextView Compact => _compact ??= TextForms.Compact(Decoded);

    /// <summary>The bytes that the text contains as base64 or hexadecimal digits, for each alignment.</summary>
    public IReadOnlyList<TextView> Encoded => _encoded ??= CreateEncoded();

    private TextView Decoded => _decoded ??= EscapeDecoder.Decode(TextView.Of(text.AsSpan()));

    public void Dispose()
    {
        _decoded?.Dispose();
        _plain?.Dispose();
        _spaced?.Dispose();
        _compact?.Dispose();
        foreach (TextView view in _encoded ?? [])
        {
            view.Dispose();
        }
    }

    private TextView[] CreateEncoded()
    {
        using TextView base64 = TextForms.Join(Decoded, isHex: false);
        using TextView hex = TextForms.Join(Decoded, isHex: true);
        return
        [
            TextForms.FromBase64(base64, 0), TextForms.FromBase64(base64, 1),
            TextForms.FromBase64(base64, 2), TextForms.FromBase64(base64, 3),
            TextForms.FromHex(hex, 0), TextForms.FromHex(hex, 1),
        ];
    }
}
