using Google.Protobuf;

namespace BooksForYou.Integration.Tests.Telemetry;

/// <summary>A message of the OpenTelemetry protocol, read by the numbers of its fields (<see
/// href="https://github.com/open-telemetry/opentelemetry-proto"/>), of which the tests need a few.</summary>
internal sealed class OtlpMessage
{
    private readonly ILookup<int, ByteString> _fields;

    public OtlpMessage(ByteString bytes) => _fields = Read(bytes).ToLookup(field => field.Number, field => field.Value);

    public static OtlpMessage Of(byte[] body) => new(ByteString.CopyFrom(body));

    /// <summary>The messages in a field.</summary>
    public IEnumerable<OtlpMessage> All(int field) => _fields[field].Select(bytes => new OtlpMessage(bytes));

    /// <summary>The messages at the end of a path of fields.</summary>
    public IEnumerable<OtlpMessage> All(int first, params int[] rest) => rest.Aggregate(All(first), (messages, field) => messages.SelectMany(message => message.All(field)));

    public bool Has(int field) => _fields.Contains(field);

    public string Text(int field) => _fields[field].LastOrDefault()?.ToStringUtf8() ?? "";

    public string Hex(int field) => Convert.ToHexStringLower((_fields[field].LastOrDefault() ?? ByteString.Empty).Span);

    /// <summary>Attributes, all as text.</summary>
    public Dictionary<string, string> Attributes(int field) =>
        All(field).ToDictionary(pair => pair.Text(1), pair => pair.All(2).FirstOrDefault()?.Text(1) ?? "", StringComparer.Ordinal);

    private static List<(int Number, ByteString Value)> Read(ByteString bytes)
    {
        var fields = new List<(int Number, ByteString Value)>();
        using var input = new CodedInputStream(bytes.ToByteArray());
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                fields.Add((WireFormat.GetTagFieldNumber(tag), input.ReadBytes()));
            }
            else
            {
                input.SkipLastField();
            }
        }

        return fields;
    }
}
