using System.Data;
using System.Data.Common;
using BooksForYou.Accounts.People;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Accounts.Mails;

/// <summary>Links that mails hold, by the hashes of what is secret in them.</summary>
internal sealed class MailLinkStore(Database database)
{
    private const string ValidSql = "link_hash = @hash AND purpose = @purpose AND (expires_at IS NULL OR expires_at > @now)";

    /// <summary>What everybody is told whose link is not good.</summary>
    public static FailedPreconditionException Refused() => new("The link is unknown, used or too old.");

    /// <summary>Keeps the hashes of links, in the transaction that hands out their mails.</summary>
    public static Task AddAsync(DbConnection connection, IReadOnlyCollection<NewMailLink> links, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (links.Count == 0)
        {
            return Task.CompletedTask;
        }

        var parameters = new DynamicParameters(new { now });
        var rows = new List<string>();
        foreach (var (index, link) in links.Index())
        {
            parameters.Add($"hash{index}", SecretHash.Of(link.Secret));
            parameters.Add($"account{index}", link.AccountId);
            parameters.Add($"purpose{index}", link.Purpose.Name);
            rows.Add($"(@hash{index}, @account{index}, @purpose{index}, @now, {(link.Purpose.Life is null ? "NULL" : $"@expires{index}")})");
            if (link.Purpose.Life is { } life)
            {
                parameters.Add($"expires{index}", now + life);
            }
        }

        return connection.ExecuteAsync(new CommandDefinition(
            $"INSERT INTO mail_link (link_hash, account_id, purpose, created_at, expires_at) VALUES {string.Join(", ", rows)}",
            parameters,
            cancellationToken: cancellationToken));
    }

    /// <summary>Finds the account that a link is for; null when the link is not good.</summary>
    public async Task<Account?> FindOwnerAsync(string link, MailLinkPurpose purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Account?>(new CommandDefinition(
            $"SELECT {Account.Columns} FROM account WHERE account_id = (SELECT account_id FROM mail_link WHERE {ValidSql})",
            Parameters(link, purpose, now),
            cancellationToken: cancellationToken));
    }

    /// <summary>Uses a link up to set a password. All sessions end, and all other links that set one.</summary>
    /// <returns>Whether the link was good.</returns>
    public Task<bool> UseForPasswordAsync(string link, string passwordHash, DateTimeOffset now, CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        async (connection, token) =>
        {
            var accountId = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                $"DELETE FROM mail_link WHERE {ValidSql} RETURNING account_id",
                Parameters(link, MailLinkPurpose.Reset, now),
                cancellationToken: token));
            if (accountId is null)
            {
                return false;
            }

            await connection.ExecuteAsync(new CommandDefinition(
                """
                UPDATE account SET password_hash = @passwordHash, email_confirmed = TRUE WHERE account_id = @accountId;
                DELETE FROM session WHERE account_id = @accountId;
                DELETE FROM mail_link WHERE account_id = @accountId AND purpose = 'RESET';
                """,
                new { accountId, passwordHash },
                cancellationToken: token));
            return true;
        },
        cancellationToken);

    /// <summary>Notes that mails to the address reach the owner.</summary>
    /// <returns>Whether the link is good.</returns>
    public Task<bool> ConfirmAsync(string link, DateTimeOffset now, CancellationToken cancellationToken) =>
        UseAsync("UPDATE account SET email_confirmed = TRUE", link, MailLinkPurpose.Confirm, now, cancellationToken);

    /// <summary>Notes that the owner wants no mails about offers.</summary>
    /// <returns>Whether the link is good.</returns>
    public Task<bool> UnsubscribeAsync(string link, DateTimeOffset now, CancellationToken cancellationToken) =>
        UseAsync("UPDATE account SET mail_consent = FALSE", link, MailLinkPurpose.Unsubscribe, now, cancellationToken);

    private static object Parameters(string link, MailLinkPurpose purpose, DateTimeOffset now) =>
        new { hash = SecretHash.Of(link), purpose = purpose.Name, now };

    private async Task<bool> UseAsync(string update, string link, MailLinkPurpose purpose, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.StatementAsync(
            (connection, token) => connection.ExecuteAsync(new CommandDefinition(
                $"{update} WHERE account_id = (SELECT account_id FROM mail_link WHERE {ValidSql})",
                Parameters(link, purpose, now),
                cancellationToken: token)),
            cancellationToken) > 0;
}
