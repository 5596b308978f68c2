using System.Text.Json.Serialization;

namespace BooksForYou.Transactions.Payments;

/// <summary>Where a payment stands at the gateway; see docs/payment-gateway.md.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GatewayState>))]
internal enum GatewayState
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
