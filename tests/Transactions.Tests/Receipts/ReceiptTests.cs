using System.Diagnostics.Metrics;
using System.Text;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Mail;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using BooksForYou.Transactions.Orders;
using BooksForYou.Transactions.Receipts;

namespace BooksForYou.Transactions.Tests.Receipts;

public class ReceiptTests
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Receipt_without_mail_server_is_a_whole_file_for_each_paid_order_and_none_for_others(DatabaseDialect engine)
    {
        await using var running = await RunningTransactions.StartAsync(engine);
        await running.Client.ChargeAsync(Requests.Charge(scenario: TestCardScenario.Declined));

        var order = (await running.Client.ChargeAsync(Requests.Charge())).Order;

        await running.Log.WaitForAsync(line => line.Event == "ReceiptSent");
        var file = Assert.Single(Directory.GetFiles(Path.Combine(running.Folder, "mail")));
        Assert.EndsWith(".eml", file, StringComparison.Ordinal);
        Assert.Contains($"/orders/{order.OrderId}\n", MimeReader.Read(await File.ReadAllTextAsync(file)).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task TakeDue_is_exclusive_until_the_lease_is_over_and_counts_attempts(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, typeof(TransactionsModule).Assembly);
        var now = DateTimeOffset.UtcNow;
        await PayAsync(test.Database, now);
        var store = new ReceiptStore(test.Database);

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => store.TakeDueAsync(now, now.AddMinutes(1), 10, default)));
        var again = await store.TakeDueAsync(now.AddMinutes(2), now.AddMinutes(3), 10, default);

        Assert.Equal(1, Assert.Single(taken.SelectMany(receipts => receipts)).Attempt);
        Assert.Equal(2, Assert.Single(again).Attempt);
        Assert.Equal(2, again[0].Order.Lines.Count);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Note_of_an_earlier_attempt_changes_nothing_unless_it_was_sent(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, typeof(TransactionsModule).Assembly);
        var now = DateTimeOffset.UtcNow;
        await PayAsync(test.Database, now);
        var store = new ReceiptStore(test.Database);
        var first = Assert.Single(await store.TakeDueAsync(now, now, 10, default));
        var second = Assert.Single(await store.TakeDueAsync(now, now.AddMinutes(1), 10, default));

        await store.NoteAsync([new MailResult(first.ReceiptId, first.Attempt, MailState.Dead, now, "late")], now, default);
        Assert.Equal((1, 0), await store.CountAsync(default));
        await store.NoteAsync([new MailResult(first.ReceiptId, first.Attempt, MailState.Sent)], now, default);
        await store.NoteAsync([new MailResult(second.ReceiptId, second.Attempt, MailState.Waiting, now, "too late")], now, default);

        Assert.Equal((0, 0), await store.CountAsync(default));
    }

    [Fact]
    public async Task Receipt_that_cannot_be_written_is_given_up_after_its_attempts_and_seen_on_the_gauge()
    {
        var blocked = Directory.CreateTempSubdirectory("booksforyou-blocked-").FullName;
        await File.WriteAllTextAsync(Path.Combine(blocked, "mail"), "not a folder");
        await using var running = await RunningTransactions.StartAsync(
            DatabaseDialect.Sqlite, 1, "--data-dir", blocked, "--transactions-receipt-attempts", "3", "--transactions-receipt-pause", "00:00:00.01");
        using var gauge = new GaugeReader(running.Get<IMeterFactory>(), "booksforyou.receipts.dead");

        var order = (await running.Client.ChargeAsync(Requests.Charge())).Order;

        Assert.Equal(Contracts.Transactions.V1.OrderState.Paid, order.State);
        await running.Log.WaitForAsync(line => line.Event == "ReceiptDead");
        Assert.Equal(2, running.Log.Items.Count(line => line.Event == "ReceiptFailed"));
        await gauge.UntilAsync(1);
    }

    [Fact]
    public void Write_receipt_is_read_by_another_implementation_as_it_was_meant()
    {
        var mail = Mail();
        var bytes = MimeWriter.Write(mail);
        var text = Encoding.ASCII.GetString(bytes);

        var read = MimeReader.Read(text);

        Assert.Empty(read.Defects);
        Assert.Equal("Bücher & mehr <shop@books.test>", read.Headers["From"].Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal("Your order of 34.99 EUR at Online Books For You", read.Headers["Subject"]);
        Assert.Equal(Requests.Email, read.Headers["To"]);
        Assert.Equal("<RECEIPT0000000000000000001@books.test>", read.Headers["Message-ID"]);
        Assert.Equal("Mon, 04 May 2026 03:02:01 +0000", read.Headers["Date"]);
        Assert.Equal(mail.Text, read.Text.TrimEnd('\n') + "\n");
        Assert.Equal(mail.Html, read.Html.TrimEnd('\n') + "\n");
        Assert.Contains("2 x Notes on the Analytical Engine", read.Text, StringComparison.Ordinal);
        Assert.Contains("of which tax (7 %): 2.29 EUR", read.Text, StringComparison.Ordinal);
        Assert.Contains("https://shop.example/orders/", read.Text, StringComparison.Ordinal);
        Assert.Contains("Gr&#246;&#223;e &amp; &quot;W&#252;rde&quot; &lt;Band 2&gt;", read.Html, StringComparison.Ordinal);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Plain words, 1 of 2")]
    [InlineData("Grüße aus Köln, und zwar so lange, dass eine Zeile nicht reicht: 日本語 и русский 🎉🎉🎉🎉")]
    [InlineData("=?utf-8?Q?looks_encoded?=")]
    public void HeaderText_is_read_back_the_same(string text)
    {
        var mail = Mail() with { Subject = text };

        Assert.Equal(text, MimeReader.Read(Encoding.ASCII.GetString(MimeWriter.Write(mail))).Headers["Subject"]);
    }

    [Fact]
    public void HeaderText_line_breaks_do_not_become_headers()
    {
        var original = Mail();
        var mail = original with { Subject = "Hello\r\nBcc: victim@example.com\r\n\r\nBody" };

        var read = MimeReader.Read(Encoding.ASCII.GetString(MimeWriter.Write(mail)));

        Assert.DoesNotContain("Bcc", read.Headers.Keys);
        Assert.Equal(original.Text, read.Text.TrimEnd('\n') + "\n");
    }

    [Fact]
    public void QuotedPrintable_any_text_is_read_back_the_same()
    {
        var random = new Random(20260504);
        const string Alphabet = "ab =\t.ü€🎉\n=20From ";
        for (var round = 0; round < 20; round++)
        {
            var runes = Alphabet.EnumerateRunes().ToArray();
            var text = string.Concat(Enumerable.Range(0, 300).Select(_ => runes[random.Next(runes.Length)].ToString())) + ".\n";

            var read = MimeReader.Read(Encoding.ASCII.GetString(MimeWriter.Write(Mail() with { Text = text })));

            Assert.Equal(text.TrimEnd('\n'), read.Text.TrimEnd('\n'));
        }
    }

    [Fact]
    public void DotStuffed_lines_that_begin_with_a_dot_get_another_and_the_end_is_marked() =>
        Assert.Equal("..a\r\nb.\r\n...\r\n.\r\n", Encoding.ASCII.GetString(SmtpSession.DotStuffed(".a\r\nb.\r\n..\r\n"u8.ToArray())));

    [Theory]
    [InlineData("shop@example.com", "", "shop@example.com")]
    [InlineData(" Our Shop <shop@example.com> ", "Our Shop", "shop@example.com")]
    [InlineData("\"Our, Shop\" <shop@example.com>", "Our, Shop", "shop@example.com")]
    public void Parse_address_with_or_without_name(string text, string name, string address)
    {
        var parsed = MailAddress.Parse(text)!;

        Assert.Equal((name, address), (parsed.DisplayName, parsed.Address));
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("Our\nShop <shop@example.com>")]
    [InlineData("shop@example.com>")]
    [InlineData("<shop@example.com> x")]
    public void Parse_anything_else_is_refused(string text) => Assert.Null(MailAddress.Parse(text));

    private static MailMessage Mail()
    {
        var order = NewCharges.Create().Order.With(new PaymentOutcome(Transactions.Orders.OrderState.Paid, "visa", "4242"));
        var mail = new ReceiptMail(MailAddress.Parse("Bücher & mehr <shop@books.test>")!, new Uri("https://shop.example/"));
        return mail.Write(new Receipt("RECEIPT0000000000000000001", order.CreatedAt, 1, order));
    }

    private static async Task PayAsync(Database database, DateTimeOffset now)
    {
        var store = new ChargeStore(database);
        var charge = NewCharges.Create();
        await store.BeginAsync(charge, Guid.NewGuid(), now, default);
        await store.CloseAsync(charge.Order.OrderId, new PaymentOutcome(Transactions.Orders.OrderState.Paid, "visa", "4242"), [1], now, default);
    }
}
