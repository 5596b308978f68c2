using System.Data;
using System.Data.Common;
using BooksForYou.ServiceKit.Mail;
using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Accounts.Mails;

/// <summary>
/// The outbox of mails to owners. A mail's link is made when the mail is handed out to be sent, a new one at each attempt: its secret is never written
/// down but in the mail, and its time runs from then.
/// </summary>
internal sealed class MailOutbox(Database database, AccountMail mail) : IMailOutbox
{
    public async Task<IReadOnlyList<DueMail>> TakeDueAsync(DateTimeOffset now, DateTimeOffset dueAgain, int count, CancellationToken cancellationToken)
    {
        // Nearly always there is nothing, and a look costs no writer's turn.
        if (!await AnyDueAsync(now, cancellationToken))
        {
            return [];
        }

        return await database.TransactionAsync<IReadOnlyList<DueMail>>(
            IsolationLevel.ReadCommitted,
            async (connection, token) =>
            {
                var taken = await TakeAsync(connection, now, dueAgain, count, token);
                var unwanted = taken.Where(row => row.IsUnwanted).Select(row => row.MailId).ToArray();
                if (unwanted.Length > 0)
                {
                    await connection.ExecuteAsync(new CommandDefinition(
                        $"UPDATE mail SET state = 'DROPPED' WHERE mail_id {AnyOf.Sql(database, nameof(unwanted))}", new { unwanted }, cancellationToken: token));
                }

                var wanted = taken.Where(row => !row.IsUnwanted)
                    .Select(row => (Row: row, Link: new NewMailLink(row.AccountId, MailLinkPurpose.Of(row.Kind), SecretHash.NewSecret())))
                    .ToList();
                await MailLinkStore.AddAsync(connection, [.. wanted.Select(entry => entry.Link)], now, token);
                return [.. wanted.Select(entry => new DueMail(entry.Row.Attempts, mail.Write(entry.Row, entry.Link), entry.Row.Trace))];
            },
            cancellationToken);
    }

    public Task NoteAsync(IReadOnlyCollection<MailResult> results, DateTimeOffset now, CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            string.Join("\n", results.Select(UpdateSql)),
            ParametersOf(results, now),
            cancellationToken: token)),
        cancellationToken);

    public async Task<(long Waiting, long Dead)> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(
            "SELECT (SELECT COUNT(*) FROM mail WHERE state = 'WAITING'), (SELECT COUNT(*) FROM mail WHERE state = 'DEAD')",
            cancellationToken: cancellationToken));
    }

    private async Task<List<OutgoingMail>> TakeAsync(
        DbConnection connection, DateTimeOffset now, DateTimeOffset dueAgain, int count, CancellationToken cancellationToken)
    {
        var skipLocked = database.Dialect == DatabaseDialect.PostgreSql ? "FOR UPDATE SKIP LOCKED" : "";
        var ids = (await connection.QueryAsync<string>(new CommandDefinition(
            $"""
            UPDATE mail SET attempts = attempts + 1, due_at = @dueAgain
            WHERE mail_id IN (SELECT mail_id FROM mail WHERE state = 'WAITING' AND due_at <= @now ORDER BY due_at LIMIT @count {skipLocked})
            RETURNING mail_id
            """,
            new { now, dueAgain, count },
            cancellationToken: cancellationToken))).ToArray();
        return (await connection.QueryAsync<OutgoingMail>(new CommandDefinition(
            $"""
            SELECT mail.mail_id AS MailId, mail.account_id AS AccountId, mail.kind AS Kind, mail.created_at AS CreatedAt, mail.attempts AS Attempts,
                mail.traceparent AS Trace,
                account.email AS Email, account.name AS Name, account.mail_consent AS MailConsent, campaign.subject AS Subject, campaign.body AS Body
            FROM mail
            JOIN account ON account.account_id = mail.account_id
            LEFT JOIN campaign ON campaign.campaign_id = mail.campaign_id
            WHERE mail.mail_id {AnyOf.Sql(database, nameof(ids))}
            ORDER BY mail.created_at
            """,
            new { ids },
            cancellationToken: cancellationToken))).AsList();
    }

    private async Task<bool> AnyDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT 1 FROM mail WHERE state = 'WAITING' AND due_at <= @now)",
            new { now },
            cancellationToken: cancellationToken));
    }

    private static string UpdateSql(MailResult result, int index) => result.State == MailState.Sent
        ? $"UPDATE mail SET state = 'SENT', sent_at = @now, last_error = '' WHERE mail_id = @id{index};"
        : $"""
           UPDATE mail SET state = @state{index}, due_at = @due{index}, last_error = @error{index}
           WHERE mail_id = @id{index} AND state = 'WAITING' AND attempts = @attempt{index};
           """;

    private static DynamicParameters ParametersOf(IEnumerable<MailResult> results, DateTimeOffset now)
    {
        var parameters = new DynamicParameters(new { now });
        foreach (var (index, result) in results.Index())
        {
            parameters.Add($"id{index}", result.MailId);
            if (result.State != MailState.Sent)
            {
                parameters.Add($"state{index}", result.State == MailState.Dead ? "DEAD" : "WAITING");
                parameters.Add($"due{index}", result.Due);
                parameters.Add($"error{index}", result.Problem);
                parameters.Add($"attempt{index}", result.Attempt);
            }
        }

        return parameters;
    }
}
