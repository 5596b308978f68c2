using System.Data.Common;
using System.Globalization;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Text;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Inventory.Search;

/// <summary>
/// Finds books by what a person types; see docs/search.md. What it reads is bounded, whatever is typed and however many books there are.
/// </summary>
internal sealed class BookSearch([FromKeyedServices("Inventory")] Database database, BookStore books, BestSellers bestSellers)
{
    private const int LongestQuery = 200;
    private const int MostWords = 10;

    // Up to here all books with a word are ranked; above, the titles that begin with it, the best-selling and some more.
    private const int AllRanked = 200;
    private const int SomeTitles = 50;
    private const int SomeMore = 100;

    // A word in more books than this is asked of the index only if nothing else finds enough.
    private const int VeryFrequent = 20_000;

    // The index goes through so many books of a word in the time that it takes to read one book.
    private const int BooksPerRow = 20;

    // With fewer than this, typing errors are forgiven.
    private const int Few = 5;
    private const int MostCorrections = 8;

    private readonly SearchIndex _index = new(database.Dialect);

    /// <summary>Finds books, the best match first.</summary>
    /// <param name="query">What was typed; nothing in it is an operator.</param>
    /// <param name="pageSize">How many books the page has, 1 to 100.</param>
    /// <param name="pageToken">Where the page before ended; empty for the first page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidArgumentException">The token is from another query.</exception>
    public async Task<BookPage> SearchAsync(string query, int pageSize, string pageToken, CancellationToken cancellationToken)
    {
        query = query.Length > LongestQuery ? query[..LongestQuery] : query;
        List<string> words = [.. Folding.Words(query).Take(MostWords)];
        var scope = $"search {string.Join(' ', words)}";
        var after = pageToken.Length == 0 ? null : Place(PageToken.TryParse(pageToken, scope))
            ?? throw new InvalidArgumentException(
                new FieldViolation("page_token", "must be the next_page_token of a page of the same query"));
        if (words.Count == 0)
        {
            return new BookPage([], "");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ranked = (await RankAsync(connection, query, words, cancellationToken))
            .OrderByDescending(hit => hit.Rank).ThenByDescending(hit => hit.Sold).ThenBy(hit => hit.BookId)
            .Where(hit => after is not { } place || place.IsBefore(hit))
            .Take(pageSize + 1)
            .ToList();
        var page = ranked.Take(pageSize).ToList();
        var rows = await books.FindManyAsync(connection, page.ConvertAll(hit => hit.BookId), cancellationToken);
        return new BookPage(rows, ranked.Count > pageSize ? Token(scope, page[^1]) : "");
    }

    private async Task<IEnumerable<SearchHit>> RankAsync(
        DbConnection connection, string query, List<string> words, CancellationToken cancellationToken)
    {
        var ranked = new Dictionary<int, SearchHit>();
        if (Isbn.Parse(query) is { } isbn && await SearchIndex.FindByIsbnAsync(connection, isbn, cancellationToken) is { } bookId)
        {
            ranked.Add(bookId, new SearchHit { BookId = bookId, Rank = Ranking.IsbnMatch });
        }
        else if (IsbnTyping.Digits(query) is { } digits)
        {
            await AddIsbnsAsync(ranked, connection, digits, cancellationToken);
        }

        var terms = await _index.CountAsync(connection, words, cancellationToken);
        Add(ranked, terms, await CollectAsync(connection, terms, cancellationToken), isCorrected: false);
        if (ranked.Count < Few && await CorrectAsync(connection, terms, cancellationToken) is { } corrected)
        {
            Add(ranked, corrected, await CollectAsync(connection, corrected, cancellationToken), isCorrected: true);
        }

        return ranked.Values;
    }

    // The beginning of an ISBN, or one with a typing error.
    private async Task AddIsbnsAsync(
        Dictionary<int, SearchHit> ranked, DbConnection connection, string digits, CancellationToken cancellationToken)
    {
        foreach (var bookId in await _index.FindByIsbnsAsync(connection, IsbnTyping.Corrections(digits), cancellationToken))
        {
            ranked.TryAdd(bookId, new SearchHit { BookId = bookId, Rank = Ranking.IsbnCorrected });
        }

        foreach (var (from, to) in IsbnTyping.Beginnings(digits))
        {
            foreach (var bookId in await SearchIndex.FindByIsbnRangeAsync(connection, from, to, cancellationToken))
            {
                ranked.TryAdd(bookId, new SearchHit { BookId = bookId, Rank = Ranking.IsbnBeginning });
            }
        }
    }

    private static void Add(
        Dictionary<int, SearchHit> ranked, IReadOnlyList<SearchTerm> terms, IEnumerable<SearchHit> hits, bool isCorrected)
    {
        foreach (var hit in hits.Where(hit => hit.Matches(terms)))
        {
            hit.Rank = Ranking.Rank(hit, terms, isCorrected);
            ranked.TryAdd(hit.BookId, hit);
        }
    }

    private async Task<IEnumerable<SearchHit>> CollectAsync(
        DbConnection connection, IReadOnlyList<SearchTerm> terms, CancellationToken cancellationToken)
    {
        // No book has all terms when none has one of them; and never are there more than the rarest has.
        var most = terms.Where(term => !term.IsEndless).Select(term => term.Books).DefaultIfEmpty(long.MaxValue).Min();
        if (most <= AllRanked)
        {
            // The index is asked for the rarest alone: to look in few books for the others is faster than to have it look up common ones.
            var rarest = terms.Where(term => !term.IsEndless).MinBy(term => term.Books)!;
            return most == 0 ? [] : await _index.FindAsync(connection, [rarest], beginning: null, inTitle: false, AllRanked, cancellationToken);
        }

        var hits = bestSellers.Find(terms).ToList();
        var title = string.Join(' ', terms.Select(term => term.Words[0]));
        hits.AddRange(await _index.FindTitlesAsync(connection, title, SomeTitles, cancellationToken));
        if (most > VeryFrequent)
        {
            return hits.Count >= SomeTitles ? hits : hits.Concat(await FindMoreAsync(connection, terms, inTitle: false, mayGoOn: false, cancellationToken));
        }

        hits.AddRange(await FindMoreAsync(connection, terms, inTitle: true, mayGoOn: true, cancellationToken));
        if (hits.Count < SomeMore)
        {
            hits.AddRange(await FindMoreAsync(connection, terms, inTitle: false, mayGoOn: true, cancellationToken));
        }

        return hits;
    }

    // Every word that begins as the last one does is a list that the index has to read to its end, whatever the other words are: of a frequent beginning that
    // takes longer than anything else. So a last word that many books have is taken for finished first, and one that too many words begin with is looked for
    // in the books that have the other words.
    private async Task<IEnumerable<SearchHit>> FindMoreAsync(
        DbConnection connection, IReadOnlyList<SearchTerm> terms, bool inTitle, bool mayGoOn, CancellationToken cancellationToken)
    {
        var last = terms[^1];
        List<SearchHit> hits = [];
        var isFinished = last.WholeBooks > AllRanked;
        if (isFinished)
        {
            hits = await _index.FindAsync(
                connection, [.. terms.SkipLast(1), last with { IsPrefix = false }], beginning: null, inTitle, SomeMore, cancellationToken);
        }

        if (!isFinished || (mayGoOn && hits.Count < Few))
        {
            var rarest = terms.SkipLast(1).Select(term => term.Books).DefaultIfEmpty(long.MaxValue).Min();
            var isSought = terms.Count > 1 && (last.IsEndless || last.Books > BooksPerRow * Math.Min(rarest, SearchIndex.MostRead));
            hits.AddRange(await _index.FindAsync(
                connection, isSought ? [.. terms.SkipLast(1)] : terms, isSought ? last.Words[0] : null, inTitle, SomeMore, cancellationToken));
        }

        return hits;
    }

    // The same terms with the words that may have been meant; null when there are no others.
    private async Task<IReadOnlyList<SearchTerm>?> CorrectAsync(
        DbConnection connection, IReadOnlyList<SearchTerm> terms, CancellationToken cancellationToken)
    {
        var forms = terms.SelectMany(term => TypingError.FormsOfTyped(term.Words[0])).Distinct().ToList();
        if (forms.Count == 0)
        {
            return null;
        }

        var near = await _index.FindWordsAsync(connection, forms, cancellationToken);
        return near.Count == 0 ? null : [.. terms.Select(term => Correct(term, near))];
    }

    private static SearchTerm Correct(SearchTerm term, IReadOnlyList<(string Word, long Books)> near)
    {
        var typed = term.Words[0];
        var meant = typed.Length < TypingError.ShortestWord ? [] : near
            .Where(candidate => TypingError.IsBetween(typed, candidate.Word))
            .OrderByDescending(candidate => candidate.Books).ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
            .Take(MostCorrections)
            .ToList();
        var added = meant.Sum(candidate => candidate.Books);
        return term with
        {
            Words = [typed, .. meant.Select(candidate => candidate.Word)],
            Books = term.Books + added,
            WholeBooks = term.WholeBooks + added,
        };
    }

    private static SearchPlace? Place(PageToken? token)
    {
        var parts = token?.Key.Split(' ') ?? [];
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var rank)
            && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var sold)
            ? new SearchPlace(rank, sold, token!.Id)
            : null;
    }

    private static string Token(string scope, SearchHit last) =>
        new PageToken(scope, last.BookId, string.Create(CultureInfo.InvariantCulture, $"{last.Rank} {last.Sold}")).ToString();
}
