using Cadenza.Client.Http;

namespace Cadenza.Commands.Tests.Support;

/// <summary>Ignores everything.</summary>
internal sealed class NullObserver : IRequestObserver
{
    public bool WantsAttempts => false;

    public bool WantsDetail => false;

    public void OnAttempt(RequestTrace trace)
    {
    }

    public void OnDetail(string detail)
    {
    }

    public void OnWarning(string message)
    {
    }
}
