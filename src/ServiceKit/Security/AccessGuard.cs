using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BooksForYou.ServiceKit.Security;

/// <summary>Lets calls in that the contract allows the caller, and notes who the caller is. A token that is there is verified, needed or not.</summary>
internal sealed class AccessGuard(AccessRules rules, TokenVerifier verifier)
{
    /// <summary>Lets a call in. Done at once when there is no token, or one that is known.</summary>
    /// <exception cref="UnauthenticatedException">A token is needed or is not valid.</exception>
    /// <exception cref="PermissionDeniedException">The method is not for the caller.</exception>
    public ValueTask AdmitAsync(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var roles = rules.Of(context.Method);
        var given = http.Request.Headers[HeaderNames.Authorization];
        if (given.Count == 0)
        {
            return roles.Contains(Role.Anyone) ? default : throw new UnauthenticatedException("A token is needed.");
        }

        if (given.Count > 1 || given[0] is not { } authorization)
        {
            throw TokenVerifier.NotOneToken();
        }

        if (verifier.FindVerified(authorization) is not { } caller)
        {
            return AdmitAsync(authorization, http, roles);
        }

        Admit(caller, http, roles);
        return default;
    }

    private async ValueTask AdmitAsync(string authorization, HttpContext http, IReadOnlySet<Role> roles) =>
        Admit(await verifier.VerifyAsync(authorization, http.RequestAborted), http, roles);

    private static void Admit(Caller caller, HttpContext http, IReadOnlySet<Role> roles)
    {
        if (!roles.Contains(caller.Role) && !roles.Contains(Role.Anyone))
        {
            throw new PermissionDeniedException("This is not for the caller.");
        }

        http.Features.Set(caller);
    }
}
