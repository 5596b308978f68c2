using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.Shopping;
using Grpc.Core;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.People;

/// <summary>
/// Who is signed in. Accounts knows; what it said is good for a few seconds on the pages of the shop, and for as long as the person's token lives while
/// Accounts is away. Nobody waits for long to find that out.
/// </summary>
internal sealed class Sessions(
    AccountsService.AccountsServiceClient accounts,
    VisitorTokens visitors,
    [FromKeyedServices(PeerNames.Accounts)] Peer peer,
    IOptions<MarketplaceOptions> options,
    TimeProvider clock) : IDisposable
{
    private const int SessionsKept = 20_000;

    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(15);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = SessionsKept });

    /// <summary>Whether Accounts is known to be away.</summary>
    public bool IsAway => peer.IsAway;

    /// <summary>Who is signed in, as was found out earlier in this request; null for nobody.</summary>
    public static Person? FoundIn(HttpContext context) => (context.Items[typeof(Sessions)] as Finding)?.Person;

    /// <summary>Whether the browser has a session of which it cannot be told now whose it is.</summary>
    public static bool IsUnknownIn(HttpContext context) => context.Items[typeof(Sessions)] is Finding { Person: null, IsUnknown: true };

    /// <summary>Whether there can be a basket or a sale: not for somebody who has put nothing into a basket yet and is not signed in.</summary>
    public static bool MayHaveBasket(HttpContext context) => FoundIn(context) is not null || IsUnknownIn(context) || Visitor.IdOf(context) is not null;

    /// <summary>Who is signed in, as Accounts said a few seconds ago at most; null for nobody, and when that cannot be told.</summary>
    public ValueTask<Person?> FindAsync(HttpContext context) => FindAsync(context, mustAsk: false);

    /// <summary>Who is signed in, as Accounts says now, so that a session that was ended elsewhere ends here; null for nobody, and when that cannot be told.</summary>
    public ValueTask<Person?> FindCheckedAsync(HttpContext context) => FindAsync(context, mustAsk: true);

    /// <summary>In whose name this request makes its calls: the person's, else the visitor's, else nobody's in particular. Null when no token can be had.</summary>
    public async ValueTask<Bearer?> BearerAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } person)
        {
            return new Bearer(Bearer.HeadersOf(person.Token), "");
        }

        if (IsUnknownIn(context))
        {
            // As a visitor the customer would see another basket, and take it for what is left of the own one.
            return null;
        }

        var visitor = Visitor.IdOf(context);
        var headers = visitor is null
            ? await visitors.AnybodysHeadersAsync(context.RequestAborted)
            : await visitors.HeadersAsync(visitor, context.RequestAborted);
        return headers is null ? null : new Bearer(headers, visitor ?? "");
    }

    /// <summary>The headers that say in whose name this request makes its calls; null when no token can be had.</summary>
    public async ValueTask<Metadata?> HeadersAsync(HttpContext context) => (await BearerAsync(context))?.Headers;

    /// <summary>The headers of calls that are made for nobody in particular; none when no token can be had.</summary>
    public async ValueTask<Metadata> AnybodysHeadersAsync(CancellationToken cancellation) => await visitors.AnybodysHeadersAsync(cancellation) ?? [];

    /// <summary>Gives the browser a session, and its owner the pages from now on.</summary>
    public void Enter(HttpContext context, Session session)
    {
        SessionCookie.Set(context, session.Secret);
        Keep(context, SessionCookie.KeyOf(session.Secret), new Person(session.Profile, session.Token));
    }

    /// <summary>Takes the session away from the browser.</summary>
    public void Leave(HttpContext context)
    {
        if (SessionCookie.SecretOf(context) is { } secret)
        {
            _known.Remove(SessionCookie.KeyOf(secret));
            SessionCookie.Delete(context);
        }

        context.Items[typeof(Sessions)] = new Finding(null, IsUnknown: false, WasAsked: true);
    }

    /// <summary>Takes over what the owner has changed of the account.</summary>
    public void Change(HttpContext context, Profile profile)
    {
        if (SessionCookie.SecretOf(context) is { } secret && FoundIn(context) is { } person)
        {
            Keep(context, SessionCookie.KeyOf(secret), person.With(profile));
        }
    }

    /// <summary>Asks whether Accounts is back.</summary>
    public Task ProbeAsync(CancellationToken cancellation) =>
        peer.ProbeAsync(call => accounts.ListSigningKeysAsync(new ListSigningKeysRequest(), call), options.Value.PersonDeadline, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    private async ValueTask<Person?> FindAsync(HttpContext context, bool mustAsk)
    {
        if (context.Items[typeof(Sessions)] is Finding before && (before.WasAsked || !mustAsk))
        {
            return before.Person;
        }

        var found = SessionCookie.SecretOf(context) is { } secret ? await FindAsync(context, secret, mustAsk) : new Finding(null, IsUnknown: false, WasAsked: true);
        context.Items[typeof(Sessions)] = found;
        return found.Person;
    }

    private async ValueTask<Finding> FindAsync(HttpContext context, string secret, bool mustAsk)
    {
        var key = SessionCookie.KeyOf(secret);
        var known = _known.Get<Known>(key);
        if (known is not null && !mustAsk && clock.GetElapsedTime(known.At) < GoodFor)
        {
            return new Finding(known.Person, IsUnknown: false, WasAsked: false);
        }

        var request = new RefreshTokenRequest { SessionSecret = secret };
        var answer = await peer.AskAsync(call => accounts.RefreshTokenAsync(request, call), options.Value.PersonDeadline, context.RequestAborted);
        if (answer.IsRefused)
        {
            _known.Remove(key);
            SessionCookie.Delete(context);
            return new Finding(null, IsUnknown: false, WasAsked: true);
        }

        if (answer.Value is { } session)
        {
            return new Finding(Keep(key, new Person(session.Profile, session.Token)), IsUnknown: false, WasAsked: true);
        }

        return known?.Person is { } person && clock.GetUtcNow() < person.Expires
            ? new Finding(person, IsUnknown: false, WasAsked: true)
            : new Finding(null, IsUnknown: true, WasAsked: true);
    }

    private void Keep(HttpContext context, string key, Person person) =>
        context.Items[typeof(Sessions)] = new Finding(Keep(key, person), IsUnknown: false, WasAsked: true);

    private Person Keep(string key, Person person)
    {
        _known.Set(key, new Known(person, clock.GetTimestamp()), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = person.Expires });
        return person;
    }

    private sealed record Known(Person Person, long At);

    private sealed record Finding(Person? Person, bool IsUnknown, bool WasAsked);
}
