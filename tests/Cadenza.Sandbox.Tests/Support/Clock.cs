using System;

namespace Cadenza.Sandbox.Tests.Support;

/// <summary>A clock that moves only when a test moves it.</summary>
internal sealed class Clock
{
    public DateTimeOffset Now { get; private set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Read() => Now;

    public void Advance(TimeSpan time) => Now += time;
}
