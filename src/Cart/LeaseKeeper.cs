using System.Data.Common;
using BooksForYou.ServiceKit.Storage;

namespace BooksForYou.Cart;

/// <summary>Renews a lease while work goes on under it. Work done within a third of its length costs a timer that never fires.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly Func<Task<bool>> _renewAsync;
    private readonly CancellationTokenSource _lost = new();
    private readonly ITimer _timer;
    private Task _renewal = Task.CompletedTask;

    public LeaseKeeper(TimeProvider time, TimeSpan lease, Func<Task<bool>> renewAsync)
    {
        _renewAsync = renewAsync;
        var period = lease / 3;
        _timer = time.CreateTimer(_ => Renew(), null, period, period);
    }

    /// <summary>Cancelled when somebody else has taken the lease: the work must stop.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _renewal;
        _lost.Dispose();
    }

    private void Renew()
    {
        if (_renewal.IsCompleted)
        {
            _renewal = RenewAsync();
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            if (!await _renewAsync())
            {
                await _lost.CancelAsync();
            }
        }
        catch (Exception exception) when (exception is DbException or DatabaseUnavailableException)
        {
            // The next one may succeed. If none does, somebody takes the lease over, and the writes under it fail.
        }
    }
}
