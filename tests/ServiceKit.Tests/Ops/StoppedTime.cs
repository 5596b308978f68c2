namespace BooksForYou.ServiceKit.Tests.Ops;

/// <summary>A clock that stands still, or a minute might end in the middle of a test.</summary>
internal sealed class StoppedTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan time) => _now += time;
}
