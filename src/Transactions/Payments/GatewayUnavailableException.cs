namespace BooksForYou.Transactions.Payments;

/// <summary>The gateway did not answer, or not as agreed: what was asked for may have happened or not.</summary>
/// <param name="message">What went wrong; nothing of what was sent or received.</param>
/// <param name="innerException">The cause.</param>
internal sealed class GatewayUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
