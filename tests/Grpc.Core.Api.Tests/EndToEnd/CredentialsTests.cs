using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests.EndToEnd;

/// <summary>Credentials of channels and of calls, as the official client takes them in.</summary>
public sealed class CredentialsTests
{
    [Fact]
    public async Task Call_credentials_composed_add_their_headers_in_order()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.CreateChannel(options => options.UnsafeUseInsecureChannelCallCredentials = true);
        var credentials = CallCredentials.Compose(Header("own", "1"), Header("own", "2"));

        using var call = channel.CreateCallInvoker().AsyncUnaryCall(Calls.Say, null, new CallOptions(credentials: credentials), "metadata");
        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("1, 2", string.Join(", ", headers.GetAll("own").Select(entry => entry.Value)));
    }

    [Fact]
    public async Task Channel_credentials_with_call_credentials_are_used_over_tls()
    {
        using var certificate = CreateCertificate();
        await using var host = await EchoHost.StartAsync(certificate: certificate);
        using var channel = host.CreateChannel(options =>
        {
            options.HttpHandler = new SocketsHttpHandler { SslOptions = Trust(certificate) };
            options.Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, CallCredentials.FromInterceptor(AddMethodName));
        });

        static Task AddMethodName(AuthInterceptorContext context, Metadata metadata)
        {
            metadata.Add("own", $"{new Uri(context.ServiceUrl).AbsolutePath} {context.MethodName}");
            return Task.CompletedTask;
        }

        using var call = channel.CreateCallInvoker().AsyncUnaryCall(Calls.Say, null, default, "metadata");
        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("/test.Echo Say", headers.GetValue("own"));
    }

    [Fact]
    public async Task Insecure_credentials_work_in_cleartext_with_no_peer_identity()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.CreateChannel(options => options.Credentials = ChannelCredentials.Insecure);

        var response = await channel.CreateCallInvoker().AsyncUnaryCall(Calls.Say, null, default, "host");

        Assert.Equal($"{channel.Target} /test.Echo/Say False", response);
    }

    private static CallCredentials Header(string key, string value) => CallCredentials.FromInterceptor((_, metadata) =>
    {
        metadata.Add(key, value);
        return Task.CompletedTask;
    });

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static SslClientAuthenticationOptions Trust(X509Certificate2 certificate) => new()
    {
        RemoteCertificateValidationCallback = (_, actual, _, _) => actual?.GetCertHashString() == certificate.GetCertHashString(),
    };
}
