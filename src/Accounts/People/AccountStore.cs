using System.Data;
using BooksForYou.Accounts.Mails;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Telemetry;
using Dapper;

namespace BooksForYou.Accounts.People;

/// <summary>Reads and writes accounts.</summary>
internal sealed class AccountStore(Database database)
{
    // With nobody left who may open the admin area, nobody could let anybody in again.
    private const string OtherAdminSql = "SELECT EXISTS (SELECT 1 FROM account WHERE admin AND account_id <> @accountId)";

    public Task<Account?> FindAsync(string accountId, CancellationToken cancellationToken) =>
        FindAsync("account_id = @key", accountId, cancellationToken);

    public Task<Account?> FindByEmailAsync(string emailFolded, CancellationToken cancellationToken) =>
        FindAsync("email_folded = @key", emailFolded, cancellationToken);

    /// <summary>Opens an account, with a mail that welcomes its owner.</summary>
    /// <returns>Whether it is open; not when the address has one.</returns>
    public Task<bool> AddAsync(Account account, CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        async (connection, token) =>
        {
            var added = await connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO account (account_id, email, email_folded, email_confirmed, name, password_hash, mail_consent, admin, created_at)
                VALUES (@AccountId, @Email, @EmailFolded, @EmailConfirmed, @Name, @PasswordHash, @MailConsent, @Admin, @CreatedAt)
                ON CONFLICT (email_folded) DO NOTHING
                """,
                account,
                cancellationToken: token));
            if (added == 0)
            {
                return false;
            }

            await connection.ExecuteAsync(new CommandDefinition(
                MailStore.InsertSql,
                new { mailId = MailStore.NewId(), accountId = account.AccountId, kind = MailKind.Welcome, now = account.CreatedAt, trace = TraceParent.Current },
                cancellationToken: token));
            return true;
        },
        cancellationToken);

    /// <summary>Changes what the owner may change; null when there is no such account.</summary>
    public Task<Account?> UpdateAsync(string accountId, string name, bool mailConsent, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.QuerySingleOrDefaultAsync<Account?>(new CommandDefinition(
            $"UPDATE account SET name = @name, mail_consent = @mailConsent WHERE account_id = @accountId RETURNING {Account.Columns}",
            new { accountId, name, mailConsent },
            cancellationToken: token)),
        cancellationToken);

    /// <summary>Sets another password, and ends the other sessions and what was asked for to set a new one.</summary>
    /// <returns>Whether it was still the password that was verified.</returns>
    public Task<bool> ChangePasswordAsync(
        string accountId, string verifiedHash, string newHash, string keptSession, CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        async (connection, token) =>
        {
            var changed = await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE account SET password_hash = @newHash WHERE account_id = @accountId AND password_hash = @verifiedHash",
                new { accountId, verifiedHash, newHash },
                cancellationToken: token));
            if (changed > 0)
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    DELETE FROM session WHERE account_id = @accountId AND secret_hash <> @keptSession;
                    DELETE FROM mail_link WHERE account_id = @accountId AND purpose = 'RESET';
                    """,
                    new { accountId, keptSession },
                    cancellationToken: token));
            }

            return changed > 0;
        },
        cancellationToken);

    /// <summary>Keeps another hash of the same password.</summary>
    public Task RehashAsync(string accountId, string verifiedHash, string newHash, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            "UPDATE account SET password_hash = @newHash WHERE account_id = @accountId AND password_hash = @verifiedHash",
            new { accountId, verifiedHash, newHash },
            cancellationToken: token)),
        cancellationToken);

    /// <summary>Deletes an account with all that belongs to it, and tells the other services. Not the last admin's.</summary>
    public Task<RemovalResult> DeleteAsync(string accountId, DateTimeOffset now, CancellationToken cancellationToken) => database.TransactionAsync(
        async (connection, token) =>
        {
            var isAdmin = await connection.ExecuteScalarAsync<bool?>(new CommandDefinition(
                "SELECT admin FROM account WHERE account_id = @accountId", new { accountId }, cancellationToken: token));
            if (isAdmin is null)
            {
                return RemovalResult.Unknown;
            }

            if (isAdmin.Value && !await connection.ExecuteScalarAsync<bool>(new CommandDefinition(OtherAdminSql, new { accountId }, cancellationToken: token)))
            {
                return RemovalResult.LastAdmin;
            }

            await connection.ExecuteAsync(new CommandDefinition(
                """
                DELETE FROM account WHERE account_id = @accountId;
                INSERT INTO account_deletion (account_id, deleted_at, traceparent) VALUES (@accountId, @now, @trace);
                """,
                new { accountId, now, trace = TraceParent.Current },
                cancellationToken: token));
            return RemovalResult.Removed;
        },
        cancellationToken);

    /// <summary>Makes the owner of an address an admin.</summary>
    /// <returns>Whether that is new; null when the address has no account.</returns>
    public Task<bool?> MakeAdminAsync(string emailFolded, CancellationToken cancellationToken) => database.TransactionAsync<bool?>(
        async (connection, token) =>
        {
            var wasAdmin = await connection.ExecuteScalarAsync<bool?>(new CommandDefinition(
                "SELECT admin FROM account WHERE email_folded = @emailFolded", new { emailFolded }, cancellationToken: token));
            if (wasAdmin == false)
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    "UPDATE account SET admin = TRUE WHERE email_folded = @emailFolded", new { emailFolded }, cancellationToken: token));
            }

            return !wasAdmin;
        },
        cancellationToken);

    /// <summary>Gives accounts that agreed to mails about offers, after one of them, in the order in which they were opened.</summary>
    /// <returns>Their numbers and ids, and how many there are in all.</returns>
    public async Task<(IReadOnlyList<(long Number, string AccountId)> Accounts, long Total)> ListMailConsentsAsync(
        long after, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            """
            SELECT account_number, account_id FROM account
            WHERE mail_consent AND email_confirmed AND account_number > @after ORDER BY account_number LIMIT @count;

            SELECT COUNT(*) FROM account WHERE mail_consent AND email_confirmed;
            """,
            new { after, count },
            cancellationToken: cancellationToken));
        return ((await results.ReadAsync<(long, string)>()).AsList(), await results.ReadSingleAsync<long>());
    }

    private async Task<Account?> FindAsync(string condition, string key, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Account?>(new CommandDefinition(
            $"SELECT {Account.Columns} FROM account WHERE {condition}", new { key }, cancellationToken: cancellationToken));
    }
}
