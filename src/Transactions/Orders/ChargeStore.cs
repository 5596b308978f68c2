using System.Data;
using System.Data.Common;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Telemetry;
using BooksForYou.Transactions.Receipts;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BooksForYou.Transactions.Orders;

/// <summary>
/// Writes orders and moves them. Each method is one transaction of one batch. A batch says of every statement when it applies, so that it changes
/// nothing when another caller was first: that needs no more than READ COMMITTED.
/// </summary>
internal sealed class ChargeStore(Database database)
{
    private const string Columns =
        """
        idempotency_key AS IdempotencyKey, order_id AS OrderId, content_hash AS ContentHash, payment_key AS PaymentKey, answer AS Answer,
        lease_owner AS LeaseOwner, lease_until AS LeaseUntil, attempts AS Attempts, traceparent AS Trace
        """;

    /// <summary>Writes a new order, PENDING, with a lease for the caller, unless the key is taken.</summary>
    /// <returns>What the key stands for now: this charge, an earlier one, or none any more.</returns>
    /// <exception cref="FailedPreconditionException">Another order of the customer has the promotion. Nothing is written, the key is free.</exception>
    public Task<Charge> BeginAsync(NewCharge charge, Guid owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        var order = charge.Order;
        var parameters = new DynamicParameters(new
        {
            charge.IdempotencyKey,
            charge.ContentHash,
            charge.PaymentKey,
            owner,
            leaseUntil,
            order.OrderId,
            State = OrderMove.Text(OrderState.Pending),
            order.CreatedAt,
            order.Currency,
            order.TotalCents,
            order.TaxCents,
            order.TaxRateBasisPoints,
            order.Email,
            order.Address.Name,
            order.Address.Street,
            order.Address.Street2,
            order.Address.PostalCode,
            order.Address.City,
            order.Address.Country,
            order.ReservationId,
            order.CustomerId,
            order.BuyTwoGetOneFreePromo,
            trace = TraceParent.Current,
        });
        var sql =
            $"""
            INSERT INTO charge (idempotency_key, order_id, content_hash, payment_key, lease_owner, lease_until, traceparent)
            VALUES (@IdempotencyKey, @OrderId, @ContentHash, @PaymentKey, @owner, @leaseUntil, @trace)
            ON CONFLICT (idempotency_key) DO NOTHING;

            INSERT INTO orders (
                order_id, state, created_at, changed_at, currency, total_cents, tax_cents, tax_rate_basis_points,
                email, name, street, street2, postal_code, city, country, reservation_id, customer_id, buy_two_get_one_free_promo)
            SELECT
                @OrderId, @State, @CreatedAt, @CreatedAt, @Currency, @TotalCents, @TaxCents, @TaxRateBasisPoints,
                @Email, @Name, @Street, @Street2, @PostalCode, @City, @Country, @ReservationId, @CustomerId, @BuyTwoGetOneFreePromo
            FROM charge
            WHERE idempotency_key = @IdempotencyKey AND order_id = @OrderId;

            {OrderPartsSql.InsertLines(order.Lines, parameters)}

            {OrderPartsSql.InsertDiscounts(order.Discounts, parameters)}

            INSERT INTO order_event (order_number, state, event_time, traceparent)
            SELECT order_number, state, created_at, @trace FROM orders WHERE order_id = @OrderId;

            SELECT {Columns} FROM charge WHERE idempotency_key = @IdempotencyKey;
            """;
        return OnceACustomerAsync(connection => connection.QuerySingleAsync<Charge>(Command(sql, parameters, cancellationToken)), cancellationToken);
    }

    /// <summary>Makes sure that no order can have the key any more, unless one has it.</summary>
    /// <returns>What the key stands for now.</returns>
    public Task<Charge> AbandonAsync(string idempotencyKey, CancellationToken cancellationToken) => WriteAsync(
        connection => connection.QuerySingleAsync<Charge>(Command(
            $"""
            INSERT INTO charge (idempotency_key) VALUES (@idempotencyKey) ON CONFLICT (idempotency_key) DO NOTHING;
            SELECT {Columns} FROM charge WHERE idempotency_key = @idempotencyKey;
            """,
            new { idempotencyKey },
            cancellationToken)),
        cancellationToken);

