using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Accounts.Tests;

/// <summary>Looks for people and secrets wherever something is told, after all that people do.</summary>
public class SecrecyTests
{
    private const string Wrong = "w7 wrong passphrase";
    private const string Next = "n3xt walk by the lake";

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Logs_spans_and_metrics_tell_nothing_of_people_and_secrets(DatabaseDialect engine)
    {
        using var telemetry = new TelemetryText();
        await using var running = await RunningAccounts.StartAsync(engine, 1, "--accounts-tries-per-account", "1", "--accounts-key-password", "k3y p4ssword");
        var session = await running.RegisterAsync("Ada.Byron@reader.example", "Augusta Byron");
        var link = await running.LinkAsync(1, "Ada.Byron@reader.example");
        await RefusedAsync(running, link);
        var change = new ChangePasswordRequest { CurrentPassword = RunningAccounts.Password, NewPassword = Next, SessionSecret = session.Secret };
        running.Time.Advance(TimeSpan.FromMinutes(5));
        await running.Client.ChangePasswordAsync(change, RunningAccounts.As(session));
        await running.RefreshAsync(session);
        await running.Client.ExportAccountAsync(new ExportAccountRequest(), RunningAccounts.As(session));
        await running.Client.DeleteAccountAsync(new DeleteAccountRequest { Password = Next }, RunningAccounts.As(session));

        var told = telemetry.Text + string.Join("\n", running.Log.Items.Select(line => $"{line} {string.Join(' ', line.Values)} {line.Exception}"));
        Assert.Contains("rpc.method", told, StringComparison.Ordinal);
        Assert.Contains("MailSent", told, StringComparison.Ordinal);
        string[] secrets =
        [
            RunningAccounts.Password, Wrong, Next, session.Secret, SecretHash.Of(session.Secret), session.Token.Value, link, "k3y p4ssword",
            running.Get<ServiceSecret>().Value, "Augusta", "reader.example", session.Profile.AccountId,
        ];
        Assert.All(secrets, secret => Assert.False(told.Contains(secret, StringComparison.OrdinalIgnoreCase), "Something of a person, or a secret, is told."));
    }

    // What fails is what is logged most about.
    private static async Task RefusedAsync(RunningAccounts running, string link)
    {
        var shop = running.Shop;
        await StatusAssert.FailsAsync(StatusCode.AlreadyExists, running.Client.RegisterAsync(RunningAccounts.Registration("ada.byron@reader.example"), shop));
        await StatusAssert.InvalidAsync(running.Client.RegisterAsync(RunningAccounts.Registration("x\n@reader.example", "Augusta\n", password: "Augusta"), shop));
        foreach (var code in new[] { StatusCode.Unauthenticated, StatusCode.Unauthenticated, StatusCode.ResourceExhausted })
        {
            await StatusAssert.FailsAsync(code, running.Client.SignInAsync(RunningAccounts.SignIn("ada.byron@reader.example", Wrong), shop));
        }

        await StatusAssert.FailsAsync(
            StatusCode.FailedPrecondition, running.Client.ResetPasswordAsync(new ResetPasswordRequest { Link = link, NewPassword = Next }, shop));
    }
}
