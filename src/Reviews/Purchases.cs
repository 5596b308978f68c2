using BooksForYou.Contracts.Transactions.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Reviews;

/// <summary>Asks Transactions what readers have bought.</summary>
internal sealed partial class Purchases(
    TransactionsService.TransactionsServiceClient transactions, IOptions<ReviewsOptions> options, TimeProvider time, ILogger<Purchases> logger)
{
    /// <summary>Tells which of some books, at most 100, a reader has bought.</summary>
    /// <returns>The books; null when Transactions does not tell in time.</returns>
    public async Task<IReadOnlySet<int>?> FindAsync(string readerId, IReadOnlyCollection<int> bookIds, CancellationToken cancellationToken)
    {
        var request = new ListBoughtBooksRequest { CustomerId = readerId, BookIds = { bookIds } };
        try
        {
            var response = await transactions.ListBoughtBooksAsync(
                request, deadline: time.GetUtcNow().UtcDateTime + options.Value.PurchaseTimeout, cancellationToken: cancellationToken);
            return response.BookIds.ToHashSet();
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnknown(exception.StatusCode);
            return null;
        }
    }

    [LoggerMessage(EventName = "PurchaseUnknown", Level = LogLevel.Debug, Message = "Transactions does not tell what was bought ({Status}); it is asked later")]
    private partial void LogUnknown(StatusCode status);
}