    /// <summary>Finds what a key stands for.</summary>
    public Task<Charge?> FindAsync(string idempotencyKey, CancellationToken cancellationToken) =>
        FindAsync("idempotency_key = @value", idempotencyKey, cancellationToken);

    /// <summary>Finds the charge of an order.</summary>
    public Task<Charge?> FindByOrderAsync(string orderId, CancellationToken cancellationToken) =>
        FindAsync("order_id = @value", orderId, cancellationToken);

    /// <summary>Takes the lease of one charge, if there is something to settle and nobody holds it.</summary>
    /// <returns>Whether the caller has the lease now.</returns>
    public async Task<bool> TakeOverAsync(string idempotencyKey, Guid owner, DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        await WriteAsync(
            connection => connection.ExecuteAsync(Command(
                """
                UPDATE charge SET lease_owner = @owner, lease_until = @leaseUntil, attempts = attempts + 1
                WHERE idempotency_key = @idempotencyKey AND lease_until <= @now
                """,
                new { idempotencyKey, owner, now, leaseUntil },
                cancellationToken)),
            cancellationToken) == 1;

    /// <summary>Takes the leases of charges that nobody holds, the longest waiting first.</summary>
    public async Task<IReadOnlyList<Charge>> TakeStaleAsync(Guid owner, DateTimeOffset now, DateTimeOffset leaseUntil, int count, CancellationToken cancellationToken)
    {
        // Nearly always there is nothing, and a look costs no writer's turn.
        if (!await AnyStaleAsync(now, cancellationToken))
        {
            return [];
        }

        var skipLocked = database.Dialect == DatabaseDialect.PostgreSql ? "FOR UPDATE SKIP LOCKED" : "";
        return await WriteAsync(
            async connection => (await connection.QueryAsync<Charge>(Command(
                $"""
                UPDATE charge SET lease_owner = @owner, lease_until = @leaseUntil, attempts = attempts + 1
                WHERE idempotency_key IN (
                    SELECT idempotency_key FROM charge WHERE lease_until <= @now ORDER BY lease_until LIMIT @count {skipLocked})
                RETURNING {Columns}
                """,
                new { owner, now, leaseUntil, count },
                cancellationToken))).AsList(),
            cancellationToken);
    }

    /// <summary>How many payments and refunds are open.</summary>
    public async Task<long> CountOpenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(
            new CommandDefinition("SELECT COUNT(*) FROM charge WHERE lease_until IS NOT NULL", cancellationToken: cancellationToken));
    }

    /// <summary>Moves the end of a lease, if the owner still has it.</summary>
    public Task RenewAsync(string orderId, Guid owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken) => WriteAsync(
        connection => connection.ExecuteAsync(Command(
            "UPDATE charge SET lease_until = @leaseUntil WHERE order_id = @orderId AND lease_owner = @owner AND lease_until IS NOT NULL",
            new { orderId, owner, leaseUntil },
            cancellationToken)),
        cancellationToken);

    /// <summary>Gives a lease back: who settles the charge next may begin at <paramref name="due"/>.</summary>
    public Task ReleaseAsync(string orderId, Guid owner, DateTimeOffset due, CancellationToken cancellationToken) => WriteAsync(
        connection => connection.ExecuteAsync(Command(
            "UPDATE charge SET lease_owner = NULL, lease_until = @due WHERE order_id = @orderId AND lease_owner = @owner AND lease_until IS NOT NULL",
            new { orderId, owner, due },
            cancellationToken)),
        cancellationToken);

    /// <summary>Ends the payment: the order becomes PAID, with a receipt to send, or DECLINED. The answer is stored with it.</summary>
    /// <returns>Where the order stands now, by this call or an earlier one.</returns>
    public Task<MoveResult> CloseAsync(string orderId, PaymentOutcome outcome, byte[] answer, DateTimeOffset now, CancellationToken cancellationToken) => MoveAsync(
        orderId,
        outcome.State,
        set: "card_brand = @CardBrand, card_last_four = @CardLastFour, decline_reason = @DeclineReason,",
        andThen:
        $"""
        UPDATE charge SET answer = @answer, lease_owner = NULL, lease_until = NULL
        WHERE order_id = @orderId AND answer IS NULL AND EXISTS (SELECT 1 FROM orders WHERE order_id = @orderId AND state = @to);

        {(outcome.State == OrderState.Paid ? ReceiptStore.InsertSql : "")}
        """,
        new
        {
            orderId,
            to = OrderMove.Text(outcome.State),
            now,
            answer,
            outcome.CardBrand,
            outcome.CardLastFour,
            outcome.DeclineReason,
            receiptId = OrderId.New(),
            trace = TraceParent.Current,
        },
        cancellationToken);

