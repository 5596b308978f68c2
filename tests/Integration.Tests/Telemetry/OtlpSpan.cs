namespace BooksForYou.Integration.Tests.Telemetry;

/// <summary>A span that was exported.</summary>
/// <param name="Service">Whose it is.</param>
/// <param name="Scope">Where it comes from.</param>
/// <param name="Name">Its name.</param>
/// <param name="TraceId">Its trace.</param>
/// <param name="Attributes">What it says.</param>
internal sealed record OtlpSpan(string Service, string Scope, string Name, string TraceId, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Reads all spans that a collector was sent.</summary>
    public static IReadOnlyList<OtlpSpan> Read(OtlpCollector collector) =>
    [
        .. from export in collector.Items
           where export.Path.Contains("trace", StringComparison.Ordinal)
           from resource in OtlpMessage.Of(export.Body).All(1)
           let service = resource.All(1).Single().Attributes(1)["service.name"]
           from scope in resource.All(2)
           from span in scope.All(2)
           select new OtlpSpan(service, scope.All(1).Single().Text(1), span.Text(5), span.Hex(1), span.Attributes(9)),
    ];
}
