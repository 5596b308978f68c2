using System.Diagnostics.Metrics;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Transactions.Tests.Receipts;

/// <summary>Receipts through a mail server that is not ours.</summary>
public class SmtpTests
{
    public SmtpTests() => Assert.SkipWhen(MailServer.SkipReason is not null, MailServer.SkipReason ?? "");

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Receipt_of_each_paid_order_arrives_once(DatabaseDialect engine)
    {
        await using var server = await MailServer.StartAsync();
        await using var running = await RunningTransactions.StartAsync(engine, 2, Plain(server.Port));

        var orders = await Task.WhenAll(Enumerable.Range(0, 20).Select(async index => (await running.Clients[index % 2].ChargeAsync(Requests.Charge())).Order));
        for (var count = 0; count < orders.Length; count++)
        {
            Assert.Equal($"mail shop@books.test {Requests.Email} plain -", await server.MailAsync());
        }

        await running.Log.WaitForAsync(orders.Length, line => line.Event == "ReceiptSent");
        var mails = MimeReader.ReadAll(server.Mails);
        Assert.Equal(orders.Length, mails.Count);
        Assert.All(orders, order => Assert.Single(mails, mail => mail.Text.Contains($"/orders/{order.OrderId}\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Receipt_with_starttls_and_password_goes_encrypted_and_the_password_is_nowhere()
    {
        var folder = Directory.CreateTempSubdirectory("booksforyou-tls-").FullName;
        var (certificate, key) = MailServer.CreateCertificate(folder);
        await using var server = await MailServer.StartAsync(0, "--tls", certificate, key, "--user", "shop", "s3cret-p4ss");
        await using var running = await RunningTransactions.StartAsync(
            DatabaseDialect.Sqlite, 1, [.. Start(server.Port), "--smtp-ca-file", certificate, "--smtp-user", "shop", "--smtp-password", "s3cret-p4ss"]);

        await running.Client.ChargeAsync(Requests.Charge());

        Assert.Equal($"mail shop@books.test {Requests.Email} tls shop", await server.MailAsync());
        Assert.DoesNotContain(running.Log.Items, line => $"{line.Message} {line.Exception}".Contains("s3cret", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Receipt_to_server_with_untrusted_certificate_is_not_sent()
    {
        var folder = Directory.CreateTempSubdirectory("booksforyou-tls-").FullName;
        var (certificate, key) = MailServer.CreateCertificate(folder);
        await using var server = await MailServer.StartAsync(0, "--tls", certificate, key);
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite, 1, Start(server.Port));

        await running.Client.ChargeAsync(Requests.Charge());

        await running.Log.WaitForAsync(line => line.Event == "ReceiptFailed" && line.Message.Contains("AuthenticationException", StringComparison.Ordinal));
        Assert.Empty(server.Mails);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Receipt_to_server_without_starttls_is_not_sent_in_clear()
    {
        await using var server = await MailServer.StartAsync();
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite, 1, Start(server.Port));

        await running.Client.ChargeAsync(Requests.Charge());

        await running.Log.WaitForAsync(line => line.Event == "ReceiptFailed" && line.Message.Contains("does not offer STARTTLS", StringComparison.Ordinal));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Receipt_refused_for_now_is_sent_at_a_later_attempt()
    {
        await using var server = await MailServer.StartAsync(0, "--refuse", "3", "451 4.3.2 come again later");
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite, 1, Plain(server.Port));

        await running.Client.ChargeAsync(Requests.Charge());

        await server.MailAsync();
        var failures = await running.Log.WaitForAsync(3, line => line.Event == "ReceiptFailed");
        Assert.All(failures, line => Assert.EndsWith("451 4.3.2", (string)line.Values["Problem"]!, StringComparison.Ordinal));
        await running.Log.WaitForAsync(line => line.Event == "ReceiptSent");
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task Receipt_server_down_the_sale_goes_on_and_the_receipt_comes_when_it_is_up()
    {
        var port = FreePort.Next();
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite, 1, Plain(port));

        await running.Client.ChargeAsync(Requests.Charge());
        await running.Log.WaitForAsync(2, line => line.Event == "ReceiptFailed");
        await using var server = await MailServer.StartAsync(port);

        await server.MailAsync();
    }

    [Fact]
    public async Task Receipt_receiver_refused_for_good_is_dead_at_once_and_shown_while_others_arrive()
    {
        await using var server = await MailServer.StartAsync(0, "--reject", "nobody@", "550 5.1.1 <nobody@reader.example>: no such mailbox");
        await using var running = await RunningTransactions.StartAsync(DatabaseDialect.Sqlite, 1, Plain(server.Port));
        var toNobody = Requests.Charge();
        toNobody.Email = "nobody@reader.example";

        await running.Client.ChargeAsync(toNobody);
        await running.Client.ChargeAsync(Requests.Charge());

        await server.MailAsync();
        var dead = await running.Log.WaitForAsync(line => line.Event == "ReceiptDead");
        Assert.Equal(LogLevel.Error, dead.Level);
        Assert.Contains("550 5.1.1", dead.Message, StringComparison.Ordinal);
        using var gauge = new GaugeReader(running.Get<IMeterFactory>(), "booksforyou.receipts.dead");
        await gauge.UntilAsync(1);
        Assert.Equal(1, await running.CountAsync("SELECT COUNT(*) FROM receipt WHERE state = 'DEAD'"));
        Assert.DoesNotContain(running.Log.Items, line => $"{line.Message} {line.Exception}".Contains("@reader.example", StringComparison.Ordinal));
        Assert.Equal(0, await running.CountAsync("SELECT COUNT(*) FROM receipt WHERE last_error LIKE '%@%'"));
    }

    private static string[] Start(int port) => ["--smtp-host", "localhost", "--smtp-port", $"{port}", "--mail-from", "Bücher für Dich <shop@books.test>"];

    private static string[] Plain(int port) => [.. Start(port), "--smtp-tls", "none"];
}
