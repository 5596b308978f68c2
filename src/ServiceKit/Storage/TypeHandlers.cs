using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace BooksForYou.ServiceKit.Storage;

/// <summary>
/// Makes both engines give back what was put in. SQLite has no type for times and ids: they are text there, written so that text order
/// is time
/// order. Columns are declared <c>timestamptz</c> and <c>uuid</c> on both.
/// </summary>
internal static class TypeHandlers
{
    public static void Register()
    {
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.RemoveTypeMap(typeof(Guid));
        SqlMapper.RemoveTypeMap(typeof(Guid?));
        SqlMapper.AddTypeHandler(new UtcTime());
        SqlMapper.AddTypeHandler(new Id());
    }

    private sealed class UtcTime : SqlMapper.TypeHandler<DateTimeOffset>
    {
        // PostgreSQL keeps microseconds.
        private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            var utc = value.UtcDateTime;
            utc = utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
            parameter.Value = parameter is SqliteParameter ? utc.ToString(Format, CultureInfo.InvariantCulture) : utc;
        }

        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTime { Kind: DateTimeKind.Utc } time => new DateTimeOffset(time),
            string text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            _ => throw new DataException($"The column holds {value.GetType().Name}, which is no time in UTC: declare it timestamptz."),
        };
    }

    private sealed class Id : SqlMapper.TypeHandler<Guid>
    {
        public override void SetValue(IDbDataParameter parameter, Guid value) =>
            parameter.Value = parameter is SqliteParameter ? value.ToString("D") : value;

        public override Guid Parse(object value) => value switch
        {
            Guid id => id,
            string text => Guid.ParseExact(text, "D"),
            _ => throw new DataException($"The column holds {value.GetType().Name}, which is no id: declare it uuid."),
        };
    }
}
