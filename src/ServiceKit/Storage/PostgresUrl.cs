using System.Globalization;
using Npgsql;

namespace BooksForYou.ServiceKit.Storage;

/// <summary>
/// PostgreSQL's connection URLs (PostgreSQL documentation, section 34.1.1.2), which Npgsql does not read:
/// <c>postgresql://[user[:password]@][host][:port][,…][/database][?parameter=value&amp;…]</c>.
/// </summary>
/// <remarks>
/// A password whose reserved characters are not percent-encoded shifts everything behind it. So that no part of it ends up as a host or a
/// database name in a log, whatever looks like that is refused.
/// </remarks>
internal static class PostgresUrl
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    public static bool IsUrl(string value) => Array.Exists(Schemes, scheme => value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    public static NpgsqlConnectionStringBuilder Parse(string url)
    {
        var (rest, query) = Split(url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..], '?');
        var (authority, database) = Split(rest, '/');
        var signInEnd = authority.LastIndexOf('@');
        var builder = new NpgsqlConnectionStringBuilder();

        if (signInEnd >= 0)
        {
            var (user, password) = Split(authority[..signInEnd], ':');
            builder.Username = Decode(user);
            builder.Password = Decode(password);
        }

        SetHosts(builder, authority[(signInEnd + 1)..]);
        SetDatabase(builder, database);
        SetParameters(builder, query);
        return builder;
    }

    private static void SetHosts(NpgsqlConnectionStringBuilder builder, string? hosts)
    {
        if (string.IsNullOrEmpty(hosts))
        {
            return;
        }

        var parts = hosts.Split(',');
        foreach (var part in parts)
        {
            var (host, port) = SplitPort(part);
            if (Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown && !Decode(host)!.StartsWith('/'))
            {
                throw DatabaseAddress.Invalid("the host is not a host name");
            }

            if (parts.Length == 1)
            {
                builder.Host = Decode(host)!.Trim('[', ']');
                builder.Port = port ?? builder.Port;
            }
        }

        if (parts.Length > 1)
        {
            builder.Host = hosts;
        }
    }

    private static (string Host, int? Port) SplitPort(string part)
    {
        var colon = part.LastIndexOf(':');
        if (colon < 0 || part.EndsWith(']'))
        {
            return (part, null);
        }

        return int.TryParse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and < 65536
            ? (part[..colon], port)
            : throw DatabaseAddress.Invalid("the port is not a number from 1 to 65535 (percent-encode the password's : / ? # @)");
    }

    private static void SetDatabase(NpgsqlConnectionStringBuilder builder, string? database)
    {
        if (string.IsNullOrEmpty(database))
        {
            return;
        }

        if (database.AsSpan().ContainsAny("@/:#"))
        {
            throw DatabaseAddress.Invalid("the database's name has a character that must be percent-encoded (or the password has)");
        }

        builder.Database = Decode(database);
    }

    private static void SetParameters(NpgsqlConnectionStringBuilder builder, string? query)
    {
        foreach (var parameter in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(parameter, '=');
            try
            {
                value = Decode(value) ?? throw new FormatException();
                builder[Keyword(Decode(name)!)] = name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
            {
                throw DatabaseAddress.Invalid("it has a parameter or a value that the driver does not know");
            }
        }
    }

    private static string Keyword(string parameter) => parameter switch
    {
        "user" => "Username",
        "dbname" => "Database",
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "sslpassword" => "SSL Password",
        "connect_timeout" => "Timeout",
        "application_name" => "Application Name",
        "target_session_attrs" => "Target Session Attributes",
        "client_encoding" => "Client Encoding",
        _ => parameter,
    };

    private static (string Before, string? After) Split(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    private static string? Decode(string? text) => text is null ? null : Uri.UnescapeDataString(text);
}
