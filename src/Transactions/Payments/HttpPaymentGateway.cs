using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace BooksForYou.Transactions.Payments;

/// <summary>The gateway over HTTP: docs/payment-gateway.md from the caller's side. Connections are kept and shared.</summary>
internal sealed class HttpPaymentGateway : IPaymentGateway, IDisposable
{
    public const string AddressSetting = "PAYMENT_GATEWAY_URL";
    public const string KeySetting = "PAYMENT_GATEWAY_KEY";
    public const string DefaultAddress = "http://localhost:5080";
    public const string DefaultKey = "test";

    private const int MaxAnswerBytes = 64 * 1024;

    private readonly IConfiguration _configuration;
    private readonly TimeSpan _timeout;
    private readonly HttpClient _http;

    public HttpPaymentGateway(IConfiguration configuration, IOptions<TransactionsOptions> options)
    {
        _configuration = configuration;
        _timeout = options.Value.GatewayTimeout;
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = _timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        _http = new HttpClient(handler)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", configuration[KeySetting] is { Length: > 0 } key ? key.Trim() : DefaultKey);
    }

    public async Task<GatewayPayment> AuthorizeAsync(string key, long amountCents, string currency, CardDetails card, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new AuthorizeBody(amountCents, currency, card), GatewayJson.Default.AuthorizeBody);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Known(await SendAsync(HttpMethod.Put, key, "", content, cancellationToken));
    }

    public Task<GatewayPayment?> CaptureAsync(string key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, key, "/capture", null, cancellationToken);

    public async Task<GatewayPayment> VoidAsync(string key, CancellationToken cancellationToken) =>
        Known(await SendAsync(HttpMethod.Post, key, "/void", null, cancellationToken));

    public Task<GatewayPayment?> RefundAsync(string key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, key, "/refund", null, cancellationToken);

    public Task<GatewayPayment?> FindAsync(string key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, key, "", null, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static GatewayPayment Known(GatewayPayment? payment) => payment ?? throw new GatewayUnavailableException("The gateway does not know a payment that it was just asked for");

    // Read at every call: a gateway that runs in this process has no address before it has started.
    private Uri AddressOf(string key, string action) =>
        new($"{(_configuration[AddressSetting] is { Length: > 0 } address ? address.Trim().TrimEnd('/') : DefaultAddress)}/v1/payments/{key}{action}");

    private async Task<GatewayPayment?> SendAsync(HttpMethod method, string key, string action, HttpContent? content, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_timeout);
        try
        {
            using var request = new HttpRequestMessage(method, AddressOf(key, action)) { Content = content };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, timeout.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.NotFound => null,
                HttpStatusCode.OK or HttpStatusCode.Conflict => await ReadAsync(response, key, timeout.Token),
                var status => throw new GatewayUnavailableException($"The gateway answered with status {(int)status}"),
            };
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GatewayUnavailableException($"The gateway did not answer in {_timeout.TotalSeconds} s", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new GatewayUnavailableException($"The connection to the gateway failed: {exception.HttpRequestError}", exception);
        }
    }

    private static async Task<GatewayPayment> ReadAsync(HttpResponseMessage response, string key, CancellationToken cancellationToken)
    {
        try
        {
            var payment = await response.Content.ReadFromJsonAsync(GatewayJson.Default.GatewayPayment, cancellationToken);
            return payment is not null && payment.Key == key
                ? payment
                : throw new GatewayUnavailableException("The gateway's answer is about something else");
        }
        catch (JsonException)
        {
            // The exception would quote the answer.
            throw new GatewayUnavailableException("The gateway's answer cannot be read");
        }
    }
}
