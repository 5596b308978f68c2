using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client.Configuration;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Which calls are retried, and how: <see href="https://github.com/grpc/proposal/blob/master/A6-client-retries.md"/>.</summary>
internal static class RetryConfig
{
    /// <summary>The configuration of a channel: calls of methods that the contract marks as idempotent are retried, all others
    /// never.</summary>
    public static ServiceConfig For(IEnumerable<ServiceDescriptor> contracts)
    {
        var config = new ServiceConfig
        {
            LoadBalancingConfigs = { new LoadBalancingConfig(PeerBalancerFactory.PolicyName) },

            // The budget: a failure takes 1, a success gives 0.1 back, and below half of it nothing is retried. A peer that is down is not
            // asked three times
            // as often as one that is up.
            RetryThrottling = new RetryThrottlingPolicy { MaxTokens = 20, TokenRatio = 0.1 },
        };

        var idempotent = contracts
            .SelectMany(service => service.Methods)
            .Where(method => IsIdempotent(method) && !method.IsClientStreaming)
            .ToList();
        if (idempotent.Count > 0)
        {
            config.MethodConfigs.Add(Retry(idempotent));
        }

        return config;
    }

    private static MethodConfig Retry(List<MethodDescriptor> methods)
    {
        var config = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = 3,
                InitialBackoff = TimeSpan.FromMilliseconds(20),
                MaxBackoff = TimeSpan.FromMilliseconds(200),
                BackoffMultiplier = 2,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (var method in methods)
        {
            config.Names.Add(new MethodName { Service = method.Service.FullName, Method = method.Name });
        }

        return config;
    }

    private static bool IsIdempotent(MethodDescriptor method) => method.GetOptions()?.IdempotencyLevel
        is MethodOptions.Types.IdempotencyLevel.NoSideEffects
        or MethodOptions.Types.IdempotencyLevel.Idempotent;
}
