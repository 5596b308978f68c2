using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Feeds;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>
/// As much of Accounts as the other services need to run, in the process of the test: its public keys, the tokens of services and the feed of
/// deletions. It gives the test whatever token it asks for.
/// </summary>
public sealed class TestAccounts : AccountsService.AccountsServiceBase, IAsyncDisposable
{
    private static readonly Lock Gate = new();
    private static Task<TestAccounts>? _shared;

    private readonly ConcurrentDictionary<Caller, string> _tokens = new();
    private readonly TokenSigner _signer = new("test", ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly ConcurrentQueue<string> _deletions = new();
    private readonly Signal _deleted = new();
    private ServiceApplication? _application;

    private TestAccounts()
    {
    }

    /// <summary>Where it answers, for ACCOUNTS_HOST.</summary>
    public string Host => $"127.0.0.1:{_application!.GrpcAddress.Port}";

    /// <summary>The one that tests share. It runs until the process ends.</summary>
    /// <returns>It, running.</returns>
    public static Task<TestAccounts> SharedAsync()
    {
        lock (Gate)
        {
            return _shared ??= StartAsync();
        }
    }

    /// <summary>Starts one on a free port.</summary>
    /// <returns>It, running.</returns>
    public static async Task<TestAccounts> StartAsync()
    {
        var accounts = new TestAccounts();
        var builder = ServiceApplication.CreateBuilder(["--grpc-port", "0", "--metrics-port", "0"]);
        builder.Logging.ClearProviders();
        builder.AddService("Accounts");
        builder.Services.AddSingleton(accounts);
        var application = builder.Build();
        application.MapGrpcService<TestAccounts>();
        await application.StartAsync();
        accounts._application = application;
        return accounts;
    }

    /// <summary>Gives a token.</summary>
    /// <param name="caller">Whose.</param>
    /// <returns>The token, valid for an hour.</returns>
    public string Token(Caller caller) => _tokens.GetOrAdd(caller, whose => _signer.Sign(whose, DateTimeOffset.UtcNow, TimeSpan.FromHours(1)).Value);

    /// <summary>Gives the headers of a call.</summary>
    /// <param name="role">What the caller is to the shop.</param>
    /// <param name="subject">Who it is.</param>
    /// <param name="name">The name that a customer goes by.</param>
    /// <returns>The headers, with a token.</returns>
    public Metadata Headers(Role role, string subject, string name = "") =>
        new() { { "authorization", $"Bearer {Token(new Caller(role, subject, name))}" } };

    /// <summary>
    /// A client interceptor for tests that are not about who calls: a call without a token gets one of somebody who may make it. That is the visitor
    /// whom the request names, or else a service, or else an admin.
    /// </summary>
    /// <returns>The interceptor.</returns>
    public Interceptor AsWhoeverMay() => new WhoeverMay(this);

    /// <summary>Tells followers that an account is deleted.</summary>
    /// <param name="accountId">The account.</param>
    public void Delete(string accountId)
    {
        _deletions.Enqueue(accountId);
        _deleted.Pulse();
    }

    /// <inheritdoc/>
    public override Task<ListSigningKeysResponse> ListSigningKeys(ListSigningKeysRequest request, ServerCallContext context) =>
        Task.FromResult(new ListSigningKeysResponse { Keys = { _signer.PublicKey } });

    /// <inheritdoc/>
    public override Task<IssueServiceTokenResponse> IssueServiceToken(IssueServiceTokenRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.FromResult(new IssueServiceTokenResponse { Token = Issue(Role.Service, $"service:{request.Service}") });
    }

    /// <inheritdoc/>
    public override Task<IssueVisitorTokenResponse> IssueVisitorToken(IssueVisitorTokenRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.FromResult(new IssueVisitorTokenResponse { Token = Issue(Role.Visitor, request.VisitorId) });
    }

    /// <inheritdoc/>
    public override async Task FollowDeletions(
        FollowDeletionsRequest request, IServerStreamWriter<FollowDeletionsResponse> responseStream, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(responseStream);
        ArgumentNullException.ThrowIfNull(context);
        var sent = request.Cursor.Length == 0 ? 0 : int.Parse(request.Cursor, CultureInfo.InvariantCulture);
        for (var isFirst = true; ; isFirst = false)
        {
            var next = _deleted.Next;
            var all = _deletions.ToArray();
            foreach (var accountId in all.Skip(sent))
            {
                sent++;
                await responseStream.WriteAsync(Deletion(accountId, sent, sent == all.Length), context.CancellationToken);
            }

            if (isFirst)
            {
                await responseStream.WriteAsync(Deletion("", sent, caughtUp: true), context.CancellationToken);
            }

            await next.WaitAsync(context.CancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        _signer.Dispose();
    }

    private static FollowDeletionsResponse Deletion(string accountId, int sent, bool caughtUp) =>
        new() { AccountId = accountId, Cursor = sent.ToString(CultureInfo.InvariantCulture), CaughtUp = caughtUp };

    private Token Issue(Role role, string subject) => _signer.Sign(new Caller(role, subject), DateTimeOffset.UtcNow, TimeSpan.FromHours(1));
}
