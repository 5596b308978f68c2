using System.Text;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>
/// How OpenTelemetry's names become Prometheus' (<see
/// href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/"/>):
/// <c>rpc.server.call.duration</c> in <c>s</c> becomes <c>rpc_server_call_duration_seconds</c>.
/// </summary>
internal static class PrometheusName
{
    private static readonly Dictionary<string, string> Units = new()
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["min"] = "minutes",
        ["h"] = "hours",
        ["d"] = "days",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["Cel"] = "celsius",
        ["%"] = "percent",
    };

    public static string OfFamily(string name, string? unit, string type)
    {
        var family = Sanitize(name, allowColon: true);
        var suffix = UnitSuffix(unit, type);
        if (suffix.Length > 0 && !family.EndsWith("_" + suffix, StringComparison.Ordinal))
        {
            family += "_" + suffix;
        }

        return type switch
        {
            "counter" => family.EndsWith("_total", StringComparison.Ordinal) ? family : family + "_total",
            // "_count" belongs to histograms; a gauge is named for what it counts.
            "gauge" when family.EndsWith("_count", StringComparison.Ordinal) => Plural(family[..^"_count".Length]),
            _ => family,
        };
    }

    public static string OfLabel(string name) => Sanitize(name, allowColon: false);

    private static string UnitSuffix(string? unit, string type)
    {
        if (string.IsNullOrEmpty(unit) || unit[0] == '{')
        {
            return "";
        }

        if (unit == "1")
        {
            return type == "gauge" ? "ratio" : "";
        }

        return Units.TryGetValue(unit, out var known) ? known : Sanitize(unit, allowColon: false).Trim('_');
    }

    private static string Plural(string noun) => noun.EndsWith('y') ? noun[..^1] + "ies" : noun + "s";

    private static string Sanitize(string name, bool allowColon)
    {
        var sanitized = new StringBuilder(name.Length + 1);
        foreach (var character in name)
        {
            var valid = char.IsAsciiLetterOrDigit(character) || (allowColon && character == ':');
            if (!valid && sanitized is [.., '_'])
            {
                continue;
            }

            sanitized.Append(valid ? character : '_');
        }

        if (sanitized.Length == 0 || char.IsAsciiDigit(sanitized[0]))
        {
            sanitized.Insert(0, '_');
        }

        return sanitized.ToString();
    }
}
