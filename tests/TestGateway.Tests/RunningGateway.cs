using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BooksForYou.TestGateway.Tests;

/// <summary>The gateway on a real port, with a folder that outlives it.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private TestGatewayServer _server;

    private RunningGateway(TestGatewayServer server, string folder)
    {
        _server = server;
        Folder = folder;
        _client.DefaultRequestHeaders.Add("Authorization", "Bearer key-1");
    }

    public string Folder { get; }

    public int Port => _server.Address.Port;

    public string LedgerFile => Path.Combine(Folder, "test-gateway.jsonl");

    public static async Task<RunningGateway> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("booksforyou-gateway-").FullName;
        return new RunningGateway(await TestGatewayServer.StartAsync(Options(folder)), folder);
    }

    public async Task RestartAsync(Action? meanwhile = null)
    {
        await _server.DisposeAsync();
        meanwhile?.Invoke();
        _server = await TestGatewayServer.StartAsync(Options(Folder));
    }

    public static TestGatewayOptions Options(string folder) => new()
    {
        Port = 0,
        DataDirectory = folder,
        Key = "key-1",
        SlowDelay = TimeSpan.FromMilliseconds(200),
        LateAnswerDelay = TimeSpan.FromMilliseconds(300),
    };

    public static object Body(string number = "4242424242424242", long cents = 1999, string currency = "EUR") => new
    {
        amount_cents = cents,
        currency,
        card = new { number, expiry_month = 11, expiry_year = 2035, security_code = "917", holder = "Ada" },
    };

    public Task<(HttpStatusCode Status, JsonElement Answer)> AuthorizeAsync(string key, object? body = null) => SendAsync(HttpMethod.Put, $"/v1/payments/{key}", body ?? Body());

    public Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string key, string action) => SendAsync(HttpMethod.Post, $"/v1/payments/{key}/{action}");

    public Task<(HttpStatusCode Status, JsonElement Answer)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(HttpMethod method, string path, object? body = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_server.Address, path)) { Content = body is null ? null : JsonContent.Create(body) };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await _client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
