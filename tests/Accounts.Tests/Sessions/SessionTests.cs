using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Accounts.Tests.Sessions;

public class SessionTests
{
    private const string Email = "ada@reader.example";

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task RefreshToken_gives_the_account_as_it_is_now(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        var session = await running.RegisterAsync(Email);
        await running.Client.UpdateProfileAsync(new UpdateProfileRequest { Name = "Augusta", MailConsent = true }, RunningAccounts.As(session));
        await running.ExecuteAsync("UPDATE account SET admin = TRUE");
        await StatusAssert.FailsAsync(
            StatusCode.PermissionDenied, running.Client.ListStuckMailAsync(new ListStuckMailRequest(), RunningAccounts.As(session)));

        var refreshed = await running.RefreshAsync(session);

        Assert.Equal(("Augusta", true, true), (refreshed.Profile.Name, refreshed.Profile.MailConsent, refreshed.Profile.Admin));
        await running.Client.ListStuckMailAsync(new ListStuckMailRequest(), RunningAccounts.As(refreshed.Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task RefreshToken_session_lives_as_long_as_it_is_used_and_its_tokens_ten_minutes(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        var used = await running.RegisterAsync(Email);
        var forgotten = await running.SignInAsync(Email);
        await running.Client.GetProfileAsync(new GetProfileRequest(), RunningAccounts.As(used));

        running.Time.Advance(TimeSpan.FromMinutes(10));
        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Client.GetProfileAsync(new GetProfileRequest(), RunningAccounts.As(used)));
        running.Time.Advance(TimeSpan.FromDays(20));
        await running.RefreshAsync(used);
        running.Time.Advance(TimeSpan.FromDays(20));

        await running.RefreshAsync(used);
        await running.IsOverAsync(forgotten);
        await running.Get<AccountsWorkers>().LookAfterOnceAsync(default);
        Assert.Equal(1, await running.ScalarAsync<long>("SELECT COUNT(*) FROM session"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ChangePassword_ends_every_other_session(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, replicas: 2);
        var here = await running.RegisterAsync(Email);
        var elsewhere = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => running.SignInAsync(Email)));
        var somebodyElse = await running.RegisterAsync("bob@reader.example");
        var change = new ChangePasswordRequest { CurrentPassword = "not this one at all", NewPassword = "another walk by the lake", SessionSecret = here.Secret };
        await StatusAssert.FailsAsync(StatusCode.PermissionDenied, running.Client.ChangePasswordAsync(change, RunningAccounts.As(here)));
        change.CurrentPassword = RunningAccounts.Password;
        await StatusAssert.FailsForFieldsAsync(
            ["new_password"],
            running.Client.ChangePasswordAsync(new ChangePasswordRequest(change) { NewPassword = "password1234" }, RunningAccounts.As(here)));

        await running.Client.ChangePasswordAsync(change, RunningAccounts.As(here));

        await running.RefreshAsync(here);
        await running.RefreshAsync(somebodyElse);
        Assert.All(await Task.WhenAll(elsewhere.Select(running.IsOverAsync)), failed => Assert.Equal(StatusCode.Unauthenticated, failed.StatusCode));
        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Client.SignInAsync(RunningAccounts.SignIn(Email), running.Shop));
        await running.SignInAsync(Email, change.NewPassword);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SignOut_ends_one_session_and_SignOutEverywhere_all_but_the_one_that_stays(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        var first = await running.RegisterAsync(Email);
        var second = await running.SignInAsync(Email);
        var third = await running.SignInAsync(Email);

        await running.Client.SignOutAsync(new SignOutRequest { SessionSecret = first.Secret }, running.Shop);
        await running.Client.SignOutAsync(new SignOutRequest { SessionSecret = "unknown" }, running.Shop);
        await running.IsOverAsync(first);
        await running.Client.SignOutEverywhereAsync(new SignOutEverywhereRequest { ExceptSessionSecret = second.Secret }, RunningAccounts.As(second));
        await running.RefreshAsync(second);
        await running.IsOverAsync(third);
        await running.Client.SignOutEverywhereAsync(new SignOutEverywhereRequest(), RunningAccounts.As(second));

        await running.IsOverAsync(second);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Open_session_with_a_password_that_was_changed_meanwhile_is_refused(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        await running.RegisterAsync(Email);
        var account = (await running.Get<Accounts.People.AccountStore>().FindByEmailAsync(Email, default))!;
        await running.ExecuteAsync("UPDATE account SET password_hash = 'another'");

        await Assert.ThrowsAsync<ServiceKit.Errors.UnauthenticatedException>(
            () => running.Get<Accounts.Sessions.SessionDesk>().OpenAsync(account, account.PasswordHash, default));
    }
}
