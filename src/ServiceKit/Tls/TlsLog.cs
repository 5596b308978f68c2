using System.Globalization;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Tls;

/// <summary>What the log says of certificates and handshakes.</summary>
internal sealed partial class TlsLog(ILogger<TlsLog> logger)
{
    public void Expiring(string setting, string file, TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
        {
            LogExpired(setting, file);
        }
        else
        {
            LogExpiring(setting, file, left.TotalDays.ToString("0.0", CultureInfo.InvariantCulture));
        }
    }

    [LoggerMessage(EventId = 1, EventName = "CertificateRenewed", Level = LogLevel.Information,
        Message = "{Setting} was renewed: new connections use the certificate of {Subject}, valid until {Until:u}")]
    public partial void Renewed(string setting, string subject, DateTime until);

    [LoggerMessage(EventId = 2, EventName = "CertificateNotRenewed", Level = LogLevel.Warning,
        Message = "{Setting} was changed and cannot be used: {Problem}. The certificate before it serves on")]
    public partial void NotRenewed(string setting, string problem);

    [LoggerMessage(EventId = 3, EventName = "ClientRefused", Level = LogLevel.Warning, Message = "A client at {Peer} was refused: {Reason}")]
    public partial void ClientRefused(string peer, string reason);

    [LoggerMessage(EventId = 4, EventName = "ServerRefused", Level = LogLevel.Warning, Message = "{Service} at {Host} was refused: {Reason}")]
    public partial void ServerRefused(string service, string host, string reason);

    [LoggerMessage(EventId = 5, EventName = "CertificateWithoutSan", Level = LogLevel.Warning,
        Message = "{Setting} has no subject alternative name (SAN): clients will refuse this server, since they do not look at its CN")]
    public partial void NoAlternativeName(string setting);

    [LoggerMessage(EventId = 6, EventName = "TlsOn", Level = LogLevel.Information,
        Message = "Calls are encrypted: {Subject}, valid until {Until:u}; client certificates: {ClientCertificates}")]
    public partial void IsOn(string subject, DateTime until, string clientCertificates);

    [LoggerMessage(EventId = 7, EventName = "CertificateExpiring", Level = LogLevel.Warning,
        Message = "{Setting}, {File}, expires in {Days} days: renew it")]
    private partial void LogExpiring(string setting, string file, string days);

    [LoggerMessage(EventId = 8, EventName = "CertificateExpired", Level = LogLevel.Error,
        Message = "{Setting}, {File}, has expired: nobody who looks at it will connect. Renew it")]
    private partial void LogExpired(string setting, string file);
}
