using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.Accounts.Tests.People;

public class RegistrationTests
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Register_ten_at_once_with_one_address_opens_one_account(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, replicas: 2);
        var shop = running.Shop;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(async index =>
        {
            var email = index % 2 == 0 ? "ada@reader.example" : "Ada@Reader.Example";
            try
            {
                await running.Clients[index % 2].RegisterAsync(RunningAccounts.Registration(email), shop);
                return StatusCode.OK;
            }
            catch (RpcException exception)
            {
                return exception.StatusCode;
            }
        }));

        Assert.Single(outcomes, StatusCode.OK);
        Assert.Equal(9, outcomes.Count(code => code == StatusCode.AlreadyExists));
        Assert.Equal(1, await running.ScalarAsync<long>("SELECT COUNT(*) FROM account"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Register_signs_in_and_mails_a_link_that_confirms_the_address(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);

        var session = await running.RegisterAsync("Ada@reader.example", " Ada Lovelace ", mailConsent: true);

        var profile = session.Profile;
        Assert.Equal(("Ada@reader.example", "Ada Lovelace", true, false, false), (profile.Email, profile.Name, profile.MailConsent, profile.EmailConfirmed, profile.Admin));
        Assert.Matches("^account:[0-9A-Z]{26}$", profile.AccountId);
        var link = await running.LinkAsync(1, "Ada@reader.example");
        await running.Client.ConfirmEmailAsync(new ConfirmEmailRequest { Link = link }, running.Shop);
        await running.Client.ConfirmEmailAsync(new ConfirmEmailRequest { Link = link }, running.Shop);
        Assert.True((await running.RefreshAsync(session)).Profile.EmailConfirmed);
        running.Time.Advance(TimeSpan.FromDays(3));
        await StatusAssert.FailsAsync(
            StatusCode.FailedPrecondition, running.Client.ConfirmEmailAsync(new ConfirmEmailRequest { Link = link }, running.Shop));
    }

    [Fact]
    public async Task Register_what_cannot_be_is_named_field_by_field()
    {
        await using var running = await RunningAccounts.StartAsync(DatabaseDialect.Sqlite);
        var wrong = new RegisterRequest { Email = "ada", Name = "Ada\r\nBcc: x", Password = "short" };

        await StatusAssert.FailsForFieldsAsync(["email", "name", "password"], running.Client.RegisterAsync(wrong, running.Shop));
        await StatusAssert.FailsForFieldsAsync(
            ["name"], running.Client.RegisterAsync(RunningAccounts.Registration("ada@reader.example", new string('a', 101)), running.Shop));
    }

    [Fact]
    public async Task Register_many_from_one_network_is_slowed_down()
    {
        await using var running = await RunningAccounts.StartAsync(DatabaseDialect.Sqlite, 1, "--accounts-requests-per-address", "2");
        RegisterRequest From(string address, int number)
        {
            var request = RunningAccounts.Registration($"reader{number}@reader.example");
            request.ClientAddress = address;
            return request;
        }

        var shop = running.Shop;
        await running.Client.RegisterAsync(From("2001:db8::1", 1), shop);
        await running.Client.RegisterAsync(From("2001:db8::2", 2), shop);
        await running.Client.RegisterAsync(From("2001:db8::3", 3), shop);

        var refused = await StatusAssert.FailsAsync(StatusCode.ResourceExhausted, running.Client.RegisterAsync(From("2001:db8::4", 4), shop));
        Assert.InRange(refused.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan(), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        await running.Client.RegisterAsync(From("2001:db8:0:1::1", 5), shop);
    }
}
