using System.Text.RegularExpressions;

namespace BooksForYou.Deploy.Tests;

/// <summary>What docs/architecture.md says of the services: who calls whom, and who has a database.</summary>
internal sealed partial class ServicesTable
{
    private readonly List<Row> _rows;
    private readonly HashSet<string> _withDatabase;

    private ServicesTable(List<Row> rows, HashSet<string> withDatabase) => (_rows, _withDatabase) = (rows, withDatabase);

    /// <summary>The names of the services that speak gRPC, in lower case as everywhere in Kubernetes.</summary>
    public IEnumerable<string> Grpc => _rows.Where(row => row.Speaks == "gRPC").Select(row => row.Name);

    public IEnumerable<string> WithDatabase => _withDatabase;

    public IEnumerable<string> WithMail => _rows.Where(row => row.MayCall.Contains("smtp")).Select(row => row.Name);

    public IEnumerable<string> WithPayments => _rows.Where(row => row.MayCall.Contains("the payment gateway")).Select(row => row.Name);

    public static ServicesTable Read()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        List<Row> rows = [.. ServiceRow().Matches(text).Select(match => new Row(
            match.Groups["name"].Value.ToLowerInvariant(),
            [.. Parenthesis().Replace(match.Groups["calls"].Value, "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries)],
            match.Groups["speaks"].Value))];
        return new ServicesTable(rows, [.. TableRow().Matches(text).Select(match => match.Groups[1].Value.ToLowerInvariant())]);
    }

    /// <summary>
    /// Whom a service calls by gRPC. All that are called by name themselves ask Accounts for the keys of tokens, as the page says below the table.
    /// </summary>
    public IEnumerable<string> CalledBy(string caller)
    {
        var index = _rows.FindIndex(row => row.Name == caller);
        var grpc = Grpc.ToList();
        var mayCall = _rows[index].MayCall.Contains("all of the below") ? _rows[(index + 1)..].Select(row => row.Name) : _rows[index].MayCall;
        return mayCall.Where(grpc.Contains).Append("accounts").Where(name => name != caller).Distinct();
    }

    // | **[Cart](basket.md)** | the basket, … | Inventory, Accounts (campaign mails) | gRPC |
    [GeneratedRegex(@"^\| \*\*\[(?<name>\w+)\]\([^)]*\)\*\* \|[^|]*\| (?<calls>[^|]*) \| (?<speaks>\w+) \|$", RegexOptions.Multiline)]
    private static partial Regex ServiceRow();

    // | Cart | `basket` | what … |
    [GeneratedRegex(@"^\| (\w+) \| `\w+` \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parenthesis();

    private sealed record Row(string Name, List<string> MayCall, string Speaks);
}
