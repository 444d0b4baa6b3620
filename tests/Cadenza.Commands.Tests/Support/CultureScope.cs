namespace Cadenza.Commands.Tests.Support;

/// <summary>Sets the culture of the current thread until it is disposed.</summary>
internal sealed class CultureScope : IDisposable
{
    private readonly (CultureInfo Culture, CultureInfo UI) _before =
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    public CultureScope(string name) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
}
