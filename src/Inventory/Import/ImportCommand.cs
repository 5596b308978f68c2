namespace BooksForYou.Inventory.Import;

/// <summary>x.</summary>
public static class ImportCommand
{
    /// <summary>x.</summary>
    /// <param name="args">x.</param>
    /// <returns>x.</returns>
    public static bool IsAskedFor(string[] args) => false;

    /// <summary>x.</summary>
    /// <param name="args">x.</param>
    /// <returns>x.</returns>
    public static Task<int> RunAsync(string[] args) => Task.FromResult(0);
}
