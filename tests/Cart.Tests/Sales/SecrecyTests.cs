using System.Diagnostics;
using System.Text;
using BooksForYou.Cart.Tests.StandIns;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Cart.Tests.Sales;

public sealed class SecrecyTests
{
    private const string Holder = "Holder Of The Card";
    private const string SecurityCode = "security-code-of-the-card";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Checkout_card_is_in_no_row_no_log_line_and_no_span(DatabaseDialect engine)
    {
        var seen = new StringBuilder();
        using var spans = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (seen)
                {
                    seen.AppendLine(activity.DisplayName)
                        .AppendJoin('\n', activity.TagObjects)
                        .AppendJoin('\n', activity.Events.SelectMany(one => one.Tags));
                }
            },
        };
        ActivitySource.AddActivityListener(spans);
        await using var store = await Store.StartAsync(engine, logLevel: LogLevel.Trace, options: ["--cart-answer-timeout", "00:00:03"]);
        string[] cards = [TransactionsStandIn.ApprovedCard, TransactionsStandIn.DeclinedCard, TransactionsStandIn.ImpossibleCard];
        foreach (var card in cards)
        {
            await TryCheckoutAsync(store, card);
        }

        store.Transactions.Interference.After("Charge", () => throw new TimeoutException());
        await TryCheckoutAsync(store, cards[0]);
        foreach (var line in store.Cart.Logs.Items)
        {
            seen.AppendLine(line.Message).Append(line.Exception).AppendJoin('\n', line.Values);
        }

        seen.Append(await DumpAsync(store));

        var text = seen.ToString();
        Assert.Contains("SalePutOff", store.Cart.Logs.Items.Select(line => line.Event));
        Assert.Contains("CartService/Checkout", text);
        Assert.All([.. cards, SecurityCode, Holder, "ada@example.com", "St James"], secret => Assert.DoesNotContain(secret, text));
    }

    private static async Task TryCheckoutAsync(Store store, string card)
    {
        var request = await store.FillBasketAsync(card: card);
        request.Card.Holder = Holder;
        request.Card.SecurityCode = SecurityCode;
        try
        {
            await store.Client.CheckoutAsync(request, cancellationToken: Token);
        }
        catch (Grpc.Core.RpcException exception)
        {
            Assert.DoesNotContain(card, exception.ToString());
        }
    }

    private static async Task<string> DumpAsync(Store store)
    {
        if (store.Database.Database.Dialect == DatabaseDialect.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(store.Database.ConnectionString).DataSource;
            var bytes = await Task.WhenAll(Directory.GetFiles(Path.GetDirectoryName(file)!).Select(ReadAsync));
            return string.Concat(bytes.Select(Encoding.Latin1.GetString));
        }

        await using var connection = await store.Database.Database.OpenConnectionAsync(Token);
        var rows = await connection.QueryAsync<string>(
            """
            SELECT basket::text FROM basket
            UNION ALL SELECT sale::text || COALESCE(encode(answer, 'escape'), '') FROM sale
            UNION ALL SELECT cancellation::text FROM cancellation
            """);
        return string.Concat(rows);
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray();
    }
}
