using BooksForYou.Contracts.Accounts.V1;

namespace BooksForYou.Marketplace.People;

/// <summary>Where people come in and go: with them their session, their basket, and what the shop remembers of them.</summary>
internal sealed class FrontDoor(AccountDesk desk, Sessions sessions, BasketMerge merge)
{
    /// <summary>Lets somebody in who has shown a password. The session is a new one; one that the browser had ends.</summary>
    public async Task EnterAsync(HttpContext context, Session session)
    {
        await desk.EndSessionAsync(context);
        sessions.Enter(context, session);
        await merge.BeginAsync(context, Sessions.FoundIn(context)!);
    }

    /// <summary>Lets somebody out. The browser forgets the session also when Accounts does not answer.</summary>
    public async Task LeaveAsync(HttpContext context)
    {
        await desk.EndSessionAsync(context);
        Forget(context);
    }

    /// <summary>Has the browser forget a session that has ended.</summary>
    public void Forget(HttpContext context)
    {
        sessions.Leave(context);
        BasketMerge.End(context);
    }
}
