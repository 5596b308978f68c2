using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with DATA_LOSS (15): data is lost or corrupted beyond recovery.</summary>
/// <param name="detail">The text the caller gets; "Data was lost." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class DataLossException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.DataLoss, detail ?? "Data was lost.", innerException);
