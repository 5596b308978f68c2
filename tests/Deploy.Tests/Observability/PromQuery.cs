using System.Text.RegularExpressions;

namespace BooksForYou.Deploy.Tests.Observability;

/// <summary>A question to Prometheus: which metrics it asks for, and which values of their labels.</summary>
internal sealed partial record PromQuery(string Text)
{
    // Made by Prometheus itself, of every target and every alert.
    private static readonly HashSet<string> OfPrometheus = ["up", "ALERTS"];
    private static readonly HashSet<string> Keywords = ["and", "or", "unless", "bool", "by", "without", "offset", "on", "ignoring"];

    /// <summary>The names of the metrics.</summary>
    public IEnumerable<string> Metrics => Name().Matches(Number().Replace(Grouping().Replace(Range().Replace(Selector().Replace(Text, ""), ""), ""), ""))
        .Select(match => match.Value)
        .Where(name => !Keywords.Contains(name) && !OfPrometheus.Contains(name))
        .Distinct();

    /// <summary>Labels that must have one very value, as <c>rpc_method="…"</c>. <c>job</c> is Prometheus's own.</summary>
    public IEnumerable<string> Labels => Selector().Matches(Text)
        .SelectMany(selector => Equality().Matches(selector.Value))
        .Select(match => match.Value)
        .Where(label => !label.StartsWith("job=", StringComparison.Ordinal) && !label.StartsWith("alertstate=", StringComparison.Ordinal))
        .Distinct();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"\[[^]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(by|without|on|ignoring)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b\d[\w.]*")]
    private static partial Regex Number();

    // What a bracket follows is a function.
    [GeneratedRegex(@"\b[a-zA-Z_:][\w:]*\b(?!\s*\()")]
    private static partial Regex Name();

    [GeneratedRegex("\\b\\w+=\"[^\"]+\"")]
    private static partial Regex Equality();
}
