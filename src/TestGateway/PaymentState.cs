using System.Text.Json.Serialization;

namespace BooksForYou.TestGateway;

/// <summary>Where a payment stands at the gateway. The legal moves are in docs/payment-gateway.md.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PaymentState>))]
internal enum PaymentState
{
    [JsonStringEnumMemberName("authorized")]
    Authorized,

    [JsonStringEnumMemberName("declined")]
    Declined,

    [JsonStringEnumMemberName("captured")]
    Captured,

    [JsonStringEnumMemberName("voided")]
    Voided,

    [JsonStringEnumMemberName("refunded")]
    Refunded,
}
