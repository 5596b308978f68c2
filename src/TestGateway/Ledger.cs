using System.Text.Json;

namespace BooksForYou.TestGateway;

/// <summary>
/// All payments, and the moves between their states. What a method gives back is on the disk. A payment that is void before it was ever asked for
/// stays void: the authorization that arrives late is refused.
/// </summary>
internal sealed class Ledger : IAsyncDisposable
{
    /// <summary>The most entries that one page has.</summary>
    public const int MaxPageSize = 1000;

    private readonly FileStream _ownership;
    private readonly Journal _journal;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<Payment> _entries;
    private readonly Dictionary<string, Payment> _current = new(StringComparer.Ordinal);

    private Ledger(FileStream ownership, Journal journal, TimeProvider time, List<Payment> entries)
    {
        _ownership = ownership;
        _journal = journal;
        _time = time;
        _entries = entries;
        foreach (var entry in entries)
        {
            _current[entry.Key] = entry;
        }
    }

    /// <summary>Opens the ledger in a folder, which is made if need be.</summary>
    /// <exception cref="IOException">The file cannot be opened, for example since another gateway uses it.</exception>
    public static Ledger Open(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);

        // A lock on a file of its own, so that everybody may read the ledger.
        var ownership = new FileStream(Path.Combine(folder, "test-gateway.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var journal = Journal.Open(Path.Combine(folder, "test-gateway.jsonl"), out var lines);
            return new Ledger(ownership, journal, time, [.. lines.Select(line => JsonSerializer.Deserialize(line, GatewayJson.Default.Payment)!)]);
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    /// <summary>Writes what an authorization came to, unless there is a payment of that key.</summary>
    /// <param name="outcome">Key, state, decline code, amount and card.</param>
    /// <returns>The payment as it stands now, and whether this call made it.</returns>
    public Task<(Payment Payment, bool Moved)> AuthorizeAsync(Payment outcome) =>
        MoveAsync(outcome.Key, payment => payment is null ? outcome : null)!;

    /// <summary>Takes the money of an authorized payment.</summary>
    /// <returns>The payment as it stands now, null if there is none, and whether this call changed it.</returns>
    public Task<(Payment? Payment, bool Moved)> CaptureAsync(string key) =>
        MoveAsync(key, payment => payment?.State == PaymentState.Authorized ? payment with { State = PaymentState.Captured } : null);

    /// <summary>Gives an authorization up, or makes sure that there will never be one.</summary>
    /// <returns>The payment as it stands now, and whether this call changed it.</returns>
    public Task<(Payment Payment, bool Moved)> VoidAsync(string key) =>
        MoveAsync(key, payment => payment switch
        {
            null => new Payment { Position = 0, Time = default, Key = key, State = PaymentState.Voided },
            { State: PaymentState.Authorized } => payment with { State = PaymentState.Voided },
            _ => null,
        })!;

    /// <summary>Pays the whole amount of a captured payment back.</summary>
    /// <returns>The payment as it stands now, null if there is none, and whether this call changed it.</returns>
    public Task<(Payment? Payment, bool Moved)> RefundAsync(string key) =>
        MoveAsync(key, payment => payment?.State == PaymentState.Captured ? payment with { State = PaymentState.Refunded } : null);

    /// <summary>Looks a payment up.</summary>
    /// <returns>The payment, or null if there is none of that key.</returns>
    public async Task<Payment?> FindAsync(string key) => (await MoveAsync(key, _ => null)).Payment;

    /// <summary>Gives the entries after a position, oldest first.</summary>
    public async Task<PaymentPage> ListAsync(long after, int pageSize)
    {
        PaymentPage page;
        lock (_lock)
        {
            var start = (int)Math.Clamp(after, 0, _entries.Count);
            var entries = _entries.GetRange(start, Math.Min(pageSize, _entries.Count - start));
            page = new PaymentPage(entries, entries.Count == 0 ? after : entries[^1].Position);
        }

        await _journal.FlushAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await _ownership.DisposeAsync();
    }

    // An answer waits for the disk even if it changed nothing: it may tell of a change that another call has just made.
    private async Task<(Payment? Payment, bool Moved)> MoveAsync(string key, Func<Payment?, Payment?> move)
    {
        Payment? payment;
        bool moved;
        lock (_lock)
        {
            _current.TryGetValue(key, out payment);
            var next = move(payment);
            moved = next is not null;
            if (next is not null)
            {
                payment = next with { Position = _entries.Count + 1, Time = _time.GetUtcNow() };
                _journal.Append(JsonSerializer.SerializeToUtf8Bytes(payment, GatewayJson.Default.Payment));
                _entries.Add(payment);
                _current[key] = payment;
            }
        }

        await _journal.FlushAsync();
        return (payment, moved);
    }
}
