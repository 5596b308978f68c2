using System.Net;
using System.Text.Json;

namespace BooksForYou.TestGateway.Tests;

public class PaymentTests
{
    [Fact]
    public async Task Authorize_same_key_again_gives_the_same_payment_and_another_amount_conflicts()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var first = await gateway.AuthorizeAsync("k");
        var again = await gateway.AuthorizeAsync("k");
        var otherCard = await gateway.AuthorizeAsync("k", RunningGateway.Body("4000000000000002"));
        var otherAmount = await gateway.AuthorizeAsync("k", RunningGateway.Body(cents: 2000));
        var otherCurrency = await gateway.AuthorizeAsync("k", RunningGateway.Body(currency: "USD"));

        Assert.Equal((HttpStatusCode.OK, "authorized"), (first.Status, State(first.Answer)));
        Assert.Equal(first.Answer.ToString(), again.Answer.ToString());
        Assert.Equal(first.Answer.ToString(), otherCard.Answer.ToString());
        Assert.Equal(HttpStatusCode.Conflict, otherAmount.Status);
        Assert.Equal(HttpStatusCode.Conflict, otherCurrency.Status);
        Assert.Equal("4242", first.Answer.GetProperty("card_last_four").GetString());
    }

    [Theory]
    [InlineData("", "capture", HttpStatusCode.NotFound, null)]
    [InlineData("", "refund", HttpStatusCode.NotFound, null)]
    [InlineData("", "void", HttpStatusCode.OK, "voided")]
    [InlineData("void", "void", HttpStatusCode.OK, "voided")]
    [InlineData("void", "capture", HttpStatusCode.Conflict, "voided")]
    [InlineData("void", "authorize", HttpStatusCode.Conflict, "voided")]
    [InlineData("authorize", "capture", HttpStatusCode.OK, "captured")]
    [InlineData("authorize", "void", HttpStatusCode.OK, "voided")]
    [InlineData("authorize", "refund", HttpStatusCode.Conflict, "authorized")]
    [InlineData("authorize capture", "capture", HttpStatusCode.OK, "captured")]
    [InlineData("authorize capture", "void", HttpStatusCode.Conflict, "captured")]
    [InlineData("authorize capture", "refund", HttpStatusCode.OK, "refunded")]
    [InlineData("authorize capture", "authorize", HttpStatusCode.OK, "captured")]
    [InlineData("authorize capture refund", "refund", HttpStatusCode.OK, "refunded")]
    [InlineData("authorize capture refund", "capture", HttpStatusCode.OK, "refunded")]
    [InlineData("authorize capture refund", "void", HttpStatusCode.Conflict, "refunded")]
    [InlineData("authorize void", "capture", HttpStatusCode.Conflict, "voided")]
    public async Task Request_in_a_state_answers_as_documented(string before, string request, HttpStatusCode status, string? state)
    {
        await using var gateway = await RunningGateway.StartAsync();
        Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(string action) =>
            action == "authorize" ? gateway.AuthorizeAsync("k") : gateway.PostAsync("k", action);
        foreach (var step in before.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await SendAsync(step);
        }

        var answer = await SendAsync(request);

        Assert.Equal(status, answer.Status);
        Assert.Equal(state, state is null ? null : State(answer.Answer));
        Assert.Equal(state is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, (await gateway.GetAsync("/v1/payments/k")).Status);
    }

    [Fact]
    public async Task Capture_and_void_at_the_same_time_one_of_them_happens()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async index =>
        {
            var key = $"k{index}";
            await gateway.AuthorizeAsync(key);
            var outcomes = await Task.WhenAll(gateway.PostAsync(key, "capture"), gateway.PostAsync(key, "void"));
            Assert.Single(outcomes, outcome => outcome.Status == HttpStatusCode.OK);
            Assert.Single(outcomes.Select(outcome => State(outcome.Answer)).Distinct());
        }));
    }

    [Fact]
    public async Task Request_without_the_key_is_unauthorized_and_changes_nothing()
    {
        await using var gateway = await RunningGateway.StartAsync();

        foreach (var authorization in new[] { "Bearer key-2", "Bearer key-", "key-1", "" })
        {
            var (status, _) = await gateway.SendAsync(HttpMethod.Put, "/v1/payments/k", RunningGateway.Body(), authorization);
            Assert.Equal(HttpStatusCode.Unauthorized, status);
        }

        Assert.Equal(0, (await gateway.GetAsync("/v1/payments")).Answer.GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task Request_that_is_not_one_is_a_bad_request()
    {
        await using var gateway = await RunningGateway.StartAsync();

        foreach (var body in new object[]
        {
            new { },
            "text",
            RunningGateway.Body(cents: 0),
            RunningGateway.Body(cents: -5),
            RunningGateway.Body(currency: "EURO"),
            RunningGateway.Body("42424242"),
            RunningGateway.Body("4242 4242 4242 4242"),
            new { amount_cents = 5, currency = "EUR" },
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await gateway.AuthorizeAsync("k", body)).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.GetAsync("/v1/payments?after=x")).Status);
    }

    private static string? State(JsonElement answer) => answer.GetProperty("state").GetString();
}
