using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace BooksForYou.ServiceKit.Tls;

/// <summary>TLS on the ports of the process. Each connection gets the certificate that is current when it is made.</summary>
internal sealed class ServerTls(PeerTls peers, CertificateWatch watch, SettingsCatalogue settings, TlsLog log)
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;
    private const byte HandshakeRecord = 0x16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Encrypts the port of gRPC, if the settings want it.</summary>
    public void ProtectCalls(ListenOptions listener)
    {
        if (!peers.IsOn)
        {
            return;
        }

        var current = peers.Certificates.Current;
        log.IsOn(current.Certificate.Subject, current.Certificate.NotAfter.ToUniversalTime(), peers.RequiresClientCertificate ? "required" : "not asked for");
        if (!CertificateNames.HasAlternativeName(current.Certificate))
        {
            log.NoAlternativeName(peers.Certificates.Setting);
        }

        Protect(listener, peers.Certificates, peers.RequiresClientCertificate, [SslApplicationProtocol.Http2]);
    }

    /// <summary>Whether there is a certificate for web pages.</summary>
    public bool ProtectsPages => TlsModule.WebFilesOf(settings) is not null;

    /// <summary>Encrypts a port of web pages.</summary>
    public void ProtectPages(ListenOptions listener) => Protect(
        listener, watch.Open(TlsModule.WebFilesOf(settings)!), asksClients: false, [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]);

    private void Protect(ListenOptions listener, WatchedCertificates certificates, bool asksClients, List<SslApplicationProtocol> protocols)
    {
        listener.Use(next => connection => AttendAsync(connection, next));
        listener.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = Patience,
            OnConnection = context => ValueTask.FromResult(OptionsFor(context.Connection, certificates.Current, asksClients, protocols)),
        });
        listener.Use(next => connection =>
        {
            connection.Features.Get<Handshake>()!.IsDone = true;
            if (asksClients && connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } shown)
            {
                // Found out once a connection, so that it costs a call nothing.
                connection.Features.Set(ConnectionCaller.Of(shown, certificates.Current.Name));
            }

            return next(connection);
        });
    }

    // The server itself tells of refused handshakes in its debug log only, and not in words that help.
    private async Task AttendAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var peer = connection.RemoteEndPoint?.ToString() ?? "an unknown address";
        switch (await FirstByteAsync(connection))
        {
            case null:
                // A port scan, or a probe that only looks whether the port is open.
                return;
            case not HandshakeRecord:
                log.ClientRefused(peer, "it speaks plain text on a port that is encrypted. Is TLS_CERT set for it?");
                return;
        }

        var handshake = new Handshake();
        connection.Features.Set(handshake);
        await next(connection);
        if (!handshake.IsDone && !handshake.IsRefused)
        {
            log.ClientRefused(
                peer, "it ended the handshake: it does not trust this certificate, or speaks neither TLS 1.2 nor TLS 1.3, or left");
        }
    }

    private static async Task<byte?> FirstByteAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var read = await input.ReadAsync(limit.Token);
            byte? first = read.Buffer.IsEmpty ? null : read.Buffer.FirstSpan[0];

            // Neither consumed nor examined: the handshake begins with it.
            input.AdvanceTo(read.Buffer.Start);
            return first;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private SslServerAuthenticationOptions OptionsFor(
        BaseConnectionContext connection, CertificateSet certificates, bool asksClients, List<SslApplicationProtocol> protocols)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificates.Context,
            EnabledSslProtocols = Versions,
            ApplicationProtocols = protocols,
            AllowRenegotiation = false,

            // A session that is taken up again would be one that was checked against what was trusted before.
            AllowTlsResume = false,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (asksClients)
        {
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = certificates.NewChainPolicy();
            options.RemoteCertificateValidationCallback =
                (_, shown, chain, _) => Admits(connection, shown as X509Certificate2, chain, certificates);
        }

        return options;
    }

    private bool Admits(BaseConnectionContext connection, X509Certificate2? shown, X509Chain? chain, CertificateSet certificates)
    {
        if (CertificateCheck.RefusalOfClient(shown, certificates, chain?.ChainPolicy.ExtraStore) is not { } refusal)
        {
            return true;
        }

        connection.Features.Get<Handshake>()!.IsRefused = true;
        log.ClientRefused(connection.RemoteEndPoint?.ToString() ?? "an unknown address", refusal);
        return false;
    }

    /// <summary>How far a connection has come.</summary>
    private sealed class Handshake
    {
        public bool IsDone { get; set; }

        public bool IsRefused { get; set; }
    }
}
