using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Security;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>See <see cref="TestAccounts.AsWhoeverMay"/>.</summary>
internal sealed class WhoeverMay(TestAccounts accounts) : Interceptor
{
    private const string VisitorField = "visitor_id";
    private const int LongestSubject = 100;

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithToken(request, context));

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithToken(request, context));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithToken(request, context));

    private ClientInterceptorContext<TRequest, TResponse> WithToken<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        if (context.Options.Headers?.Get("authorization") is not null || CallerFor((IMessage)request, context.Method.ServiceName, context.Method.Name) is not { } caller)
        {
            return context;
        }

        var headers = new Metadata();
        foreach (var entry in context.Options.Headers ?? [])
        {
            headers.Add(entry);
        }

        headers.Add("authorization", $"Bearer {accounts.Token(caller)}");
        return new(context.Method, context.Host, context.Options.WithHeaders(headers));
    }

    private static Caller? CallerFor(IMessage request, string serviceName, string methodName)
    {
        var descriptor = request.Descriptor.File.Services
            .First(service => service.FullName == serviceName)
            .FindMethodByName(methodName);
        var roles = AccessRules.RolesOf(descriptor);
        return roles switch
        {
            _ when roles.Count == 0 || roles.Contains(Role.Anyone) => null,
            _ when roles.Contains(Role.Visitor) && request.Descriptor.FindFieldByName(VisitorField) is { } field => Visitor((string)field.Accessor.GetValue(request)),
            _ when roles.Contains(Role.Service) => new Caller(Role.Service, "service:Test"),
            _ => new Caller(Role.Admin, "account:test"),
        };
    }

    // A request that is wrong is to be refused for what is wrong with it.
    private static Caller Visitor(string id) => new(Role.Visitor, id.Length is > 0 and <= LongestSubject ? id : "somebody");
}
