namespace Cadenza.Audit.Report;

/// <summary>A nickname in a list of findings.</summary>
internal static class NicknameText
{
    public static void Write(HtmlWriter html, string? nickname)
    {
        if (string.IsNullOrWhiteSpace(nickname))
        {
            html.WriteMarkup("<span class=\"missing\">no nickname</span>");
        }
        else
        {
            html.Write($"<strong><bdi>{nickname}</bdi></strong>");
        }
    }
}
