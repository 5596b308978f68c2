using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BooksForYou.SideBySide.Checkout;

/// <summary>A statement as PostgreSQL's log shows it.</summary>
/// <param name="Database">The database that it was sent to.</param>
/// <param name="Transaction">The server's number of the transaction that it is a part of.</param>
/// <param name="Sql">Its text, with $1, $2, … for the parameters.</param>
/// <param name="Parameters">The values of the parameters as text.</param>
internal sealed partial record LoggedStatement(string Database, string Transaction, string Sql, IReadOnlyList<string?> Parameters)
{
    /// <summary>What the server's log_line_prefix must be.</summary>
    public const string LinePrefix = "@@%d|%p %v|";

    private const string Mark = "@@";

    /// <summary>Whether it writes rows.</summary>
    public bool IsWrite => Writing().IsMatch(Sql);

    /// <summary>Reads a log that was written with <see cref="LinePrefix"/> and log_statement = all.</summary>
    public static List<LoggedStatement> Read(string log)
    {
        var statements = new List<LoggedStatement>();
        foreach (var entry in log.Split($"\n{Mark}").Select(entry => entry.TrimStart('@').Split('|', 3)).Where(entry => entry.Length == 3))
        {
            var text = entry[2].Replace("\n\t", "\n", StringComparison.Ordinal).TrimEnd();
            if (Statement().Match(text) is { Success: true } statement)
            {
                statements.Add(new LoggedStatement(entry[0], entry[1], statement.Groups["sql"].Value, []));
            }
            else if (text.StartsWith("DETAIL:  ", StringComparison.Ordinal) && statements.Count > 0 && statements[^1].Transaction == entry[1])
            {
                statements[^1] = statements[^1] with { Parameters = ReadParameters(text) };
            }
        }

        return statements;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(Sql);
        foreach (var (i, value) in Parameters.Index())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    ${i + 1} = {value ?? "NULL"}");
        }

        return text.ToString();
    }

    private static List<string?> ReadParameters(string detail) => [.. Parameter().Matches(detail).Select(match =>
        match.Groups["text"].Success ? match.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal) : null)];

    [GeneratedRegex(@"^LOG:  (statement|execute [^:]*): (?<sql>.*)$", RegexOptions.Singleline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\$\d+ = (NULL|'(?<text>([^']|'')*)')")]
    private static partial Regex Parameter();

    // A WITH may write in any of its parts.
    [GeneratedRegex(@"^\s*(INSERT|UPDATE|DELETE|WITH\b.*\b(INSERT INTO|UPDATE \w+( \w+)?\s+SET|DELETE FROM))\b", RegexOptions.Singleline)]
    private static partial Regex Writing();
}
