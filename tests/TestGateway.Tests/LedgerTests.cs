using System.Net;
using System.Text.Json;

namespace BooksForYou.TestGateway.Tests;

public class LedgerTests
{
    [Fact]
    public async Task Restart_keeps_every_payment_and_goes_on_counting()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(index => gateway.AuthorizeAsync($"k{index}")));
        await gateway.PostAsync("k7", "capture");
        var before = (await gateway.GetAsync("/v1/payments")).Answer.ToString();

        await gateway.RestartAsync();

        Assert.Equal(before, (await gateway.GetAsync("/v1/payments")).Answer.ToString());
        Assert.Equal("captured", (await gateway.GetAsync("/v1/payments/k7")).Answer.GetProperty("state").GetString());
        Assert.Equal(102, (await gateway.PostAsync("k8", "capture")).Answer.GetProperty("position").GetInt64());
    }

    [Fact]
    public async Task Restart_after_a_crash_in_the_middle_of_a_line_keeps_the_lines_before()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.AuthorizeAsync("k1");

        await gateway.RestartAsync(() => File.AppendAllText(gateway.LedgerFile, """{"position":2,"key":"k2","sta"""));

        Assert.Equal(HttpStatusCode.NotFound, (await gateway.GetAsync("/v1/payments/k2")).Status);
        Assert.Equal(2, (await gateway.AuthorizeAsync("k2")).Answer.GetProperty("position").GetInt64());
        await gateway.RestartAsync();
        Assert.Equal("authorized", (await gateway.GetAsync("/v1/payments/k2")).Answer.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Answer_is_on_the_disk_before_it_is_given()
    {
        await using var gateway = await RunningGateway.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async index =>
        {
            await gateway.AuthorizeAsync($"k{index}");
            Assert.Contains($"\"k{index}\"", ReadShared(gateway.LedgerFile), StringComparison.Ordinal);
        }));
    }

    [Fact]
    public async Task List_pages_have_every_entry_once_in_order()
    {
        await using var gateway = await RunningGateway.StartAsync();
        for (var index = 0; index < 1050; index += 50)
        {
            await Task.WhenAll(Enumerable.Range(index, 50).Select(number => gateway.PostAsync($"k{number}", "void")));
        }

        var positions = new List<long>();
        for (var after = 0L; ;)
        {
            var page = (await gateway.GetAsync($"/v1/payments?after={after}")).Answer;
            positions.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("position").GetInt64()));
            var next = page.GetProperty("next").GetInt64();
            if (next == after)
            {
                break;
            }

            after = next;
        }

        Assert.Equal(Enumerable.Range(1, 1050).Select(number => (long)number), positions);
    }

    [Fact]
    public async Task Start_second_gateway_on_the_same_ledger_fails()
    {
        await using var gateway = await RunningGateway.StartAsync();

        await Assert.ThrowsAsync<IOException>(() => TestGatewayServer.StartAsync(RunningGateway.Options(gateway.Folder)));
    }

    [Fact]
    public async Task Ledger_has_brand_and_last_four_digits_and_no_more_of_the_card()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.AuthorizeAsync("k");

        var line = JsonDocument.Parse(ReadShared(gateway.LedgerFile).TrimEnd('\n')).RootElement;

        Assert.Equal(
            ["position", "time", "key", "state", "amount_cents", "currency", "card_brand", "card_last_four"],
            line.EnumerateObject().Select(property => property.Name));
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
