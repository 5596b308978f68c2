using System.Text.RegularExpressions;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Accounts.Tests;

/// <summary>The service on a real port, in as many replicas as wanted, with a database and a mail folder of its own.</summary>
internal sealed partial class RunningAccounts : IAsyncDisposable
{
    public const string Password = "a long walk by the sea";

    private readonly List<ServiceApplication> _replicas = [];
    private readonly List<GrpcChannel> _channels = [];

    private RunningAccounts(TestDatabase database, string folder)
    {
        Database = database;
        Folder = folder;
    }

    public TestDatabase Database { get; }

    public string Folder { get; }

    public ManualTime Time { get; } = new();

    public LogCollector Log { get; } = new() { Timeout = TimeSpan.FromSeconds(60) };

    public List<AccountsService.AccountsServiceClient> Clients { get; } = [];

    public AccountsService.AccountsServiceClient Client => Clients[0];

    public IReadOnlyList<string> Mails => Directory.Exists(MailFolder) ? [.. Directory.GetFiles(MailFolder, "*.eml").OrderBy(File.GetLastWriteTimeUtc).Select(File.ReadAllText)] : [];

    private string MailFolder => Path.Combine(Folder, "mail");

    public static async Task<RunningAccounts> StartAsync(DatabaseDialect engine, int replicas = 1, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("booksforyou-accounts-").FullName;
        var running = new RunningAccounts(await TestDatabase.CreateAsync(engine), folder);
        await Task.WhenAll(Enumerable.Range(0, replicas).Select(_ => running.AddReplicaAsync(settings)));
        return running;
    }

    public async Task AddReplicaAsync(params string[] settings)
    {
        string[] defaults =
        [
            "--grpc-port", "0", "--metrics-port", "0", "--data-dir", Folder, "--accounts-database", Database.ConnectionString,
            "--accounts-password-iterations", "1000", "--accounts-poll-interval", "00:00:00.05", "--accounts-mail-pause", "00:00:00.05",
            "--shop-address", "https://shop.example",

            // Unless it is what a test is about, nobody is slowed down.
            "--accounts-tries-per-account", "1000", "--accounts-tries-per-address", "1000", "--accounts-requests-per-address", "1000",
        ];
        var given = settings.Where((_, index) => index % 2 == 0).ToHashSet();
        var builder = ServiceApplication.CreateBuilder([.. defaults.Chunk(2).Where(pair => !given.Contains(pair[0])).SelectMany(pair => pair), .. settings]);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddAccounts();
        builder.Logging.ClearProviders().AddProvider(Log).AddFilter<LogCollector>(null, LogLevel.Trace);
        var app = builder.Build();
        app.MapAccounts();
        await app.StartAsync();
        var channel = GrpcChannel.ForAddress(app.GrpcAddress);
        lock (_replicas)
        {
            _replicas.Add(app);
            _channels.Add(channel);
            Clients.Add(new AccountsService.AccountsServiceClient(channel));
        }
    }

    public T Get<T>(int replica = 0)
        where T : notnull => _replicas[replica].Services.GetRequiredService<T>();

    /// <summary>The headers of a call that the shop makes.</summary>
    public Metadata Shop
    {
        get
        {
            var request = new IssueServiceTokenRequest { Service = "Marketplace", Secret = Get<ServiceSecret>().Value };
            return As(Client.IssueServiceToken(request).Token);
        }
    }

    public static Metadata As(Session session) => As(session.Token);

    public static Metadata As(Token token) => new() { { "authorization", $"Bearer {token.Value}" } };

    public static RegisterRequest Registration(string email, string name = "Ada", bool mailConsent = false, string password = Password) =>
        new() { Email = email, Name = name, Password = password, MailConsent = mailConsent, ClientAddress = "192.0.2.1" };

    public async Task<Session> RegisterAsync(string email, string name = "Ada", bool mailConsent = false) =>
        (await Client.RegisterAsync(Registration(email, name, mailConsent), Shop)).Session;

    public async Task<Session> SignInAsync(string email, string password = Password) =>
        (await Client.SignInAsync(SignIn(email, password), Shop)).Session;

    public static SignInRequest SignIn(string email, string password = Password, string address = "192.0.2.1") =>
        new() { Email = email, Password = password, ClientAddress = address };

    /// <summary>Registers with an address that is confirmed.</summary>
    public async Task<Session> RegisterConfirmedAsync(string email, string name = "Ada", bool mailConsent = true)
    {
        var session = await RegisterAsync(email, name, mailConsent);
        await ExecuteAsync("UPDATE account SET email_confirmed = TRUE WHERE account_id = @AccountId", new { session.Profile.AccountId });
        return session;
    }

    public async Task<RefreshTokenResponse> RefreshAsync(Session session) =>
        await Client.RefreshTokenAsync(new RefreshTokenRequest { SessionSecret = session.Secret }, Shop);

    public Task<RpcException> IsOverAsync(Session session) =>
        StatusAssert.FailsAsync(StatusCode.Unauthenticated, Client.RefreshTokenAsync(new RefreshTokenRequest { SessionSecret = session.Secret }, Shop));

    /// <summary>Waits until a number of mails is sent, and gives what the link in the newest to an address holds.</summary>
    public async Task<string> LinkAsync(int mails, string email)
    {
        await Log.WaitForAsync(mails, line => line.Event == "MailSent");
        return LinkOf(Mails.Last(mail => mail.Contains($"To: {email}\r\n", StringComparison.Ordinal)));
    }

    /// <summary>What the link in a mail holds.</summary>
    public static string LinkOf(string mail) =>
        Link().Match(mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal)).Groups[1].Value;

    public Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        Database.Database.StatementAsync((connection, _) => connection.ExecuteAsync(sql, parameters));

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await Database.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await Database.DisposeAsync();
        Log.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    [GeneratedRegex("link=([A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}
