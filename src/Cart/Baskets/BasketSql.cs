using BooksForYou.ServiceKit.Storage;

namespace BooksForYou.Cart.Baskets;

/// <summary>The edits of a basket, in each engine's words for JSON. Each is one statement on the one row that a basket is.</summary>
internal sealed record BasketSql(string Add, string SetQuantity, string Remove, string Lock, string Move)
{
    public const int MaxLines = 100;
    public const int MaxQuantity = 99;

    private static readonly BasketSql Postgres = new(
        Add: $$"""
            INSERT INTO basket AS old (visitor_id, items, revision, updated_at)
            VALUES (
                @Visitor,
                jsonb_build_object(@Book, jsonb_build_object('quantity', @Quantity, 'cents', @Cents, 'currency', @Currency, 'added', 1)),
                1,
                @Now)
            ON CONFLICT (visitor_id) DO UPDATE SET
                items = old.items || jsonb_build_object(@Book, jsonb_build_object(
                    'quantity', LEAST({{MaxQuantity}}, @Quantity + COALESCE((old.items -> @Book ->> 'quantity')::integer, 0)),
                    'cents', COALESCE(@Cents, (old.items -> @Book ->> 'cents')::bigint),
                    'currency', COALESCE(@Currency, old.items -> @Book ->> 'currency'),
                    'added', COALESCE((old.items -> @Book ->> 'added')::bigint, old.revision + 1))),
                revision = old.revision + 1,
                updated_at = excluded.updated_at
            WHERE old.items ? @Book OR (SELECT count(*) FROM jsonb_object_keys(old.items)) < {{MaxLines}}
            RETURNING (items -> @Book ->> 'quantity')::integer
            """,
        SetQuantity: """
            UPDATE basket
            SET items = jsonb_set(items, ARRAY[@Book, 'quantity'], to_jsonb(@Quantity)), revision = revision + 1, updated_at = @Now
            WHERE visitor_id = @Visitor AND items ? @Book
            """,
        Remove: """
            UPDATE basket
            SET items = items - @Book, revision = revision + 1, updated_at = @Now
            WHERE visitor_id = @Visitor AND items ? @Book
            """,
        Lock: LockBoth("FOR UPDATE"),
        Move: MoveAs("::jsonb"));

    private static readonly BasketSql Sqlite = new(
        Add: $$"""
            INSERT INTO basket AS old (visitor_id, items, revision, updated_at)
            VALUES (
                @Visitor,
                json_object(@Book, json_object('quantity', @Quantity, 'cents', @Cents, 'currency', @Currency, 'added', 1)),
                1,
                @Now)
            ON CONFLICT (visitor_id) DO UPDATE SET
                items = json_set(old.items, @Path, json_object(
                    'quantity', min({{MaxQuantity}}, @Quantity + COALESCE(json_extract(old.items, @Path || '.quantity'), 0)),
                    'cents', COALESCE(@Cents, json_extract(old.items, @Path || '.cents')),
                    'currency', COALESCE(@Currency, json_extract(old.items, @Path || '.currency')),
                    'added', COALESCE(json_extract(old.items, @Path || '.added'), old.revision + 1))),
                revision = old.revision + 1,
                updated_at = excluded.updated_at
            WHERE json_type(old.items, @Path) IS NOT NULL OR (SELECT count(*) FROM json_each(old.items)) < {{MaxLines}}
            RETURNING json_extract(items, @Path || '.quantity')
            """,
        SetQuantity: """
            UPDATE basket
            SET items = json_set(items, @Path || '.quantity', @Quantity), revision = revision + 1, updated_at = @Now
            WHERE visitor_id = @Visitor AND json_type(items, @Path) IS NOT NULL
            """,
        Remove: """
            UPDATE basket
            SET items = json_remove(items, @Path), revision = revision + 1, updated_at = @Now
            WHERE visitor_id = @Visitor AND json_type(items, @Path) IS NOT NULL
            """,
        Lock: LockBoth(""),
        Move: MoveAs(""));

    public static BasketSql For(DatabaseDialect dialect) => dialect == DatabaseDialect.PostgreSql ? Postgres : Sqlite;

    // The same sequence whoever merges: two cannot wait for each other.
    private static string LockBoth(string hold) =>
        $$"""
        INSERT INTO basket (visitor_id, items, revision, updated_at) VALUES (@Owner, '{}', 1, @Now) ON CONFLICT DO NOTHING;

        SELECT visitor_id, items, revision FROM basket WHERE visitor_id IN (@Visitor, @Owner) ORDER BY visitor_id {{hold}};
        """;

    private static string MoveAs(string json) =>
        $$"""
        UPDATE basket
        SET items = CASE WHEN visitor_id = @Owner THEN @Items{{json}} ELSE '{}' END, revision = revision + 1, updated_at = @Now
        WHERE visitor_id IN (@Visitor, @Owner);
        """;
}
