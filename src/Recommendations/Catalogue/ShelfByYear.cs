namespace BooksForYou.Recommendations.Catalogue;

/// <summary>The books of a category by year: which years are nearest to another is found without a look at all books.</summary>
internal sealed class ShelfByYear
{
    private readonly Book[] _all;
    private readonly int[] _years;
    private readonly Book[][] _ofYear;
    private readonly Book[] _undated;

    /// <summary>Sorts books that come in <see cref="TitleOrder"/>.</summary>
    public ShelfByYear(Book[] books)
    {
        var years = books.Where(book => book.Year is not null).GroupBy(book => book.Year!.Value).OrderBy(year => year.Key).ToList();
        _all = books;
        _years = [.. years.Select(year => year.Key)];
        _ofYear = [.. years.Select(year => year.ToArray())];
        _undated = [.. books.Where(book => book.Year is null)];
    }

    /// <summary>The books, those of the nearest years first and those without a year last; by title where they are as near.</summary>
    public IEnumerable<Book> NearestTo(int? year)
    {
        if (year is not { } middle)
        {
            return _all;
        }

        return Dated(middle).Concat(_undated);
    }

    private IEnumerable<Book> Dated(int middle)
    {
        var found = Array.BinarySearch(_years, middle);
        var later = found < 0 ? ~found : found;
        var earlier = later - 1;
        while (earlier >= 0 || later < _years.Length)
        {
            var before = earlier >= 0 ? (long)middle - _years[earlier] : long.MaxValue;
            var after = later < _years.Length ? (long)_years[later] - middle : long.MaxValue;
            IEnumerable<Book> next = before < after ? _ofYear[earlier]
                : after < before ? _ofYear[later]
                : _ofYear[earlier].Concat(_ofYear[later]).Order(TitleOrder.Instance);
            earlier -= before <= after ? 1 : 0;
            later += after <= before ? 1 : 0;
            foreach (var book in next)
            {
                yield return book;
            }
        }
    }
}
