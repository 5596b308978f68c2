using System.Data;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Cart.Promotions;

/// <summary>The promotions.</summary>
internal sealed class PromotionStore([FromKeyedServices("Cart")] Database database, TimeProvider time)
{
    private const string Columns =
        """
        promotion_id AS PromotionId, name AS Name, kind AS Kind, from_time AS FromTime, until_time AS UntilTime, is_on AS IsOn,
        category AS Category, percent AS Percent
        """;

    /// <summary>Gives all promotions, the newest first.</summary>
    public async Task<IReadOnlyList<Promotion>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM promotion ORDER BY created_at DESC, promotion_id", cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToPromotion())];
    }

    /// <summary>Finds a promotion.</summary>
    public async Task<Promotion?> FindAsync(string promotionId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM promotion WHERE promotion_id = @promotionId", new { promotionId }, cancellationToken: cancellationToken));
        return row?.ToPromotion();
    }

    /// <summary>Writes a new promotion with the answer to whoever has made it, unless the key is taken.</summary>
    /// <returns>What the key has: the hash of the request, and the answer.</returns>
    public Task<(string RequestHash, byte[] Answer)> CreateAsync(
        string key, string requestHash, Promotion promotion, byte[] answer, CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        async (connection, token) =>
        {
            var isNew = await connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO promotion_creation (idempotency_key, request_hash, answer) VALUES (@key, @requestHash, @answer)
                ON CONFLICT DO NOTHING
                """,
                new { key, requestHash, answer },
                cancellationToken: token)) == 1;
            if (isNew)
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    INSERT INTO promotion (
                        promotion_id, name, kind, from_time, until_time, is_on, category, percent, created_at, updated_at)
                    VALUES (@PromotionId, @Name, @Kind, @From, @Until, @IsOn, @Category, @Percent, @Now, @Now)
                    """,
                    Parameters(promotion),
                    cancellationToken: token));
            }

            return await connection.QuerySingleAsync<(string, byte[])>(new CommandDefinition(
                "SELECT request_hash, answer FROM promotion_creation WHERE idempotency_key = @key", new { key }, cancellationToken: token));
        },
        cancellationToken);

    /// <summary>Changes a promotion, all but its kind.</summary>
    public Task UpdateAsync(Promotion promotion, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE promotion
            SET name = @Name, from_time = @From, until_time = @Until, is_on = @IsOn, category = @Category, percent = @Percent, updated_at = @Now
            WHERE promotion_id = @PromotionId AND kind = @Kind
            """,
            Parameters(promotion),
            cancellationToken: token)),
        cancellationToken);

    private object Parameters(Promotion promotion) => new
    {
        promotion.PromotionId,
        promotion.Name,
        Kind = promotion.Kind.ToString(),
        promotion.From,
        promotion.Until,
        promotion.IsOn,
        Category = promotion.Category == BookCategory.Unspecified ? null : promotion.Category.ToString(),
        Percent = promotion.Percent == 0 ? (int?)null : promotion.Percent,
        Now = time.GetUtcNow(),
    };

    private sealed class Row
    {
        public string PromotionId { get; init; } = "";

        public string Name { get; init; } = "";

        public string Kind { get; init; } = "";

        public DateTimeOffset? FromTime { get; init; }

        public DateTimeOffset? UntilTime { get; init; }

        public bool IsOn { get; init; }

        public string? Category { get; init; }

        public int? Percent { get; init; }

        public Promotion ToPromotion() => new()
        {
            PromotionId = PromotionId,
            Name = Name,
            Kind = Enum.Parse<PromotionKind>(Kind),
            From = FromTime,
            Until = UntilTime,
            IsOn = IsOn,
            Category = Category is null ? BookCategory.Unspecified : Enum.Parse<BookCategory>(Category),
            Percent = Percent ?? 0,
        };
    }
}
