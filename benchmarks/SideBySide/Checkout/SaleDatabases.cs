using Npgsql;

namespace BooksForYou.SideBySide.Checkout;

/// <summary>The connection strings of the three databases of a sale.</summary>
internal sealed record SaleDatabases(string Cart, string Inventory, string Transactions)
{
    public static async Task<SaleDatabases> CreateAsync(string server, CancellationToken cancellation) => new(
        await CreateAsync(server, "cart", template: null, cancellation),
        await CreateAsync(server, "inventory", template: null, cancellation),
        await CreateAsync(server, "transactions", template: null, cancellation));

    /// <summary>Copies them with all that is in them. Nobody may be connected.</summary>
    public async Task<SaleDatabases> CopyAsync(string server, CancellationToken cancellation) => new(
        await CreateAsync(server, "direct_cart", NameOf(Cart), cancellation),
        await CreateAsync(server, "direct_inventory", NameOf(Inventory), cancellation),
        await CreateAsync(server, "direct_transactions", NameOf(Transactions), cancellation));

    /// <summary>All of them with their names on the server.</summary>
    public IEnumerable<(string Name, string ConnectionString)> All() =>
        [(NameOf(Cart), Cart), (NameOf(Inventory), Inventory), (NameOf(Transactions), Transactions)];

    private static string NameOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database!;

    private static async Task<string> CreateAsync(string server, string name, string? template, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand($"CREATE DATABASE {name}{(template is null ? "" : $" TEMPLATE {template}")}");
        await command.ExecuteNonQueryAsync(cancellation);
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }
}
