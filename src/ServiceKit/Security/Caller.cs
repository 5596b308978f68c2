using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Security;

/// <summary>Who makes a call, as a verified token says; see docs/security.md.</summary>
/// <param name="Role">What the caller is to the shop.</param>
/// <param name="Subject">Who it is, unguessable for a visitor: what belongs to the caller is kept under this name.</param>
/// <param name="Name">The name that a customer goes by; empty for others.</param>
public sealed record Caller(Role Role, string Subject, string Name = "")
{
    /// <summary>Whether the caller has an account.</summary>
    public bool HasAccount => Role is Role.Customer or Role.Admin;

    /// <summary>Who makes a call.</summary>
    /// <param name="context">The call.</param>
    /// <returns>The caller.</returns>
    /// <exception cref="UnauthenticatedException">The call came without a token, as the contract allows for this method.</exception>
    public static Caller Of(ServerCallContext context) => Find(context) ?? throw new UnauthenticatedException("A token is needed.");

    /// <summary>Who makes a call; null when it came without a token.</summary>
    /// <param name="context">The call.</param>
    /// <returns>The caller, or null.</returns>
    public static Caller? Find(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetHttpContext().Features.Get<Caller>();
    }
}
