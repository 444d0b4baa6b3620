namespace Cadenza.Sandbox.Tests;

public sealed class FaultRuleTextTests
{
    [Fact]
    public void The_full_form_sets_every_property()
    {
        var rule = SandboxFaultRule.Parse(
            "credential/revoke:ResetAfter:times=1,probability=0.5,skip=2,delay=200ms,"
            + "retryafter=2,retryafterasdate,after");
        Assert.Equal(("credential/revoke", SandboxFaultKind.ResetAfter), (rule.Endpoint, rule.Kind));
        Assert.Equal((1, 0.5, 2), (rule.Times, rule.Probability, rule.Skip));
        Assert.Equal(TimeSpan.FromMilliseconds(200), rule.Delay);
        Assert.Equal(TimeSpan.FromSeconds(2), rule.RetryAfter);
        Assert.True(rule.RetryAfterAsDate);
        Assert.True(rule.AfterChange);
    }

    [Fact]
    public void The_options_of_single_kinds_set_their_properties()
    {
        var rule = SandboxFaultRule.Parse(
            "*:Accepted:completeafter=3s,status=REVOKING,size=7,behind=5min,form=base64,"
            + "retryaftertext=-5,retryafterdate=2015-03-01");
        Assert.Equal(TimeSpan.FromSeconds(3), rule.CompleteAfter);
        Assert.Equal(("REVOKING", 7, "-5"), (rule.Status, rule.Size, rule.RetryAfterText));
        Assert.Equal(TimeSpan.FromMinutes(5), rule.ClockBehind);
        Assert.Equal(SandboxEchoForm.Base64, rule.EchoForm);
        Assert.Equal(new DateTimeOffset(2015, 3, 1, 0, 0, 0, TimeSpan.Zero), rule.RetryAfterDate);
    }

    [Fact]
    public void The_short_form_leaves_the_defaults()
    {
        var rule = SandboxFaultRule.Parse("*:Garbage");
        Assert.Equal("*", rule.Endpoint);
        Assert.Equal((null, 1, 0), (rule.Times, rule.Probability, rule.Skip));
        Assert.Equal(TimeSpan.Zero, rule.Delay);
        Assert.Null(rule.RetryAfter);
        Assert.False(rule.RetryAfterAsDate);
        Assert.False(rule.AfterChange);
    }

    [Theory]
    [InlineData("*:delay:delay=2", 2_000)]
    [InlineData("*:delay:delay=2s", 2_000)]
    [InlineData("*:delay:delay=1.5S", 1_500)]
    [InlineData("*:delay:delay=2min", 120_000)]
    [InlineData("*:delay:delay=0", 0)]
    [InlineData(" auth/* : DRIP : Delay = 7MS ", 7)]
    public void Durations_have_units_and_names_have_no_case(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), SandboxFaultRule.Parse(text).Delay);

    [Theory]
    [InlineData("*:Delay")]
    [InlineData("credential/*:Drip:delay=0.5ms")]
    [InlineData("*:RateLimited:times=1,probability=0.25,skip=2,delay=200ms,retryafter=2000ms,retryafterasdate,after")]
    [InlineData("*:RateLimited:retryaftertext=1.5,retryafterdate=2015-03-01")]
    [InlineData("*:Unfinished:completeafter=0ms,status=REVOKING")]
    [InlineData("*:OffsetPages:size=7")]
    [InlineData("*:ClockBehind:behind=300000ms")]
    [InlineData("*:EchoSecret:form=FirstHalf")]
    public void A_rule_writes_itself_as_it_is_read(string text) =>
        Assert.Equal(text, SandboxFaultRule.Parse(text).ToString());

    [Theory]
    [InlineData("", "endpoint:kind")]
    [InlineData("credential/revoke", "endpoint:kind")]
    [InlineData("a:Garbage:times=1:x", "endpoint:kind")]
    [InlineData(":Garbage", "the endpoint must be")]
    [InlineData("/credential/list:Garbage", "the endpoint must be")]
    [InlineData("credential/:Garbage", "the endpoint must be")]
    [InlineData("cred*:Garbage", "the endpoint must be")]
    [InlineData("/*:Garbage", "the endpoint must be")]
    [InlineData("a b:Garbage", "the endpoint must be")]
    [InlineData("*:", "the kind must be one of Delay, RateLimited")]
    [InlineData("*:Gabrage", "the kind must be one of")]
    [InlineData("*:3", "the kind must be one of")]
    [InlineData("*:Garbage:", "there is no option \"\"")]
    [InlineData("*:Garbage:often", "there is no option \"often\"")]
    [InlineData("*:Garbage:after=1", "there is no option \"after=1\"")]
    [InlineData("*:Garbage:times", "times must be a whole number")]
    [InlineData("*:Garbage:times=-1", "times must be a whole number")]
    [InlineData("*:Garbage:skip=1.5", "skip must be a whole number")]
    [InlineData("*:Garbage:skip=99999999999", "skip must be a whole number")]
    [InlineData("*:Garbage:probability=1.1", "probability must be a number from 0 to 1")]
    [InlineData("*:Garbage:probability=half", "probability must be a number from 0 to 1")]
    [InlineData("*:Garbage:probability=NaN", "probability must be a number from 0 to 1")]
    [InlineData("*:Delay:delay=2h", "delay must be a duration")]
    [InlineData("*:Delay:delay=ms", "delay must be a duration")]
    [InlineData("*:Delay:delay=-1", "delay must be a duration")]
    [InlineData("*:Delay:delay=1441min", "delay must be a duration")]
    [InlineData("*:Delay:delay=79228162514264337593543950335", "delay must be a duration")]
    [InlineData("*:RateLimited:retryafter=", "retryafter must be a duration")]
    [InlineData("*:Garbage:skip=1,Skip=2", "occurs twice")]
    [InlineData("*:OffsetPages:size=0", "size must be a whole number from 1")]
    [InlineData("*:Accepted:completeafter=-1", "completeafter must be a duration")]
    [InlineData("*:OtherStatus:status=", "status must be a text")]
    [InlineData("*:OtherStatus:status=a b", "status must be a text")]
    [InlineData("*:EchoSecret:form=3", "form must be one of Sent, Trimmed")]
    [InlineData("*:RateLimited:retryafterdate=01/03/2015", "retryafterdate must be a date")]
    [InlineData("credential/lis:RateLimited", "endpoint")]
    [InlineData("credentials/*:RateLimited", "endpoint")]
    public void A_bad_rule_is_refused_in_one_clear_line(string text, string expected)
    {
        FormatException exception = Assert.Throws<FormatException>(() => SandboxFaultRule.Parse(text));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Properties_refuse_what_the_text_refuses()
    {
        var rule = new SandboxFaultRule();
        Assert.Throws<ArgumentNullException>(() => SandboxFaultRule.Parse(null!));
        Assert.Throws<ArgumentException>(() => rule.Endpoint = "cred*");
        Assert.Throws<ArgumentException>(() => rule.Endpoint = null!);
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Probability = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Times = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Skip = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Delay = TimeSpan.FromTicks(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.RetryAfter = TimeSpan.FromTicks(-1));
    }
}
