using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace BooksForYou.ServiceKit.Security;

/// <summary>Lets calls in that the contract allows the caller, and notes who the caller is. A token that is there is verified, needed or not.</summary>
/// <param name="rules">Who may call what.</param>
/// <param name="verifier">Verifies tokens.</param>
/// <param name="checksServices">Whether the service that calls has to be one that may: under mutual TLS, where it has proven which one it is.</param>
/// <param name="logger">Where it is said which service was refused.</param>
internal sealed partial class AccessGuard(AccessRules rules, TokenVerifier verifier, bool checksServices, ILogger<AccessGuard> logger)
{
    /// <summary>Lets a call in. Done at once when there is no token, or one that is known.</summary>
    /// <exception cref="UnauthenticatedException">A token is needed or is not valid.</exception>
    /// <exception cref="PermissionDeniedException">The method is not for the caller, or for the service that calls.</exception>
    public ValueTask AdmitAsync(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var rule = rules.Of(context.Method);
        if (checksServices && !rule.IsForAnyone)
        {
            AdmitService(http.Features.Get<ConnectionCaller>(), rule, context.Method);
        }

        var given = http.Request.Headers[HeaderNames.Authorization];
        if (given.Count == 0)
        {
            return rule.Roles.Contains(Role.Anyone) ? default : throw new UnauthenticatedException("A token is needed.");
        }

        if (given.Count > 1 || given[0] is not { } authorization)
        {
            throw TokenVerifier.NotOneToken();
        }

        if (verifier.FindVerified(authorization) is not { } caller)
        {
            return AdmitAsync(authorization, http, rule);
        }

        Admit(caller, http, rule);
        return default;
    }

    private async ValueTask AdmitAsync(string authorization, HttpContext http, AccessRule rule) =>
        Admit(await verifier.VerifyAsync(authorization, http.RequestAborted), http, rule);

    private static void Admit(Caller caller, HttpContext http, AccessRule rule)
    {
        if (!rule.Roles.Contains(caller.Role) && !rule.Roles.Contains(Role.Anyone))
        {
            throw new PermissionDeniedException("This is not for the caller.");
        }

        http.Features.Set(caller);
    }

    private void AdmitService(ConnectionCaller? service, AccessRule rule, string method)
    {
        if (service is { IsSelf: true } || (service?.Name is { } name && rule.Callers.Contains(name)))
        {
            return;
        }

        LogServiceRefused(service?.Name ?? "a service without a name", method, string.Join(", ", rule.Callers), service?.Subject ?? "no certificate");
        throw new PermissionDeniedException("This is not for the service that calls.");
    }

    [LoggerMessage(EventId = 1, EventName = "ServiceRefused", Level = LogLevel.Warning,
        Message = "{Service} may not call {Method}, which is for {Callers} ({Subject})")]
    private partial void LogServiceRefused(string service, string method, string callers, string subject);
}