    /// <summary>Begins the refund of a paid order, with a lease for the caller.</summary>
    /// <returns>Where the order stands now.</returns>
    public Task<MoveResult> BeginRefundAsync(string orderId, Guid owner, DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken) => MoveAsync(
        orderId,
        OrderState.Refunding,
        set: "",
        andThen:
        """
        UPDATE charge SET lease_owner = @owner, lease_until = @leaseUntil, attempts = 0
        WHERE order_id = @orderId AND lease_until IS NULL AND EXISTS (SELECT 1 FROM orders WHERE order_id = @orderId AND state = @to);
        """,
        new { orderId, to = OrderMove.Text(OrderState.Refunding), now, owner, leaseUntil, trace = TraceParent.Current },
        cancellationToken);

    /// <summary>Ends the refund.</summary>
    /// <returns>Where the order stands now.</returns>
    public Task<MoveResult> EndRefundAsync(string orderId, DateTimeOffset now, CancellationToken cancellationToken) => MoveAsync(
        orderId,
        OrderState.Refunded,
        set: "",
        andThen:
        """
        UPDATE charge SET lease_owner = NULL, lease_until = NULL
        WHERE order_id = @orderId AND EXISTS (SELECT 1 FROM orders WHERE order_id = @orderId AND state = @to);
        """,
        new { orderId, to = OrderMove.Text(OrderState.Refunded), now, trace = TraceParent.Current },
        cancellationToken);

    private static CommandDefinition Command(string sql, object parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, cancellationToken: cancellationToken);

    // The unique index tells it, which no two transactions get past. Whoever waits there for another order learns how that one came out.
    private static bool IsPromotionUsed(DbException exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "orders_promotion_use" } => true,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT } => exception.Message.Contains("orders.customer_id", StringComparison.Ordinal),
        _ => false,
    };

    private async Task<T> OnceACustomerAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(work, cancellationToken);
        }
        catch (DbException exception) when (IsPromotionUsed(exception))
        {
            throw new FailedPreconditionException("The customer has used this promotion.", exception)
            {
                Details = [ErrorDetails.Reason("PROMOTION_USED", "transactions.booksforyou")],
            };
        }
    }

    // The only place where an order changes its state: from the states that the table of moves allows, and no other.
    private Task<MoveResult> MoveAsync(string orderId, OrderState to, string set, string andThen, object parameters, CancellationToken cancellationToken)
    {
        var sql =
            $"""
            UPDATE orders SET {set} state = @to, changed_at = @now
            WHERE order_id = @orderId AND state IN ({OrderMove.SourcesOf(to)});

            INSERT INTO order_event (order_number, state, event_time, traceparent)
            SELECT order_number, state, changed_at, @trace FROM orders WHERE order_id = @orderId AND state = @to
            ON CONFLICT (order_number, state) DO NOTHING;

            {andThen}

            SELECT orders.state AS State, charge.answer AS Answer
            FROM orders JOIN charge ON charge.order_id = orders.order_id
            WHERE orders.order_id = @orderId;
            """;
        return WriteAsync(
            async connection =>
            {
                var row = await connection.QuerySingleOrDefaultAsync<StateRow>(Command(sql, parameters, cancellationToken))
                    ?? throw new InvalidOperationException("There is no such order to move.");
                return new MoveResult(row.State, row.Answer, row.State == to);
            },
            cancellationToken);
    }

    private async Task<bool> AnyStaleAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(
            Command("SELECT EXISTS (SELECT 1 FROM charge WHERE lease_until <= @now)", new { now }, cancellationToken));
    }

    private async Task<Charge?> FindAsync(string condition, string value, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Charge>(
            Command($"SELECT {Columns} FROM charge WHERE {condition}", new { value }, cancellationToken));
    }

    private Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) =>
        database.TransactionAsync(IsolationLevel.ReadCommitted, (connection, _) => work(connection), cancellationToken);

    private sealed class StateRow
    {
        public OrderState State { get; init; }

        public byte[]? Answer { get; init; }
    }
}
