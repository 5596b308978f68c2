using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace BooksForYou.Tests;

/// <summary>A mail server that is not ours (python3-aiosmtpd), in a process of its own.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private MailServer(Process process, string folder)
    {
        _process = process;
        Folder = folder;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                _lines.Writer.TryWrite(line.Data);
            }
        };
        process.BeginOutputReadLine();
    }

    /// <summary>Why there can be no server here; null when there can.</summary>
    public static string? SkipReason { get; } =
        Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd") ? null : "python3-aiosmtpd is not installed.";

    public string Folder { get; }

    public int Port { get; private set; }

    public IReadOnlyList<string> Mails => [.. Directory.GetFiles(Folder, "*.eml").Select(File.ReadAllText)];

    public static async Task<MailServer> StartAsync(int port = 0, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("booksforyou-mail-").FullName;
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "mail_server.py"), folder, $"{port}", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var server = new MailServer(Process.Start(start)!, folder);
        server.Port = int.Parse((await server.LineAsync("port "))["port ".Length..]);
        return server;
    }

    /// <summary>Makes a certificate for localhost that comes from itself.</summary>
    /// <returns>The files of the certificate and of its key.</returns>
    public static (string Certificate, string Key) CreateCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var files = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(files.Item1, certificate.ExportCertificatePem());
        File.WriteAllText(files.Item2, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    /// <summary>Waits for the next mail: <c>mail FROM TO tls|plain USER</c>.</summary>
    public Task<string> MailAsync() => LineAsync("mail ");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<string> LineAsync(string start)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var line = await _lines.Reader.ReadAsync(limit.Token);
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
