using System.Collections.Concurrent;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Cart.Tests.StandIns;

/// <summary>What a test does to the calls of a stand-in: let one fail before it takes effect or after, hang, or stop the caller.</summary>
internal sealed class Interference
{
    private readonly ConcurrentDictionary<string, Func<Task>> _before = new();
    private readonly ConcurrentDictionary<string, Func<Task>> _after = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private volatile bool _isDown;

    /// <summary>The methods called, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Whether every call is UNAVAILABLE.</summary>
    public bool IsDown
    {
        get => _isDown;
        set => _isDown = value;
    }

    public int Count(string method) => _calls.Count(call => call == method);

    /// <summary>Does something before every call of a method takes effect.</summary>
    public void Before(string method, Func<Task> action) => _before[method] = action;

    /// <summary>Does something after every call of a method has taken effect, and before it is answered.</summary>
    public void After(string method, Func<Task> action) => _after[method] = action;

    public void Clear()
    {
        _before.Clear();
        _after.Clear();
        IsDown = false;
    }

    /// <summary>Runs a method with all that was asked for.</summary>
    public async Task<T> RunAsync<T>(string method, Func<T> effect)
    {
        _calls.Enqueue(method);
        if (IsDown)
        {
            throw new UnavailableException("down");
        }

        if (_before.TryGetValue(method, out var before))
        {
            await before();
        }

        var answer = effect();
        if (_after.TryGetValue(method, out var after))
        {
            await after();
        }

        return answer;
    }
}
