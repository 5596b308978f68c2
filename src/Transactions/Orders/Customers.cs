using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using Grpc.Core;

namespace BooksForYou.Transactions.Orders;

/// <summary>What belongs to customers: orders that they placed as guests, books that they have bought, the promotion that they have used.</summary>
internal sealed class Customers(CustomerStore store, AccountsService.AccountsServiceClient accounts)
{
    private const int MaxBooks = 100;
    private const int MaxCustomers = 1000;
    private const int LongestId = 100;

    private static readonly TimeSpan ContactTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Gives the guests' orders with the customer's address to the customer.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="FailedPreconditionException">It is not known that mails to the address reach the customer.</exception>
    /// <exception cref="UnavailableException">Accounts did not answer.</exception>
    public async Task<int> ClaimOrdersAsync(string customerId, CancellationToken cancellationToken)
    {
        var contact = await FindContactAsync(customerId, cancellationToken);
        return contact is { EmailConfirmed: true, Email.Length: > 0 }
            ? await store.ClaimAsync(contact.Email, customerId, cancellationToken)
            : throw new FailedPreconditionException("The e-mail address is not confirmed yet.");
    }

    /// <summary>Tells which of some books a customer has bought.</summary>
    public async Task<IReadOnlyList<int>> ListBoughtAsync(
        string customerId, IReadOnlyCollection<int> bookIds, CancellationToken cancellationToken)
    {
        CheckIds("customer_id", [customerId], 1);
        return bookIds.Count switch
        {
            0 => [],
            > MaxBooks => throw new InvalidArgumentException(new FieldViolation("book_ids", $"must be at most {MaxBooks}")),
            _ => await store.ListBoughtAsync(customerId, bookIds, cancellationToken),
        };
    }

    /// <summary>Tells which of some customers have used buy two, get one free; of the caller when none is named.</summary>
    /// <exception cref="PermissionDeniedException">A customer asks about somebody else.</exception>
    public async Task<IReadOnlyList<string>> ListPromotionUsesAsync(
        Caller caller, IReadOnlyCollection<string> customerIds, CancellationToken cancellationToken)
    {
        CheckIds("customer_ids", customerIds, MaxCustomers);
        if (caller.Role == Role.Customer && customerIds.Any(id => id != caller.Subject))
        {
            throw new PermissionDeniedException("Customers may ask about themselves only.");
        }

        return await store.ListPromotionUsesAsync(customerIds.Count == 0 ? [caller.Subject] : customerIds, cancellationToken);
    }

    private static void CheckIds(string field, IReadOnlyCollection<string> ids, int most)
    {
        if (ids.Count > most)
        {
            throw new InvalidArgumentException(new FieldViolation(field, $"must be at most {most}"));
        }

        // PostgreSQL does not take every text.
        if (ids.Any(id => id.Length is 0 or > LongestId || id.Any(char.IsControl)))
        {
            throw new InvalidArgumentException(new FieldViolation(field, "must be the subject of a customer's tokens"));
        }
    }

    private async Task<GetContactResponse?> FindContactAsync(string customerId, CancellationToken cancellationToken)
    {
        try
        {
            var options = new CallOptions(deadline: DateTime.UtcNow + ContactTimeout, cancellationToken: cancellationToken);
            return await accounts.GetContactAsync(new GetContactRequest { AccountId = customerId }, options);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new UnavailableException("Accounts are not available at present.", exception);
        }
    }
}
