namespace BooksForYou.Transactions.Payments;

/// <summary>A charge under way in this process, for everybody who asks for it meanwhile.</summary>
internal sealed class Flight
{
    private readonly TaskCompletionSource<byte[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<byte[]> Answer => _answer.Task;

    public void Land(byte[] answer) => _answer.TrySetResult(answer);

    public void Crash(Exception exception)
    {
        _answer.TrySetException(exception);

        // Looked at, so that it is not reported as unobserved when all callers have left.
        _ = _answer.Task.Exception;
    }
}
