using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Tests.Tls;

/// <summary>Certificates that change while the process runs.</summary>
public sealed partial class RenewalTests : IDisposable
{
    private readonly SecureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Renewed_pair_serves_new_connections_and_no_call_is_dropped()
    {
        using var first = NewCertificate();
        using var second = NewCertificate();
        await using var application = await StartAsync(first);
        using var channel = SecureFolder.OpenChannel(application.GrpcAddress.Port, first);
        using var call = new SampleService.SampleServiceClient(channel).Chat();
        await SayAsync(call, "before");

        TestAuthority.Write(second, Path.Combine(_folder.Root, "sample"));
        await ShownAsync(application, second);
        await SayAsync(call, "after");
    }

    [Fact]
    public async Task Pair_behind_a_link_is_renewed_when_the_link_is_turned()
    {
        using var first = NewCertificate();
        using var second = NewCertificate();
        var mount = Directory.CreateDirectory(Path.Combine(_folder.Root, "mount")).FullName;
        TestAuthority.Write(first, Path.Combine(mount, "..1"));
        TestAuthority.Write(second, Path.Combine(mount, "..2"));

        // As Kubernetes lays a secret out.
        await TurnAsync(mount, "..1");
        File.CreateSymbolicLink(Path.Combine(mount, "tls.crt"), Path.Combine("..data", "tls.crt"));
        File.CreateSymbolicLink(Path.Combine(mount, "tls.key"), Path.Combine("..data", "tls.key"));
        await using var application = await TestApplication.StartSampleAsync(
            null,
            "--tls-cert", Path.Combine(mount, "tls.crt"), "--tls-key", Path.Combine(mount, "tls.key"), "--tls-ca", _folder.Authority.File, "--health-port", "0");
        await ShownAsync(application, first);

        await TurnAsync(mount, "..2");

        await ShownAsync(application, second);
    }

    [Fact]
    public async Task Pair_that_does_not_fit_is_ignored_with_a_warning_and_the_old_one_serves_on()
    {
        using var first = NewCertificate();
        using var second = NewCertificate();
        LogCollector? logs = null;
        await using var application = await StartAsync(first, builder => logs = builder.CollectLogs());

        TestAuthority.Replace(Path.Combine(_folder.Root, "sample", "tls.crt"), second.ExportCertificatePem());
        var warning = await logs!.WaitForAsync(line => line.Event == "CertificateNotRenewed");

        Assert.Contains("tls.key does not hold the key of the certificate", warning.Message, StringComparison.Ordinal);
        await ShownAsync(application, first);

        TestAuthority.Write(second, Path.Combine(_folder.Root, "sample"));
        await ShownAsync(application, second);
    }

    [Fact]
    public async Task Authority_that_is_added_is_trusted_by_new_connections()
    {
        using var first = NewCertificate();
        await using var application = await StartAsync(first, null, "--tls-client-cert", "require");
        using var stranger = _folder.OtherAuthority.Issue("cart", ["cart"]);

        TestAuthority.Replace(_folder.Authority.File, await File.ReadAllTextAsync(_folder.Authority.File) + await File.ReadAllTextAsync(_folder.OtherAuthority.File));

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await IsAnsweredAsync(application, stranger))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }

    [Fact]
    public async Task Certificate_that_expires_soon_is_warned_of_and_measured()
    {
        using var certificate = _folder.Authority.Issue("sample", ["localhost"], DateTimeOffset.UtcNow.AddDays(6));
        var metricsPort = FreePort.Next();
        LogCollector? logs = null;
        await using var application = await StartAsync(certificate, builder => logs = builder.CollectLogs(), "--metrics-port", $"{metricsPort}");

        var warning = await logs!.WaitForAsync(line => line.Event == "CertificateExpiring");
        using var client = new HttpClient();
        var metrics = await client.GetStringAsync(new Uri($"http://localhost:{metricsPort}/metrics"), TestContext.Current.CancellationToken);

        Assert.Contains("expires in 6.0 days", warning.Message, StringComparison.Ordinal);
        Assert.InRange(double.Parse(Expiry().Match(metrics).Groups[1].Value, CultureInfo.InvariantCulture), (6 * 86400) - 60, 6 * 86400);
    }

    private static async Task SayAsync(AsyncDuplexStreamingCall<SampleMessage, SampleMessage> call, string text)
    {
        await call.RequestStream.WriteAsync(new SampleMessage { Text = text });
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(text, call.ResponseStream.Current.Text);
    }

    private static async Task<bool> IsAnsweredAsync(ServiceApplication application, X509Certificate2 certificate)
    {
        using var channel = SecureFolder.OpenChannel(application.GrpcAddress.Port, certificate);
        try
        {
            await new SampleService.SampleServiceClient(channel).ReadAsync(new SampleMessage());
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal)
        {
            return false;
        }
    }

    // Connects until the server shows a certificate.
    private static async Task ShownAsync(ServiceApplication application, X509Certificate2 expected)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var client = new TcpClient();
            await client.ConnectAsync("localhost", application.GrpcAddress.Port, limit.Token);
            await using var stream = new SslStream(client.GetStream(), false, (_, shown, _, _) => shown is not null);
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, limit.Token);
            if (stream.RemoteCertificate!.GetCertHashString() == expected.GetCertHashString())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }

    // One rename, which the framework does not do to a link to a directory.
    private static async Task TurnAsync(string mount, string target)
    {
        var link = Path.Combine(mount, "..new");
        Directory.CreateSymbolicLink(link, target);
        using var move = Process.Start("mv", ["-T", link, Path.Combine(mount, "..data")]);
        await move.WaitForExitAsync();
        Assert.Equal(0, move.ExitCode);
    }

    private X509Certificate2 NewCertificate() => _folder.Authority.Issue("sample", ["sample", "localhost"]);

    private Task<ServiceApplication> StartAsync(
        X509Certificate2 certificate, Action<ServiceApplicationBuilder>? configure = null, params string[] settings) =>
        TestApplication.StartSampleAsync(configure, [.. _folder.Settings(certificate, "sample"), .. settings]);

    [GeneratedRegex("""^tls_certificate_expiry_seconds\{[^}]*tls_certificate="TLS_CERT"[^}]*\} (\S+)$""", RegexOptions.Multiline)]
    private static partial Regex Expiry();
}
