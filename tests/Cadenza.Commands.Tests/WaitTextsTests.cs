namespace Cadenza.Commands.Tests;

/// <summary>One line of progress for all changes that wait.</summary>
public sealed class WaitTextsTests
{
    [Fact]
    public void The_first_change_is_named_and_the_others_are_counted()
    {
        var texts = new WaitTexts();
        object[] waits = [new(), new(), new()];
        Assert.Null(texts.Text);

        texts.Set(waits[0], "Waiting for a (REVOKING)");
        Assert.Equal("Waiting for a (REVOKING)", texts.Text);
        texts.Set(waits[1], "Waiting for b");
        texts.Set(waits[2], "Waiting for c");
        texts.Set(waits[0], "Waiting for a (CLOSING)");
        Assert.Equal("Waiting for a (CLOSING), and for 2 more", texts.Text);
        texts.Set(waits[0], null);
        texts.Set(waits[0], null);
        Assert.Equal("Waiting for b, and for 1 more", texts.Text);
        texts.Set(waits[1], null);
        texts.Set(waits[2], null);
        Assert.Null(texts.Text);
    }
}
