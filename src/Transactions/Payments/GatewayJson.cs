using System.Text.Json.Serialization;

namespace BooksForYou.Transactions.Payments;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuthorizeBody))]
[JsonSerializable(typeof(GatewayPayment))]
internal sealed partial class GatewayJson : JsonSerializerContext;
