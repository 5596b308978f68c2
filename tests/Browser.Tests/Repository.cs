namespace BooksForYou.Tests;

/// <content>What the browser needs of the repository.</content>
internal static partial class Repository
{
    /// <summary>Where screenshots are kept; made when it is first asked for.</summary>
    public static string Screenshots => Directory.CreateDirectory(Path.Combine(Root, "artifacts", "screenshots")).FullName;

    /// <summary>The accessibility rules that Chromium is asked to check; null when `npm install --no-save` has not been run.</summary>
    public static string? AxeScript => Path.Combine(Root, "node_modules", "axe-core", "axe.min.js") is var path && File.Exists(path) ? path : null;
}
