using BooksForYou.Contracts.Accounts.V1;
using ApiToken = BooksForYou.Contracts.Accounts.V1.Token;

namespace BooksForYou.Marketplace.People;

/// <summary>Somebody who is signed in. A class and not a record: a record would print the token.</summary>
/// <param name="profile">The account.</param>
/// <param name="token">A token of its owner.</param>
internal sealed class Person(Profile profile, ApiToken token)
{
    /// <summary>The account, which is also the subject of the owner's tokens.</summary>
    public string AccountId { get; } = profile.AccountId;

    /// <summary>The name that the owner goes by.</summary>
    public string Name { get; } = profile.Name;

    /// <summary>The e-mail address.</summary>
    public string Email { get; } = profile.Email;

    /// <summary>Whether it is known that mails to the address reach the owner.</summary>
    public bool IsEmailConfirmed { get; } = profile.EmailConfirmed;

    /// <summary>Whether the owner agreed to mails about offers.</summary>
    public bool HasMailConsent { get; } = profile.MailConsent;

    /// <summary>Whether the owner runs the shop.</summary>
    public bool IsAdmin { get; } = profile.Admin;

    /// <summary>The token that calls carry in the owner's name. It must appear nowhere else.</summary>
    public string Token { get; } = token.Value;

    /// <summary>When the token ends.</summary>
    public DateTimeOffset Expires { get; } = token.ExpireTime.ToDateTimeOffset();

    /// <summary>The same person after the profile was changed.</summary>
    public Person With(Profile changed) => new(changed, new ApiToken { Value = Token, ExpireTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Expires) });
}
