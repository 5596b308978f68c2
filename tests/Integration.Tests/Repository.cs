using System.Reflection;

namespace BooksForYou.Integration.Tests;

/// <summary>Where things are in the clone that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Configuration { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Configuration").Value!;

    /// <summary>The built program of a project under src/.</summary>
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
