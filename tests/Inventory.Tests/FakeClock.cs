namespace BooksForYou.Inventory.Tests;

/// <summary>A clock that goes only when told to. Timers are the system's.</summary>
internal sealed class FakeClock : TimeProvider
{
    private long _ticks = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
