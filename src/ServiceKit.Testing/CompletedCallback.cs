using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>A response that keeps one callback for its end, as the web server does from call to call without a new allocation.</summary>
internal sealed class CompletedCallback : HttpResponseFeature
{
    private Func<object, Task>? _callback;
    private object? _state;

    public override void OnCompleted(Func<object, Task> callback, object state)
    {
        _callback = callback;
        _state = state;
    }

    public Task FireAsync() => _callback?.Invoke(_state!) ?? Task.CompletedTask;
}
