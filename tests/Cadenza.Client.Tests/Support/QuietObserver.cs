namespace Cadenza.Client.Tests.Support;

/// <summary>An observer that ignores everything. A test overrides what it observes.</summary>
internal abstract class QuietObserver : IRequestObserver
{
    public virtual bool WantsAttempts => false;

    public virtual bool WantsDetail => false;

    public virtual void OnAttempt(RequestTrace trace)
    {
    }

    public virtual void OnDetail(string detail)
    {
    }

    public virtual void OnNotice(string message)
    {
    }

    public virtual void OnTurn()
    {
    }

    public virtual void OnWaiting(object wait, string? text)
    {
    }

    public virtual void OnWarning(string message)
    {
    }
}
