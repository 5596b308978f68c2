using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BooksForYou.TestGateway;

/// <summary>The gateway's HTTP face: docs/payment-gateway.md in code.</summary>
internal sealed class PaymentEndpoints(TestGatewayOptions options, Ledger ledger, CancellationToken stopping)
{
    private readonly byte[] _authorization = Encoding.UTF8.GetBytes($"Bearer {options.Key}");
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TestCardScenario> _dropping = new(StringComparer.Ordinal);

    public void Map(WebApplication web)
    {
        web.MapPut("/v1/payments/{key:length(1,100)}", context => AnswerAsync(context, AuthorizeAsync));
        web.MapPost("/v1/payments/{key:length(1,100)}/capture", context => AnswerAsync(context, CaptureAsync));
        web.MapPost("/v1/payments/{key:length(1,100)}/void", context => AnswerAsync(context, VoidAsync));
        web.MapPost("/v1/payments/{key:length(1,100)}/refund", context => AnswerAsync(context, RefundAsync));
        web.MapGet("/v1/payments/{key:length(1,100)}", context => AnswerAsync(context, FindAsync));
        web.MapGet("/v1/payments", context => AnswerAsync(context, ListAsync));
    }

    private static string KeyOf(HttpContext context) => (string)context.GetRouteValue("key")!;

    private static Task WriteAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, type, contentType: null, context.RequestAborted);
    }

    private static Task FailAsync(HttpContext context, int status, string error) =>
        WriteAsync(context, status, new GatewayError(error), GatewayJson.Default.GatewayError);

    // The payment is where the caller wants it, or the move to there is illegal: then 409, and the caller sees where it is.
    private static Task AnswerAsync(HttpContext context, Payment? payment, params ReadOnlySpan<PaymentState> wanted) => payment is null
        ? FailAsync(context, StatusCodes.Status404NotFound, "unknown_payment")
        : WriteAsync(
            context,
            wanted.Contains(payment.State) ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
            payment,
            GatewayJson.Default.Payment);

    private static Payment Decide(string key, AuthorizeRequest request)
    {
        var card = TestCards.Find(request.Card.Number);
        var declineCode = card?.Scenario switch
        {
            null => TestCards.UnknownCardDeclineCode,
            TestCardScenario.Declined => "card_declined",
            TestCardScenario.InsufficientFunds => "insufficient_funds",
            _ => null,
        };
        return new Payment
        {
            Position = 0,
            Time = default,
            Key = key,
            State = declineCode is null ? PaymentState.Authorized : PaymentState.Declined,
            DeclineCode = declineCode,
            AmountCents = request.AmountCents,
            Currency = request.Currency,
            CardBrand = card?.Brand ?? "",
            CardLastFour = request.Card.Number[^4..],
        };
    }

    private static bool IsValid(AuthorizeRequest request) =>
        request is { AmountCents: > 0, Currency.Length: 3, Card: { Number.Length: >= 12 and <= 19, ExpiryMonth: >= 1 and <= 12 } card }
        && card.Number.All(char.IsAsciiDigit)
        && card.SecurityCode.Length is 3 or 4
        && card.SecurityCode.All(char.IsAsciiDigit);

    private static async Task<AuthorizeRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            var request = await context.Request.ReadFromJsonAsync(GatewayJson.Default.AuthorizeRequest, context.RequestAborted);
            return request is not null && IsValid(request) ? request : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(HttpContext context, Func<HttpContext, Task> answer)
    {
        var shown = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(shown, _authorization))
        {
            await FailAsync(context, StatusCodes.Status401Unauthorized, "wrong_key");
            return;
        }

        try
        {
            await answer(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task AuthorizeAsync(HttpContext context)
    {
        var key = KeyOf(context);
        var request = await ReadAsync(context);
        if (request is null)
        {
            await FailAsync(context, StatusCodes.Status400BadRequest, "invalid_request");
            return;
        }

        var scenario = TestCards.Find(request.Card.Number)?.Scenario;
        if (scenario == TestCardScenario.FailsTwice && _failures.AddOrUpdate(key, 1, (_, count) => count + 1) <= 2)
        {
            await FailAsync(context, StatusCodes.Status500InternalServerError, "test_failure");
            return;
        }

        if (scenario == TestCardScenario.Slow)
        {
            await Task.Delay(options.SlowDelay, stopping);
        }

        var (payment, moved) = await ledger.AuthorizeAsync(Decide(key, request));
        if (payment.AmountCents != request.AmountCents || payment.Currency != request.Currency)
        {
            await WriteAsync(context, StatusCodes.Status409Conflict, payment, GatewayJson.Default.Payment);
            return;
        }

        if (moved && scenario == TestCardScenario.DropsAfterCharging)
        {
            _dropping[key] = TestCardScenario.DropsAfterCharging;
            context.Abort();
            return;
        }

        if (moved && scenario == TestCardScenario.TimesOutAfterCharging)
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await Task.Delay(options.LateAnswerDelay, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await AnswerAsync(context, payment, PaymentState.Authorized, PaymentState.Declined, PaymentState.Captured, PaymentState.Refunded);
    }

    private async Task CaptureAsync(HttpContext context)
    {
        var key = KeyOf(context);
        var (payment, moved) = await ledger.CaptureAsync(key);
        if (moved && _dropping.TryRemove(key, out _))
        {
            context.Abort();
            return;
        }

        await AnswerAsync(context, payment, PaymentState.Captured, PaymentState.Refunded);
    }

    private async Task VoidAsync(HttpContext context) =>
        await AnswerAsync(context, (await ledger.VoidAsync(KeyOf(context))).Payment, PaymentState.Voided, PaymentState.Declined);

    private async Task RefundAsync(HttpContext context) =>
        await AnswerAsync(context, (await ledger.RefundAsync(KeyOf(context))).Payment, PaymentState.Refunded);

    private async Task FindAsync(HttpContext context)
    {
        var payment = await ledger.FindAsync(KeyOf(context));
        if (payment is null)
        {
            await FailAsync(context, StatusCodes.Status404NotFound, "unknown_payment");
            return;
        }

        await WriteAsync(context, StatusCodes.Status200OK, payment, GatewayJson.Default.Payment);
    }

    private async Task ListAsync(HttpContext context)
    {
        var text = context.Request.Query["after"].ToString();
        if (!long.TryParse(text.Length == 0 ? "0" : text, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
        {
            await FailAsync(context, StatusCodes.Status400BadRequest, "invalid_request");
            return;
        }

        await WriteAsync(context, StatusCodes.Status200OK, await ledger.ListAsync(after, Ledger.MaxPageSize), GatewayJson.Default.PaymentPage);
    }
}
