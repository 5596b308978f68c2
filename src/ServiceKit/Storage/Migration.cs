using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace BooksForYou.ServiceKit.Storage;

/// <summary>
/// One numbered step of a schema, read from <c>Schema/001_name.sql</c>, or from its pair <c>.postgres.sql</c> and <c>.sqlite.sql</c>.
/// </summary>
internal sealed partial record Migration(int Number, string Name, string Sql, string Checksum)
{
    /// <summary>Reads the steps that an assembly embeds, for one dialect, in order.</summary>
    /// <exception cref="SchemaException">The files do not make a sequence 1, 2, 3, … for the dialect.</exception>
    public static IReadOnlyList<Migration> Load(Assembly assembly, DatabaseDialect dialect)
    {
        var suffix = dialect == DatabaseDialect.Sqlite ? "sqlite" : "postgres";
        var migrations = new SortedDictionary<int, Migration>();
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var match = ResourceName().Match(resource);
            if (!match.Success || (match.Groups["dialect"].Success && match.Groups["dialect"].Value != suffix))
            {
                continue;
            }

            var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            var migration = Create(number, match.Groups["name"].Value, Read(assembly, resource));
            if (!migrations.TryAdd(number, migration))
            {
                throw new SchemaException($"{assembly.GetName().Name} has two migrations {migration} for {suffix}.");
            }
        }

        var missing = Enumerable.Range(1, migrations.Count).FirstOrDefault(number => !migrations.ContainsKey(number));
        return missing == 0
            ? [.. migrations.Values]
            : throw new SchemaException($"{assembly.GetName().Name} has no migration {missing:000} for {suffix}, but later ones.");
    }

    public static Migration Create(int number, string name, string sql)
    {
        // A checkout with Windows line ends must not look like a change.
        var normalized = sql.ReplaceLineEndings("\n").Trim();
        return new Migration(number, name, normalized, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalized))));
    }

    public override string ToString() => $"{Number:000}_{Name}";

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(
        @"(^|\.)Schema\.(?<number>\d{3})_(?<name>[A-Za-z0-9_-]+)(\.(?<dialect>postgres|sqlite))?\.sql$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ResourceName();
}
