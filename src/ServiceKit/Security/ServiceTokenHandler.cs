using System.Net.Http.Headers;
using BooksForYou.Contracts.Security.V1;

namespace BooksForYou.ServiceKit.Security;

/// <summary>Adds the token of this process to calls of methods that are for services only.</summary>
internal sealed class ServiceTokenHandler(HttpMessageHandler inner, AccessRules rules, ServiceTokens tokens) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var roles = rules.Of(request.RequestUri!.AbsolutePath).Roles;
        return roles.Count == 1 && roles.Contains(Role.Service) && request.Headers.Authorization is null
            ? SendWithTokenAsync(request, cancellationToken)
            : base.SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendWithTokenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }
}
