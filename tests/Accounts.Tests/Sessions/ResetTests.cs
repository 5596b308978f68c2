using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Accounts.Tests.Sessions;

public class ResetTests
{
    private const string Email = "ada@reader.example";
    private const string NewPassword = "another walk by the lake";

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ResetPassword_link_used_by_ten_at_once_works_once_and_ends_all_sessions(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, replicas: 2);
        var session = await running.RegisterAsync(Email);
        await running.LinkAsync(1, Email);
        var link = await RequestAsync(running, 2);
        var shop = running.Shop;
        var weak = new ResetPasswordRequest { Link = link, NewPassword = "password1234" };
        await StatusAssert.FailsForFieldsAsync(["new_password"], running.Client.ResetPasswordAsync(weak, shop));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(async index =>
        {
            try
            {
                await running.Clients[index % 2].ResetPasswordAsync(new ResetPasswordRequest { Link = link, NewPassword = $"{NewPassword} {index}" }, shop);
                return index;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
            {
                return -1;
            }
        }));

        var winner = Assert.Single(outcomes, index => index >= 0);
        await running.IsOverAsync(session);
        Assert.True((await running.SignInAsync(Email, $"{NewPassword} {winner}")).Profile.EmailConfirmed);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ResetPassword_link_works_for_thirty_minutes(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        await running.RegisterAsync(Email);
        await running.LinkAsync(1, Email);
        var (first, second) = (await RequestAsync(running, 2), await RequestAsync(running, 3));
        Assert.NotEqual(first, second);

        running.Time.Advance(TimeSpan.FromMinutes(29));
        await running.Client.ResetPasswordAsync(new ResetPasswordRequest { Link = second, NewPassword = NewPassword }, running.Shop);
        await RefusedAsync(running, first);
        var third = await RequestAsync(running, 4);
        running.Time.Advance(TimeSpan.FromMinutes(30));

        await RefusedAsync(running, third);
        await RefusedAsync(running, new string('a', 43));
        await RefusedAsync(running, "");
        await running.SignInAsync(Email, NewPassword);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task RequestPasswordReset_unknown_address_is_answered_the_same_and_nobody_is_flooded(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        await running.RegisterAsync(Email);
        var shop = running.Shop;

        var unknown = await running.Client.RequestPasswordResetAsync(new RequestPasswordResetRequest { Email = "bob@reader.example" }, shop);
        for (var index = 0; index < 5; index++)
        {
            Assert.Equal(unknown, await running.Client.RequestPasswordResetAsync(new RequestPasswordResetRequest { Email = "ADA@reader.example" }, shop));
        }

        Assert.Equal(3, await running.ScalarAsync<long>("SELECT COUNT(*) FROM mail WHERE kind = 'RESET'"));
        running.Time.Advance(TimeSpan.FromMinutes(61));
        await running.Client.RequestPasswordResetAsync(new RequestPasswordResetRequest { Email = Email }, running.Shop);
        Assert.Equal(4, await running.ScalarAsync<long>("SELECT COUNT(*) FROM mail WHERE kind = 'RESET'"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ResetPassword_link_of_another_purpose_is_refused(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        await running.RegisterAsync(Email);
        var confirm = await running.LinkAsync(1, Email);

        await RefusedAsync(running, confirm);
        var reset = await RequestAsync(running, 2);

        await StatusAssert.FailsAsync(StatusCode.FailedPrecondition, running.Client.ConfirmEmailAsync(new ConfirmEmailRequest { Link = reset }, running.Shop));
        await StatusAssert.FailsAsync(StatusCode.FailedPrecondition, running.Client.UnsubscribeAsync(new UnsubscribeRequest { Link = reset }, running.Shop));
    }

    private static async Task<string> RequestAsync(RunningAccounts running, int mails)
    {
        var before = running.Mails.ToHashSet();
        await running.Client.RequestPasswordResetAsync(new RequestPasswordResetRequest { Email = Email }, running.Shop);
        await running.Log.WaitForAsync(mails, line => line.Event == "MailSent");
        return RunningAccounts.LinkOf(Assert.Single(running.Mails, mail => !before.Contains(mail)));
    }

    private static Task<RpcException> RefusedAsync(RunningAccounts running, string link) => StatusAssert.FailsAsync(
        StatusCode.FailedPrecondition,
        running.Client.ResetPasswordAsync(new ResetPasswordRequest { Link = link, NewPassword = NewPassword }, running.Shop));
}
