namespace BooksForYou.ServiceKit.Health;

/// <summary>Work to be done before the process serves.</summary>
internal sealed record WarmUp(string Name, Func<IServiceProvider, CancellationToken, Task> Work);
