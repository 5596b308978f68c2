namespace BooksForYou.Inventory.Catalogue;

/// <summary>Tells those in this process who wait for it that the catalogue has changed.</summary>
internal sealed class CatalogueSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next change. To miss none, take it before looking at what there is.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Says that there is a change.</summary>
    public void Set() =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
