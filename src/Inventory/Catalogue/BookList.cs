using System.Globalization;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Storage;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>The query for a page of a category in an order. For each order there is an index that begins with it, and one that begins with
/// the category and goes on with it, so that a page costs the same wherever it is and however many books there are.</summary>
internal sealed class BookList
{
    private const int SmallPage = 24;
    private const int LargestPage = 100;

    private readonly BookOrder _order;
    private readonly BookCategory _category;

    public BookList(BookCategory category, BookOrder order)
    {
        _category = category;
        _order = order == BookOrder.Unspecified ? BookOrder.Title : order;
    }

    /// <summary>What the tokens of this list are good for.</summary>
    public string Scope => string.Create(CultureInfo.InvariantCulture, $"list {(int)_category} {(int)_order}");

    // Only the order by sales is kept in the table of stock.
    private char Table => _order == BookOrder.BestSelling ? 's' : 'b';

    private string Key => _order switch
    {
        BookOrder.Newest => "newest_rank",
        BookOrder.Price => "price_cents",
        BookOrder.BestSelling => "sales_rank",
        _ => "title_key",
    };

    /// <summary>The query for a page. It asks for one book more than the page has, to know whether there is another page.</summary>
    /// <param name="dialect">SQLite is told which table to go through; PostgreSQL finds out.</param>
    /// <param name="pageSize">How many books the page has; two limits at most, so that the statements stay few and prepared.</param>
    /// <param name="isFirst">Whether it is the first page, with nothing before it.</param>
    public string Sql(DatabaseDialect dialect, int pageSize, bool isFirst)
    {
        var limit = (pageSize <= SmallPage ? SmallPage : LargestPage) + 1;
        var (outer, inner) = Table == 's' ? ("stock s", "book b") : ("book b", "stock s");
        var join = dialect == DatabaseDialect.Sqlite ? "CROSS JOIN" : "JOIN";
        var category = _category == BookCategory.Unspecified ? "" : $"AND {Table}.category = @Category";
        var after = isFirst ? "" : $"AND ({Table}.{Key}, {Table}.book_id) > (@Key, @Id)";
        return $"""
            SELECT {BookRow.Columns}, CAST({Table}.{Key} AS text) AS OrderKey
            FROM {outer}
            {join} {inner} ON b.book_id = s.book_id
            WHERE true {category} {after}
            ORDER BY {Table}.{Key}, {Table}.book_id
            LIMIT {limit}
            """;
    }

    /// <summary>What the query takes.</summary>
    /// <returns>The parameters, or null when the token cannot be from this list.</returns>
    public object? Parameters(PageToken? after) => after switch
    {
        null => new { Category = (int)_category },
        _ when Key == "title_key" => new { Category = (int)_category, after.Key, after.Id },
        _ when long.TryParse(after.Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key) =>
            new { Category = (int)_category, Key = key, after.Id },
        _ => null,
    };
}
