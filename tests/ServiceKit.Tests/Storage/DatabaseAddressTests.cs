using BooksForYou.ServiceKit.Storage;
using Npgsql;

namespace BooksForYou.ServiceKit.Tests.Storage;

public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("data/books.db")]
    [InlineData("sqlite:data/books.db")]
    [InlineData("Data Source=data/books.db")]
    [InlineData("DataSource=data/books.db;Cache=Private")]
    [InlineData("Filename=data/books.db")]
    public void Parse_sqlite_form_gives_absolute_file(string value)
    {
        var address = DatabaseAddress.Parse(value);

        Assert.Equal(DatabaseDialect.Sqlite, address.Dialect);
        Assert.Equal($"SQLite {Path.GetFullPath("data/books.db")}", address.ToString());
    }

    [Theory]
    [InlineData("sqlite:/var/lib/books.db")]
    [InlineData("sqlite:///var/lib/books.db")]
    public void Parse_absolute_sqlite_url_keeps_path(string value) =>
        Assert.Equal("SQLite /var/lib/books.db", DatabaseAddress.Parse(value).ToString());

    [Theory]
    [InlineData("Host=db.example;Database=books;Username=shop;Password=secret", "PostgreSQL db.example:5432/books")]
    [InlineData("Server=db.example;Port=5433;Database=books", "PostgreSQL db.example:5433/books")]
    [InlineData("postgres://shop:secret@db.example/books", "PostgreSQL db.example:5432/books")]
    [InlineData("POSTGRESQL://shop:secret@db.example:5433/books", "PostgreSQL db.example:5433/books")]
    [InlineData("postgres://shop@[::1]:5433/books", "PostgreSQL ::1:5433/books")]
    [InlineData(
        "postgres://a.example:5432,b.example:5433/books?target_session_attrs=primary",
        "PostgreSQL a.example:5432,b.example:5433/books")]
    [InlineData("postgres:///books?host=/run/postgresql&user=shop", "PostgreSQL /run/postgresql:5432/books")]
    public void Parse_postgres_form_names_server_and_database(string value, string expected)
    {
        var address = DatabaseAddress.Parse(value);

        Assert.Equal(DatabaseDialect.PostgreSql, address.Dialect);
        Assert.Equal(expected, address.ToString());
    }

    [Fact]
    public void Parse_postgres_url_decodes_every_part()
    {
        var address = DatabaseAddress.Parse(
            "postgres://sh%40p:p%3Ass%2Fw%40rd@db.example:5433/b%20ks?sslmode=verify-full&application_name=a%26b&connect_timeout=3");

        var builder = new NpgsqlConnectionStringBuilder(address.ConnectionString);
        Assert.Equal("sh@p", builder.Username);
        Assert.Equal("p:ss/w@rd", builder.Password);
        Assert.Equal("db.example", builder.Host);
        Assert.Equal(5433, builder.Port);
        Assert.Equal("b ks", builder.Database);
        Assert.Equal(SslMode.VerifyFull, builder.SslMode);
        Assert.Equal("a&b", builder.ApplicationName);
        Assert.Equal(3, builder.Timeout);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("mysql://shop:hunter2@db/books")]
    [InlineData("sqlite://host/books.db")]
    [InlineData(":memory:")]
    [InlineData("Data Source=books;Mode=Memory;Password=hunter2")]
    [InlineData("Data Source=")]
    [InlineData("Host=;Password=hunter2")]
    [InlineData("Username=shop;Password=hunter2")]
    [InlineData("Host=db;Password=hun;hunter2=x")]
    [InlineData("Host=db;Password=\"hunter2")]
    [InlineData("Host=db;Port=hunter2")]
    [InlineData("Data Source=x.db;Mode=hunter2")]
    [InlineData("postgres://shop:hunter2@/books")]
    [InlineData("postgres://shop:hunter2@db:0/books")]
    [InlineData("postgres://shop:1/hunter2@db/books")]
    [InlineData("postgres://shop:a/hunter2@db/books")]
    [InlineData("postgres://shop:1?hunter2@db/books")]
    [InlineData("postgres://shop:1?hunter2=2@db/books")]
    [InlineData("postgres://shop:1/hun#hunter2@db/books")]
    [InlineData("postgres://shop:hunter2@db/books?sslmode=hunter2")]
    [InlineData("postgres://shop:hunter2@db/books?sslmode")]
    [InlineData("postgres://shop:hunter2@d b/books")]
    public void Parse_bad_value_says_what_is_accepted_and_no_secret(string? value)
    {
        var exception = Assert.Throws<FormatException>(() => DatabaseAddress.Parse(value));

        Assert.Contains(DatabaseAddress.Accepted, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Database=books;Username=shop;Password=hunter2")]
    [InlineData("postgres://shop:hunter2@db/books")]
    [InlineData("postgres://shop:x@hunter2@db/books")]
    [InlineData("postgres://shop:1#hunter2@db/books")]
    public void ToString_address_with_password_leaves_it_out(string value) =>
        Assert.DoesNotContain("hunter2", DatabaseAddress.Parse(value).ToString(), StringComparison.Ordinal);
}
