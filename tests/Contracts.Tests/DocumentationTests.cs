using System.Text.RegularExpressions;

namespace BooksForYou.Contracts.Tests;

/// <summary>What the pages under <c>docs/</c> point at and list is there.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Pages_every_relative_link_leads_somewhere()
    {
        string[] pages = [Path.Combine(Root, "README.md"), .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)];

        var broken = pages.SelectMany(page => Link().Matches(WithoutCode(File.ReadAllText(page)))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(target => !Leads(page, target))
            .Select(target => $"{Path.GetRelativePath(Root, page)}: {target}"));

        Assert.Empty(broken);
    }

    [Fact]
    public void Architecture_lists_every_table_under_the_service_that_owns_it()
    {
        var rows = File.ReadAllLines(Path.Combine(Root, "docs", "architecture.md")).Where(line => line.StartsWith('|')).ToList();

        var missing = Directory.GetDirectories(Path.Combine(Root, "src"))
            .Where(service => Directory.Exists(Path.Combine(service, "Schema")))
            .SelectMany(service => Tables(Path.Combine(service, "Schema")).Select(table => (Service: Path.GetFileName(service), Table: table)))
            .Where(owned => !rows.Any(row => row.StartsWith($"| {owned.Service} | `{owned.Table}`", StringComparison.Ordinal)))
            .ToList();

        Assert.Empty(missing);
    }

    private static bool Leads(string page, string target)
    {
        var (file, anchor) = target.Split('#', 2) is [var path, var name] ? (path, name) : (target, "");
        var full = file.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, file));
        return Directory.Exists(full) || (File.Exists(full) && (anchor.Length == 0 || Anchors(full).Contains(anchor)));
    }

    // As GitHub makes them: lower case, hyphens for spaces, no punctuation.
    private static IEnumerable<string> Anchors(string page) => File.ReadLines(page)
        .Where(line => line.StartsWith('#'))
        .Select(line => string.Concat(line.TrimStart('#').Trim().ToLowerInvariant()
            .Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')).Replace(' ', '-'));

    private static IEnumerable<string> Tables(string schema)
    {
        // In the order of their numbers: a later migration may drop what an earlier one made.
        var sql = string.Concat(Directory.GetFiles(schema, "*.sql").Order(StringComparer.Ordinal).Select(File.ReadAllText));
        var dropped = Dropped().Matches(sql).Select(match => match.Groups[1].Value);
        return Created().Matches(sql).Select(match => match.Groups[1].Value).Distinct().Except(dropped);
    }

    private static string WithoutCode(string text) => CodeBlock().Replace(text, "");

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "BooksForYou.slnx")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException($"No clone around {AppContext.BaseDirectory}.");
        }

        return directory;
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)")]
    private static partial Regex Created();

    [GeneratedRegex(@"DROP TABLE (\w+)")]
    private static partial Regex Dropped();
}
