using BooksForYou.Inventory.Catalogue;

namespace BooksForYou.Inventory.Import;

/// <summary>A book of the catalogue that a row of a file may be about.</summary>
internal sealed class ExistingBook : BookRow
{
    public string? Source { get; init; }

    public string TitleKey { get; init; } = "";

    public string AuthorKey { get; init; } = "";
}
