namespace BooksForYou.ServiceKit.Ops;

/// <summary>An exception of late.</summary>
/// <param name="Time">When it was logged.</param>
/// <param name="Type">Its type.</param>
/// <param name="Source">The RPC, the route or the work that it ended.</param>
/// <param name="CorrelationId">What else the log has of the same request; empty where it was none.</param>
internal sealed record NotedException(DateTimeOffset Time, string Type, string Source, string CorrelationId);
