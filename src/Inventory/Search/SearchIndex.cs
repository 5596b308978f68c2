using System.Data.Common;
using System.Text.Json;
using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Inventory.Search;

/// <summary>
/// Asks the engine's full-text index and the vocabulary. Every query has a bound on what it reads that does not depend on how many books
/// there are.
/// </summary>
internal sealed class SearchIndex(DatabaseDialect dialect)
{
    /// <summary>How many words with a prefix are counted.</summary>
    private const int CountedWords = 1000;

    private const int MostIsbns = 100;

    /// <summary>How many books are looked through for a word that the index is not asked for.</summary>
    public const int MostRead = 2000;

    private const string HitColumns = "b.book_id AS BookId, b.title_key AS TitleKey, b.author_key AS AuthorKey, s.sold";

    // No word has it, and in UTF-8 it comes after every character that words have.
    private const string AfterAnyWord = "\U0010FFFF";

    /// <summary>The number of the book with an ISBN-13, or null.</summary>
    public static Task<int?> FindByIsbnAsync(DbConnection connection, string isbn, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "SELECT book_id FROM book WHERE isbn = @isbn AND isbn <> ''", new { isbn }, cancellationToken: cancellationToken));

    /// <summary>The numbers of the books with ISBN-13 from one to another, the lowest first.</summary>
    public static Task<IEnumerable<int>> FindByIsbnRangeAsync(
        DbConnection connection, string from, string to, CancellationToken cancellationToken) =>
        connection.QueryAsync<int>(new CommandDefinition(
            $"SELECT book_id FROM book WHERE isbn BETWEEN @from AND @to AND isbn <> '' ORDER BY isbn LIMIT {MostIsbns}",
            new { from, to },
            cancellationToken: cancellationToken));

    /// <summary>The numbers of the books that have one of several ISBN-13.</summary>
    public Task<IEnumerable<int>> FindByIsbnsAsync(
        DbConnection connection, IReadOnlyList<string> isbns, CancellationToken cancellationToken) =>
        connection.QueryAsync<int>(new CommandDefinition(
            $"SELECT book_id FROM book WHERE isbn {In("isbns")} AND isbn <> ''",
            new { isbns = List(isbns) },
            cancellationToken: cancellationToken));

    /// <summary>Says how many books have each of the words typed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="words">The words, folded; the last one may be unfinished.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SearchTerm>> CountAsync(
        DbConnection connection, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var last = words[^1];
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            $"""
            SELECT word, books FROM search_word WHERE word {In("words")};

            SELECT count(*) AS words, coalesce(sum(books), 0) AS books
            FROM (SELECT books FROM search_word WHERE word >= @last AND word < @end LIMIT {CountedWords}) AS counted;
            """,
            new { words = List(words), last, end = last + AfterAnyWord },
            cancellationToken: cancellationToken));
        var counts = (await results.ReadAsync<(string Word, long Books)>()).ToDictionary(row => row.Word, row => row.Books);
        var (prefixed, prefixedBooks) = await results.ReadSingleAsync<(long Words, long Books)>();
        return
        [
            .. words.SkipLast(1).Select(word => new SearchTerm
            {
                Words = [word], Books = counts.GetValueOrDefault(word), WholeBooks = counts.GetValueOrDefault(word),
            }),
            new SearchTerm
            {
                Words = [last], IsPrefix = true, Books = prefixedBooks, WholeBooks = counts.GetValueOrDefault(last), IsEndless = prefixed == CountedWords,
            },
        ];
    }

    /// <summary>Finds books that have every term.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="terms">The terms that the index is asked for.</param>
    /// <param name="beginning">What a word of the books that the index finds has to begin with; null when nothing has to. 2,000 of them are looked through.</param>
    /// <param name="inTitle">Whether the title alone counts.</param>
    /// <param name="limit">How many at the most, in no particular order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<List<SearchHit>> FindAsync(
        DbConnection connection, IReadOnlyList<SearchTerm> terms, string? beginning, bool inTitle, int limit, CancellationToken cancellationToken)
    {
        var text = inTitle ? "' ' || b.title_key" : "' ' || b.title_key || ' ' || b.author_key";
        var (read, filter) = beginning is null ? (limit, "") : (MostRead, $"WHERE {text} LIKE @like");
        var sql = dialect == DatabaseDialect.Sqlite
            ? $"""
                SELECT {HitColumns}
                FROM (SELECT rowid AS book_id FROM book_search WHERE book_search MATCH @query LIMIT {read}) AS f
                CROSS JOIN book b ON b.book_id = f.book_id
                CROSS JOIN stock s ON s.book_id = f.book_id
                {filter}
                LIMIT {limit}
                """
            : $"""
                WITH found AS MATERIALIZED (
                    SELECT b.book_id, b.title_key, b.author_key
                    FROM book b
                    WHERE to_tsvector('simple', {(inTitle ? "title_key" : "title_key || ' ' || author_key")}) @@ @query::tsquery
                )
                SELECT {HitColumns}
                FROM (SELECT * FROM (SELECT * FROM found LIMIT {read}) AS b {filter} LIMIT {limit}) AS b
                JOIN stock s ON s.book_id = b.book_id
                """;
        return HitsAsync(connection, sql, new { query = Query(terms, inTitle), like = $"% {beginning}%" }, cancellationToken);
    }

    /// <summary>Finds books whose title begins with what was typed, in the order of their titles.</summary>
    public Task<List<SearchHit>> FindTitlesAsync(DbConnection connection, string key, int limit, CancellationToken cancellationToken) =>
        HitsAsync(
        connection,
        $"""
        SELECT {HitColumns}
        FROM book b
        {(dialect == DatabaseDialect.Sqlite ? "CROSS JOIN" : "JOIN")} stock s ON s.book_id = b.book_id
        WHERE b.title_key >= @key AND b.title_key < @end
        ORDER BY b.title_key, b.book_id
        LIMIT {limit}
        """,
        new { key, end = key + AfterAnyWord },
        cancellationToken);

    /// <summary>Reads the books that sell best.</summary>
    public Task<List<SearchHit>> FindBestSellersAsync(DbConnection connection, int limit, CancellationToken cancellationToken) => HitsAsync(
        connection,
        $"""
        SELECT {HitColumns}
        FROM stock s
        {(dialect == DatabaseDialect.Sqlite ? "CROSS JOIN" : "JOIN")} book b ON b.book_id = s.book_id
        ORDER BY s.sales_rank, s.book_id
        LIMIT {limit}
        """,
        new { },
        cancellationToken);

    /// <summary>
    /// Finds the words of the catalogue that have a form in common with one of those given; some of them are further away than one error.
    /// </summary>
    public async Task<IReadOnlyList<(string Word, long Books)>> FindWordsAsync(
        DbConnection connection, IReadOnlyList<string> forms, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(string Word, long Books)>(new CommandDefinition(
            $"""
            SELECT w.word, w.books
            FROM search_word w
            WHERE w.books > 0 AND w.word IN (SELECT f.word FROM search_form f WHERE f.form {In("forms")})
            """,
            new { forms = List(forms) },
            cancellationToken: cancellationToken));
        return rows.AsList();
    }

    private static async Task<List<SearchHit>> HitsAsync(
        DbConnection connection, string sql, object parameters, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<SearchHit>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList();

    // Words are letters and digits only: nothing in them can be taken for an operator or end the quotes.
    private string Query(IEnumerable<SearchTerm> terms, bool inTitle)
    {
        if (dialect == DatabaseDialect.PostgreSql)
        {
            return string.Join(" & ", terms.Select(term => Any(term, "'", " | ", ":*")));
        }

        var query = string.Join(" AND ", terms.Select(term => Any(term, "\"", " OR ", " *")));
        return inTitle ? $"{{title_key}} : ({query})" : query;
    }

    private static string Any(SearchTerm term, string quote, string or, string unfinished) =>
        $"({string.Join(or, term.Words.Select((word, i) => quote + word + quote + (term.IsPrefix && i == 0 ? unfinished : "")))})";

    private string In(string parameter) =>
        dialect == DatabaseDialect.Sqlite ? $"IN (SELECT value FROM json_each(@{parameter}))" : $"= ANY (@{parameter})";

    private object List(IReadOnlyList<string> values) =>
        dialect == DatabaseDialect.Sqlite ? JsonSerializer.Serialize(values) : values.ToArray();
}
