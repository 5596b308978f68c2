using System.Data.Common;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>
/// Inserts many rows with one short statement that is the same for any number of them: on PostgreSQL from an array a column, on SQLite
/// from a JSON array a row.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="columns">Its columns, with their types.</param>
/// <param name="onConflict">What to do with a row that is there already, or nothing.</param>
internal sealed class RowInsert(string table, IReadOnlyList<(string Name, NpgsqlDbType Type)> columns, string onConflict = "")
{
    private readonly string _postgres =
        $"""
        INSERT INTO {table} ({Names(columns)})
        SELECT * FROM unnest({string.Join(", ", Enumerable.Range(1, columns.Count).Select(number => $"${number}"))})
        {onConflict}
        """;

    // Without WHERE, SQLite would take ON CONFLICT for the condition of a join.
    private readonly string _sqlite =
        $"""
        INSERT INTO {table} ({Names(columns)})
        SELECT {string.Join(", ", Enumerable.Range(0, columns.Count).Select(index => $"json_extract(value, '$[{index}]')"))}
        FROM json_each(@rows)
        WHERE true
        {onConflict}
        """;

    /// <summary>Inserts rows.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="rows">The values of each row: text, numbers, truth values and nulls.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ExecuteAsync(DbConnection connection, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        if (connection is NpgsqlConnection)
        {
            command.CommandText = _postgres;
            foreach (var (index, (_, type)) in columns.Index())
            {
                command.Parameters.Add(new NpgsqlParameter
                {
                    NpgsqlDbType = NpgsqlDbType.Array | type,
                    Value = Column(rows, index, type),
                });
            }
        }
        else
        {
            command.CommandText = _sqlite;
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("rows", JsonSerializer.Serialize(rows));
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Names(IEnumerable<(string Name, NpgsqlDbType Type)> columns) =>
        string.Join(", ", columns.Select(column => column.Name));

    private static Array Column(IReadOnlyList<object?[]> rows, int index, NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Text => Values<string?>(rows, index),
        NpgsqlDbType.Boolean => Values<bool>(rows, index),
        NpgsqlDbType.Bigint => Values<long>(rows, index),
        _ => Values<int?>(rows, index),
    };

    private static T[] Values<T>(IReadOnlyList<object?[]> rows, int index) => [.. rows.Select(row => (T)row[index]!)];
}
