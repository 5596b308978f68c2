using System.Diagnostics.Metrics;
using BooksForYou.ServiceKit.Telemetry;

namespace BooksForYou.ServiceKit.Tls;

/// <summary>The certificates of the process, and how long they are still valid.</summary>
internal sealed class CertificateWatch : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TlsLog _log;
    private readonly Lock _gate = new();
    private readonly List<WatchedCertificates> _opened = [];

    public CertificateWatch(IMeterFactory meters, TimeProvider time, TlsLog log)
    {
        (_time, _log) = (time, log);
        meters.Create(CallMetrics.SourceName).CreateObservableGauge(
            "tls.certificate.expiry", Observe, "s", "Time until a certificate of the process expires; negative when it has.");
    }

    /// <summary>Reads files and watches them.</summary>
    /// <exception cref="CertificateException">They cannot be used.</exception>
    public WatchedCertificates Open(CertificateFiles files)
    {
        var opened = new WatchedCertificates(files, _time, _log);
        lock (_gate)
        {
            _opened.Add(opened);
        }

        return opened;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _opened.ForEach(certificates => certificates.Dispose());
        }
    }

    private Measurement<double>[] Observe()
    {
        lock (_gate)
        {
            return
            [
                .. _opened.Select(certificates => new Measurement<double>(
                    Math.Round(certificates.TimeLeft.TotalSeconds), new KeyValuePair<string, object?>("tls.certificate", certificates.Setting))),
            ];
        }
    }
}
