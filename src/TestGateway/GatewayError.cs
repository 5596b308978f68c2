namespace BooksForYou.TestGateway;

/// <summary>The body of an answer that is neither 200 nor the payment's state.</summary>
internal sealed record GatewayError(string Error);
