using System.Text;
using BooksForYou.Accounts.Mails;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Mail;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Accounts.Tests.Mails;

/// <summary>Mails as a mail server that is not ours takes them, and as somebody else's reader reads them.</summary>
public class AccountMailTests
{
    private const string Injection = "Ada\r\nBcc: victim@reader.example\r\n\r\n<script>alert(1)</script>";

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Mails_arrive_and_only_those_about_offers_can_be_ended_with_one_click(DatabaseDialect engine)
    {
        Assert.SkipWhen(MailServer.SkipReason is not null, MailServer.SkipReason ?? "");
        await using var server = await MailServer.StartAsync();
        await using var running = await RunningAccounts.StartAsync(
            engine, 1, "--smtp-host", "localhost", "--smtp-port", $"{server.Port}", "--smtp-tls", "none", "--mail-from", "Bücher für Dich <shop@books.test>");

        var session = await running.RegisterConfirmedAsync("ada@reader.example", "Ada \"Größe\" <b>Lovelace</b>");
        Assert.Equal("mail shop@books.test ada@reader.example plain -", await server.MailAsync());
        await running.Client.QueueCampaignMailAsync(CampaignTests.Campaign([session.Profile.AccountId]), running.Shop);
        await server.MailAsync();

        var mails = MimeReader.ReadAll(server.Mails).ToDictionary(mail => mail.Headers["Subject"]);
        var (welcome, offer) = (mails["Welcome to Online Books For You"], mails["Three for two"]);
        Assert.Empty(welcome.Defects.Concat(offer.Defects));
        Assert.DoesNotContain("List-Unsubscribe", welcome.Headers.Keys);
        var link = offer.Headers["List-Unsubscribe"];
        Assert.Matches("^<https://shop\\.example/unsubscribe\\?link=[A-Za-z0-9_-]{43}>$", link);
        Assert.Equal("List-Unsubscribe=One-Click", offer.Headers["List-Unsubscribe-Post"]);
        Assert.Contains(link.Trim('<', '>'), offer.Text, StringComparison.Ordinal);
        Assert.StartsWith("Hello Ada \"Größe\" <b>Lovelace</b>,\n\nPut three books into your basket.\n\nOne of them is on us.\n\n", offer.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Lovelace&lt;/b&gt;", offer.Html, StringComparison.Ordinal);
        Assert.Contains("https://shop.example/confirm?link=", welcome.Text, StringComparison.Ordinal);
        await running.Client.UnsubscribeAsync(new UnsubscribeRequest { Link = link.Trim('<', '>').Split('=')[1] }, running.Shop);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Mail_that_is_refused_for_good_is_stuck_and_can_be_tried_again(DatabaseDialect engine)
    {
        Assert.SkipWhen(MailServer.SkipReason is not null, MailServer.SkipReason ?? "");
        await using var server = await MailServer.StartAsync(0, "--refuse", "2", "554 5.7.1 <ada@reader.example>: not now");
        await using var running = await RunningAccounts.StartAsync(
            engine, 1, "--smtp-host", "localhost", "--smtp-port", $"{server.Port}", "--smtp-tls", "none", "--mail-from", "shop@books.test",
            "--accounts-mail-attempts", "1");
        await running.RegisterAsync("ada@reader.example");
        await running.RegisterAsync("bob@reader.example");
        await running.Log.WaitForAsync(2, line => line.Event == "MailDead");
        var admin = await AdminAsync(running);

        var stuck = new List<StuckMail>();
        for (var token = (string?)null; token != "";)
        {
            var page = await running.Client.ListStuckMailAsync(new ListStuckMailRequest { PageSize = 1, PageToken = token ?? "" }, admin);
            stuck.AddRange(page.Mails);
            token = page.NextPageToken;
        }

        Assert.Equal(2, stuck.Count);
        Assert.True(stuck[0].CreateTime.ToDateTimeOffset() >= stuck[1].CreateTime.ToDateTimeOffset());
        Assert.All(stuck, mail => Assert.Equal(("welcome", 1), (mail.Kind, mail.Attempts)));
        Assert.All(stuck, mail => Assert.EndsWith("554 5.7.1", mail.LastError, StringComparison.Ordinal));
        await StatusAssert.FailsAsync(StatusCode.NotFound, running.Client.RetryMailAsync(new RetryMailRequest { MailId = "unknown" }, admin));
        await running.Client.RetryMailAsync(new RetryMailRequest { MailId = stuck[0].MailId }, admin);
        await server.MailAsync();
        await running.Client.RetryMailAsync(new RetryMailRequest { MailId = stuck[0].MailId }, admin);
        Assert.Equal(stuck[1].MailId, Assert.Single((await running.Client.ListStuckMailAsync(new ListStuckMailRequest(), admin)).Mails).MailId);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task Register_address_or_name_that_would_be_a_header_is_refused()
    {
        await using var running = await RunningAccounts.StartAsync(DatabaseDialect.Sqlite);
        string[] addresses = ["ada@reader.example\r\nBcc: victim@reader.example", "ada@reader.example>, <victim@reader.example", "\"ada\"@reader.example", "ada@[127.0.0.1]", "a da@reader.example", "ада@reader.example"];
        foreach (var address in addresses)
        {
            await StatusAssert.FailsForFieldsAsync(["email"], running.Client.RegisterAsync(RunningAccounts.Registration(address), running.Shop));
        }

        foreach (var name in new[] { Injection, "Ada\u2028Bcc: x", "Ada\u0000", "\u001bAda", " ", "" })
        {
            await StatusAssert.FailsForFieldsAsync(["name"], running.Client.RegisterAsync(RunningAccounts.Registration("ada@reader.example", name), running.Shop));
        }

        var session = await running.RegisterAsync("ada@reader.example");
        await StatusAssert.FailsForFieldsAsync(
            ["name"], running.Client.UpdateProfileAsync(new UpdateProfileRequest { Name = Injection }, RunningAccounts.As(session)));
    }

    [Theory]
    [InlineData(MailKind.Welcome)]
    [InlineData(MailKind.Confirm)]
    [InlineData(MailKind.Reset)]
    [InlineData(MailKind.Campaign)]
    public void Write_whatever_is_in_a_name_or_a_subject_adds_no_header_and_no_markup(string kind)
    {
        var settings = new MailSettings { From = MailAddress.Of("shop@books.test"), Shop = new Uri("https://shop.example/") };
        var mail = new OutgoingMail { MailId = "1", Kind = kind, Email = "ada@reader.example", Name = Injection, Subject = Injection, Body = Injection };

        var written = new AccountMail(settings).Write(mail, new NewMailLink("", MailLinkPurpose.Of(kind), SecretHash.NewSecret()));
        var read = MimeReader.Read(Encoding.ASCII.GetString(MimeWriter.Write(written)));

        Assert.Empty(read.Defects);
        string[] usual = ["From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted", "MIME-Version", "Content-Type"];
        Assert.Empty(read.Headers.Keys.Except(usual));
        Assert.Equal("ada@reader.example", read.Headers["To"]);
        Assert.DoesNotContain("<script>", read.Html, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Link_is_in_the_mail_and_its_secret_nowhere_else(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        await running.RegisterAsync("ada@reader.example");

        var link = await running.LinkAsync(1, "ada@reader.example");

        Assert.Equal(SecretHash.Of(link), await running.ScalarAsync<string>("SELECT link_hash FROM mail_link"));
        Assert.DoesNotContain(running.Log.Items, line => $"{line.Message} {line.Exception}".Contains(link, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task RequestEmailConfirmation_sends_another_link_unless_it_is_confirmed_or_three_are_on_their_way(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        var session = await running.RegisterAsync("ada@reader.example");
        Task<long> CountAsync() => running.ScalarAsync<long>("SELECT COUNT(*) FROM mail WHERE kind = 'CONFIRM'");

        for (var index = 0; index < 5; index++)
        {
            await running.Client.RequestEmailConfirmationAsync(new RequestEmailConfirmationRequest(), RunningAccounts.As(session));
        }

        Assert.Equal(3, await CountAsync());
        var link = await running.LinkAsync(4, "ada@reader.example");
        await running.Client.ConfirmEmailAsync(new ConfirmEmailRequest { Link = link }, running.Shop);
        running.Time.Advance(TimeSpan.FromMinutes(61));
        await running.Client.RequestEmailConfirmationAsync(new RequestEmailConfirmationRequest(), RunningAccounts.As((await running.RefreshAsync(session)).Token));
        Assert.Equal(3, await CountAsync());
    }

    private static async Task<Metadata> AdminAsync(RunningAccounts running)
    {
        await running.ExecuteAsync("UPDATE account SET admin = TRUE WHERE email = 'ada@reader.example'");
        return RunningAccounts.As(await running.SignInAsync("ada@reader.example"));
    }
}
