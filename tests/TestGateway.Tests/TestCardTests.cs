using System.Net;
using System.Text.Json;

namespace BooksForYou.TestGateway.Tests;

public class TestCardTests
{
    [Fact]
    public void All_documentation_is_the_same_table()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs/payment-gateway.md"))
            .SkipWhile(line => line != "| Number | Brand | What happens |")
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..4]);

        Assert.Equal(TestCards.All.Select(card => new[] { card.Number, card.Brand, card.Description }), rows);
    }

    [Fact]
    public void All_every_scenario_has_a_card() =>
        Assert.All(Enum.GetValues<TestCardScenario>(), scenario => Assert.Equal(scenario, TestCards.Find(TestCards.NumberOf(scenario))!.Scenario));

    [Theory]
    [InlineData(TestCardScenario.Declined, "card_declined")]
    [InlineData(TestCardScenario.InsufficientFunds, "insufficient_funds")]
    public async Task Authorize_card_that_is_declined_says_why_and_stays_declined(TestCardScenario scenario, string code)
    {
        await using var gateway = await RunningGateway.StartAsync();

        var (status, answer) = await gateway.AuthorizeAsync("k", RunningGateway.Body(TestCards.NumberOf(scenario)));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("declined", code), (State(answer), answer.GetProperty("decline_code").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await gateway.PostAsync("k", "capture")).Status);
        Assert.Equal("declined", State((await gateway.AuthorizeAsync("k")).Answer));
    }

    [Fact]
    public async Task Authorize_card_that_is_not_in_the_table_is_declined()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var (_, answer) = await gateway.AuthorizeAsync("k", RunningGateway.Body("4111111111111111"));

        Assert.Equal(TestCards.UnknownCardDeclineCode, answer.GetProperty("decline_code").GetString());
    }

    [Fact]
    public async Task Authorize_card_that_fails_twice_fails_twice_for_each_payment_and_changes_nothing()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var body = RunningGateway.Body(TestCards.NumberOf(TestCardScenario.FailsTwice));

        foreach (var key in new[] { "k1", "k2" })
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await gateway.AuthorizeAsync(key, body)).Status);
            Assert.Equal(HttpStatusCode.InternalServerError, (await gateway.AuthorizeAsync(key, body)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await gateway.GetAsync($"/v1/payments/{key}")).Status);
            Assert.Equal("authorized", State((await gateway.AuthorizeAsync(key, body)).Answer));
        }
    }

    [Fact]
    public async Task Authorize_card_that_drops_the_connection_is_charged_and_so_is_its_capture()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var body = RunningGateway.Body(TestCards.NumberOf(TestCardScenario.DropsAfterCharging));

        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.AuthorizeAsync("k", body));
        Assert.Equal("authorized", State((await gateway.GetAsync("/v1/payments/k")).Answer));
        Assert.Equal("authorized", State((await gateway.AuthorizeAsync("k", body)).Answer));

        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.PostAsync("k", "capture"));
        Assert.Equal("captured", State((await gateway.PostAsync("k", "capture")).Answer));
    }

    [Fact]
    public async Task Authorize_card_that_times_out_is_charged_long_before_it_is_answered()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answering = gateway.AuthorizeAsync("k", RunningGateway.Body(TestCards.NumberOf(TestCardScenario.TimesOutAfterCharging)));

        (HttpStatusCode Status, JsonElement Answer) lookup;
        do
        {
            lookup = await gateway.GetAsync("/v1/payments/k");
        }
        while (lookup.Status == HttpStatusCode.NotFound);

        Assert.Equal("authorized", State(lookup.Answer));
        Assert.Equal("authorized", State((await answering).Answer));
    }

    [Fact]
    public async Task Authorize_slow_card_is_approved()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var started = TimeProvider.System.GetTimestamp();

        var (_, answer) = await gateway.AuthorizeAsync("k", RunningGateway.Body(TestCards.NumberOf(TestCardScenario.Slow)));

        Assert.Equal("authorized", State(answer));
        Assert.True(TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromMilliseconds(150));
    }

    private static string? State(JsonElement answer) => answer.GetProperty("state").GetString();
}
