namespace BooksForYou.Accounts.Tests;

/// <summary>A clock that a test sets forward. Timers run by the system's clock.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _offset, time.Ticks);
}
