namespace BooksForYou.Tests;

/// <summary>Where things are in the clone that the tests run in.</summary>
internal static partial class Repository
{
    /// <summary>The directory that the repository was cloned into.</summary>
    public static string Root { get; } = FindRoot();

    // Tests are built into bin/CONFIGURATION/net10.0.
    private static string Configuration { get; } =
        Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

    /// <summary>The program of a project under src/, as it was built with the tests.</summary>
    public static string ProgramOf(string project) =>
        Path.Combine(Root, "src", project, "bin", Configuration, "net10.0", $"BooksForYou.{project}.dll");

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "BooksForYou.slnx")))
        {
            directory = Path.GetDirectoryName(directory)
                ?? throw new InvalidOperationException($"No BooksForYou.slnx above {AppContext.BaseDirectory}.");
        }

        return directory;
    }
}
