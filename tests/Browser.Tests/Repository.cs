namespace BooksForYou.Browser.Tests;

/// <summary>Where things are in the repository.</summary>
internal static class Repository
{
    /// <summary>The directory that the repository was cloned into.</summary>
    public static readonly string Root = Find();

    /// <summary>Where screenshots are kept; made when it is first asked for.</summary>
    public static string Screenshots => Directory.CreateDirectory(Path.Combine(Root, "artifacts", "screenshots")).FullName;

    /// <summary>The accessibility rules that Chromium is asked to check; null when `npm install --no-save` has not been run.</summary>
    public static string? AxeScript => Path.Combine(Root, "node_modules", "axe-core", "axe.min.js") is var path && File.Exists(path) ? path : null;

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "global.json")))
            {
                return directory.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
