using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Integration.Tests;

/// <summary>The store in one process, which believes the tokens of the test.</summary>
[CollectionDefinition(Name)]
public sealed class GuardedStore : IAsyncLifetime, ICollectionFixture<GuardedStore>
{
    /// <summary>The name of the tests that share it.</summary>
    public const string Name = "Guarded store";

    internal Store Store { get; private set; } = null!;

    internal TestAccounts Accounts { get; private set; } = null!;

    internal CallInvoker Invoker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Accounts = await TestAccounts.SharedAsync();
        Store = await Store.StartAllInOneAsync("--accounts-host", Accounts.Host);
        Invoker = Store.ChannelTo("Accounts").CreateCallInvoker();
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
