using System.Text.RegularExpressions;

namespace BooksForYou.GrpcApi.Tests.PublicApi;

/// <summary>Compares two lists of API lines and names every difference.</summary>
internal static partial class ApiDifferences
{
    public static IReadOnlyList<string> Find(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var expectedLines = expected.ToHashSet();
        var actualLines = actual.ToHashSet();
        var missing = expectedLines.Except(actualLines).ToLookup(Name);
        var extra = actualLines.Except(expectedLines).ToLookup(Name);

        var differences = new List<string>();
        foreach (var name in missing.Select(group => group.Key).Union(extra.Select(group => group.Key)).Order())
        {
            // A name on both sides is a member that changed; overloads are paired in order.
            var pairs = Math.Min(missing[name].Count(), extra[name].Count());
            differences.AddRange(missing[name].Zip(extra[name], (before, after) => $"changed: {before}\n     to: {after}"));
            differences.AddRange(missing[name].Skip(pairs).Select(line => $"missing: {line}"));
            differences.AddRange(extra[name].Skip(pairs).Select(line => $"extra:   {line}"));
        }

        return differences;
    }

    /// <summary>The dotted name of what a line declares, without type parameters, such as <c>Grpc.Core.Metadata.Add</c>.</summary>
    public static string Name(string line) => TypeParameters().Replace(DeclaredName().Match(line).Value, "");

    // The declared name is the first thing with a namespace: names that are referred to stand without one.
    [GeneratedRegex(@"Grpc\.(Core|Net)\.[\w.]+(<[\w, ]+>)?[\w.]*")]
    private static partial Regex DeclaredName();

    [GeneratedRegex("<.*>")]
    private static partial Regex TypeParameters();
}
