namespace BooksForYou.Cart.Tests;

/// <summary>Where the files of the repository are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "BooksForYou.slnx")) ? directory : Find(Path.GetDirectoryName(directory)!);
}
