namespace BooksForYou.Inventory.Import;

/// <summary>What has become of the rows so far.</summary>
/// <param name="Added">Books that are new.</param>
/// <param name="Updated">Books that were there and are different now.</param>
/// <param name="Unchanged">Books that were there as they are.</param>
/// <param name="Rejected">Rows that cannot be imported.</param>
internal sealed record ImportCount(int Added, int Updated, int Unchanged, int Rejected)
{
    public int Rows => Added + Updated + Unchanged + Rejected;
}
