using BooksForYou.Accounts.People;
using BooksForYou.Contracts.Accounts.V1;
using Google.Protobuf.WellKnownTypes;

namespace BooksForYou.Accounts;

/// <summary>Accounts as the contract has them.</summary>
internal static class ContractMapping
{
    public static Profile ToProfile(Account account) => new()
    {
        AccountId = account.AccountId,
        Email = account.Email,
        EmailConfirmed = account.EmailConfirmed,
        Name = account.Name,
        MailConsent = account.MailConsent,
        Admin = account.Admin,
        CreateTime = Timestamp.FromDateTimeOffset(account.CreatedAt),
    };
}
