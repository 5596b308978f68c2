using System.Text.Json.Serialization;

namespace BooksForYou.TestGateway;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AuthorizeRequest))]
[JsonSerializable(typeof(Payment))]
[JsonSerializable(typeof(PaymentPage))]
[JsonSerializable(typeof(GatewayError))]
internal sealed partial class GatewayJson : JsonSerializerContext;
