using BooksForYou.Accounts.Keys;
using BooksForYou.Accounts.People;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Mail;

namespace BooksForYou.Accounts;

/// <summary>The commands <c>make-admin EMAIL</c> and <c>rotate-keys</c>, which work also while the store runs; see docs/accounts.md.</summary>
public static class AccountsCommand
{
    private const string MakeAdmin = "make-admin";
    private const string RotateKeys = "rotate-keys";
    private const int Failure = 1;
    private const int Misuse = 2;

    private const string Usage =
        """
        Usage: make-admin EMAIL [setting ...]
               rotate-keys [setting ...]

        make-admin lets the owner of an account run the shop. They must have registered before. Their next token says so, ten minutes
        later at most.
        rotate-keys makes a new key that tokens are signed with: it is published now and signs in 15 minutes, and nobody is signed out.

        Both work whether the store is running or not. Settings are those of the service, such as:
          --data-dir DIR                where the databases are kept                         (default data)
          --accounts-database ADDRESS   the accounts, when they are not in the file in DATA_DIR

        Exit codes: 0 done, or it was so already; 1 there is no such account, or it could not be done; 2 a mistake on the command line.
        """;

    private static readonly string[] HelpOptions = ["--help", "-h", "-?"];

    /// <summary>Whether the command line asks for one of the commands.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsAskedFor(string[] args) => args is [MakeAdmin or RotateKeys, ..];

    /// <summary>Does what the command line asks for.</summary>
    /// <param name="args">The command line: the command, what it is about, settings.</param>
    /// <returns>The exit code: 0 done, 1 not done, 2 for a mistake on the command line.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Any(HelpOptions.Contains))
        {
            await Console.Out.WriteLineAsync(Usage);
            return 0;
        }

        if (args[0] == RotateKeys)
        {
            return await RunAsync(args[1..], RotateAsync);
        }

        if (args.Length < 2 || !MailAddress.IsAddress(args[1]))
        {
            await Console.Error.WriteLineAsync("make-admin: whom? Usage: make-admin EMAIL [setting ...]");
            return Misuse;
        }

        return await RunAsync(args[2..], (services, cancellationToken) => MakeAdminAsync(services, args[1], cancellationToken));
    }

    private static Task<int> RunAsync(string[] settings, Func<IServiceProvider, CancellationToken, Task<int>> work)
    {
        var builder = ServiceApplication.CreateBuilder(settings);
        builder.AddAccountsData();

        // The person at the terminal is told how it goes; what the log says beside that is for when something is wrong.
        builder.Configuration["Logging:LogLevel:Default"] = nameof(LogLevel.Warning);
        return builder.Build().RunOnceAsync(work);
    }

    private static async Task<int> MakeAdminAsync(IServiceProvider services, string email, CancellationToken cancellationToken)
    {
        switch (await services.GetRequiredService<AccountStore>().MakeAdminAsync(Email.Fold(email), cancellationToken))
        {
            case null:
                await Console.Error.WriteLineAsync($"make-admin: {email} has no account; register in the shop first");
                return Failure;
            case false:
                await Console.Out.WriteLineAsync($"{email} is an admin already.");
                return 0;
            default:
                await Console.Out.WriteLineAsync($"{email} is an admin now: at the next sign-in, or in ten minutes at most.");
                return 0;
        }
    }

    private static async Task<int> RotateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var signsFrom = await services.GetRequiredService<SigningKeys>().RotateAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"The next key is published and signs from {signsFrom.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
        return 0;
    }
}
