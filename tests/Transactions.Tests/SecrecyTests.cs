using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using Npgsql;

namespace BooksForYou.Transactions.Tests;

/// <summary>Looks for cards and customers wherever something is kept or told, after charges with every test card.</summary>
public class SecrecyTests
{
    private const string Holder = "Augusta Byron-Holder";

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Charge_every_card_leaves_no_number_code_or_holder_anywhere_and_no_customer_in_telemetry(DatabaseDialect engine)
    {
        using var telemetry = new TelemetryText();
        await using var running = await RunningTransactions.StartAsync(engine, 1, "--transactions-gateway-timeout", "00:00:03");
        var orders = new List<string>();
        foreach (var card in TestCards.All)
        {
            orders.Add((await running.Client.ChargeAsync(WithCard(card.Number, card.Brand))).Order.OrderId);
        }

        await RefusedAsync(running);
        running.Network.Before = (_, _) => Task.FromResult(false);
        await StatusAssert.FailsAsync(Grpc.Core.StatusCode.FailedPrecondition, running.Client.RefundAsync(new RefundRequest { OrderId = orders[3] }));
        await running.Log.WaitForAsync(7, line => line.Event == "ReceiptSent");

        // The charge that nobody waits for any more can end, and the service with it.
        running.Network.Before = (_, _) => Task.FromResult(true);

        var logs = string.Join("\n", running.Log.Items.Select(line => $"{line} {string.Join(' ', line.Values)} {line.Exception}"));
        var kept = await ReadAllAsync(running, engine);
        var told = logs + telemetry.Text;

        Assert.Contains(orders[0], kept, StringComparison.Ordinal);
        Assert.Contains("4242", kept, StringComparison.Ordinal);
        Assert.Contains("booksforyou.payments", told, StringComparison.Ordinal);
        Assert.Contains("rpc.method", told, StringComparison.Ordinal);
        foreach (var (where, text) in new[] { ("kept", kept), ("told", told) })
        {
            foreach (var card in TestCards.All)
            {
                Assert.False(text.Contains(card.Number, StringComparison.Ordinal), $"A card number is {where}.");
                Assert.False(text.Contains(Spaced(card.Number), StringComparison.Ordinal), $"A card number is {where}.");
            }

            Assert.False(text.Contains(Holder, StringComparison.Ordinal), $"The holder is {where}.");
            Assert.False(Regex.IsMatch(text, "(^|[\"'\\t =])(917|9170)([\"'\\t ,;}]|$)", RegexOptions.Multiline), $"A security code is {where}.");
        }

        Assert.DoesNotContain(Requests.Email, told, StringComparison.Ordinal);
        Assert.DoesNotContain("Lovelace", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Münzstraße", told, StringComparison.Ordinal);
        Assert.All(orders, order => Assert.DoesNotContain(order, told, StringComparison.Ordinal));
    }

    private static string Spaced(string number) => string.Join(' ', number.Chunk(4).Select(digits => new string(digits)));

    private static ChargeRequest WithCard(string number, string brand)
    {
        var request = Requests.Charge();
        request.Card = new Card { Number = Spaced(number), ExpiryMonth = 11, ExpiryYear = 2035, SecurityCode = brand == "amex" ? "9170" : "917", Holder = Holder };
        return request;
    }

    // What fails is what is logged most about.
    private static async Task RefusedAsync(RunningTransactions running)
    {
        foreach (var card in TestCards.All)
        {
            var request = WithCard(card.Number, card.Brand);
            request.Card.ExpiryYear = 2020;
            await StatusAssert.InvalidAsync(running.Client.ChargeAsync(request));
        }

        running.Network.Before = (step, _) => step == "PUT" ? Task.FromResult(false) : Task.FromResult(true);
        await StatusAssert.FailsAsync(
            Grpc.Core.StatusCode.DeadlineExceeded,
            running.Client.ChargeAsync(WithCard("4242424242424242", "visa"), deadline: DateTime.UtcNow.AddSeconds(1)));
    }

    // The database, the mails and the gateway's ledger.
    private static async Task<string> ReadAllAsync(RunningTransactions running, DatabaseDialect engine)
    {
        var text = new StringBuilder();
        var folders = new List<string> { running.Folder };
        if (engine == DatabaseDialect.Sqlite)
        {
            folders.Add(Path.GetDirectoryName(running.Database.Database.Address.ToString()["SQLite ".Length..])!);
        }
        else
        {
            text.Append(await DumpAsync(running.Database.ConnectionString));
        }

        foreach (var file in folders.SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    private static async Task<string> DumpAsync(string connectionString)
    {
        var address = new NpgsqlConnectionStringBuilder(connectionString);
        var program = Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin/pg_dump")).First(File.Exists);
        using var process = Process.Start(new ProcessStartInfo(program, ["-h", address.Host!, "-U", address.Username!, "-d", address.Database!]) { RedirectStandardOutput = true })!;
        return await process.StandardOutput.ReadToEndAsync();
    }
}
