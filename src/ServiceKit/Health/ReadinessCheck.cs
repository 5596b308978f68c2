namespace BooksForYou.ServiceKit.Health;

/// <summary>A condition of readiness.</summary>
internal sealed record ReadinessCheck(string Name, Func<IServiceProvider, CancellationToken, ValueTask<bool>> Check);
