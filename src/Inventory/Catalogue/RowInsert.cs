using System.Data.Common;
using System.Text;
using Npgsql;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>
/// Inserts many rows quickly: on PostgreSQL many with one statement, on SQLite one after the other with a statement that is prepared once.
/// </summary>
internal static class RowInsert
{
    private const int MostParameters = 10_000;

    /// <summary>Inserts rows.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="into">The beginning of the statement: INSERT INTO table (columns).</param>
    /// <param name="tail">Its end, after the values: what to do on conflict, or nothing.</param>
    /// <param name="rows">The values of each row: text, numbers, truth values and nulls.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task ExecuteAsync(
        DbConnection connection, string into, string tail, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var atOnce = connection is NpgsqlConnection ? Math.Min(rows.Count, MostParameters / rows[0].Length) : 1;
        foreach (var chunk in rows.Chunk(atOnce).GroupBy(chunk => chunk.Length))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Sql(into, tail, chunk.Key, rows[0].Length);
            command.CommandTimeout = 0;
            for (var i = 0; i < chunk.Key * rows[0].Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"p{i}";
                command.Parameters.Add(parameter);
            }

            foreach (var values in chunk.Select(group => group.SelectMany(row => row)))
            {
                var next = 0;
                foreach (var value in values)
                {
                    command.Parameters[next++].Value = value ?? DBNull.Value;
                }

                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private static string Sql(string into, string tail, int rows, int columns)
    {
        var sql = new StringBuilder(into).Append(" VALUES ");
        for (var i = 0; i < rows * columns; i++)
        {
            sql.Append(i % columns == 0 ? (i == 0 ? "(" : "), (") : ", ").Append("@p").Append(i);
        }

        return sql.Append(") ").Append(tail).ToString();
    }
}
