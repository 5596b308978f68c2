using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class CallCredentialsTests
{
    private static readonly CallCredentials First = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
    private static readonly CallCredentials Second = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);

    [Fact]
    public void FromInterceptor_tells_the_channel_the_function()
    {
        AsyncAuthInterceptor interceptor = (_, _) => Task.CompletedTask;
        var configurator = new RecordingConfigurator();
        var state = new object();

        CallCredentials.FromInterceptor(interceptor).InternalPopulateConfiguration(configurator, state);

        Assert.Same(interceptor, configurator.Interceptor);
        Assert.Same(state, configurator.State);
        Assert.Null(configurator.Credentials);
    }

    [Fact]
    public void FromInterceptor_null_throws()
    {
        Assert.Throws<ArgumentNullException>(() => CallCredentials.FromInterceptor(null!));
    }

    [Fact]
    public void Compose_tells_the_channel_the_credentials_in_order()
    {
        var configurator = new RecordingConfigurator();
        var state = new object();

        CallCredentials.Compose(Second, First).InternalPopulateConfiguration(configurator, state);

        Assert.Equal([Second, First], configurator.Credentials);
        Assert.Same(state, configurator.State);
        Assert.Null(configurator.Interceptor);
    }

    [Fact]
    public void Compose_array_changed_later_has_no_effect()
    {
        CallCredentials[] credentials = [First, Second];
        var configurator = new RecordingConfigurator();
        var composed = CallCredentials.Compose(credentials);

        credentials[0] = composed;
        composed.InternalPopulateConfiguration(configurator, null);

        Assert.Equal([First, Second], configurator.Credentials);
    }

    [Fact]
    public void Compose_composed_credentials_are_allowed()
    {
        var configurator = new RecordingConfigurator();
        var inner = CallCredentials.Compose(First, Second);

        CallCredentials.Compose(inner, First).InternalPopulateConfiguration(configurator, null);

        Assert.Equal([inner, First], configurator.Credentials);
    }

    [Fact]
    public void Compose_fewer_than_two_throws()
    {
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose());
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose(First));
    }

    [Fact]
    public void Compose_null_throws()
    {
        Assert.Throws<ArgumentNullException>(() => CallCredentials.Compose(null!));
        Assert.Throws<ArgumentNullException>(() => CallCredentials.Compose(First, null!));
    }

    [Fact]
    public void Compose_duplicate_throws()
    {
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose(First, Second, First));
    }

    [Fact]
    public void AuthInterceptorContext_has_what_it_is_given()
    {
        using var cancellation = new CancellationTokenSource();
        var context = new AuthInterceptorContext("https://localhost/Cart", "AddItem", cancellation.Token);

        Assert.Equal("https://localhost/Cart", context.ServiceUrl);
        Assert.Equal("AddItem", context.MethodName);
        Assert.Equal(cancellation.Token, context.CancellationToken);
        Assert.Equal(CancellationToken.None, new AuthInterceptorContext("a", "b").CancellationToken);
        Assert.Throws<ArgumentNullException>(() => new AuthInterceptorContext(null!, "b"));
        Assert.Throws<ArgumentNullException>(() => new AuthInterceptorContext("a", null!));
    }

    private sealed class RecordingConfigurator : CallCredentialsConfiguratorBase
    {
        public object? State { get; private set; }

        public AsyncAuthInterceptor? Interceptor { get; private set; }

        public IReadOnlyList<CallCredentials>? Credentials { get; private set; }

        public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor)
        {
            State = state;
            Interceptor = interceptor;
        }

        public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials)
        {
            State = state;
            Credentials = credentials;
        }
    }
}
