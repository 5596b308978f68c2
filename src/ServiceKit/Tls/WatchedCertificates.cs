namespace BooksForYou.ServiceKit.Tls;

/// <summary>A certificate that is read anew when its files change, however they do: written over, renamed, or behind a link that is turned elsewhere, as
/// Kubernetes does. What is in use goes on with what it began with.</summary>
/// <remarks>The content is compared, once a second: notifications of file systems do not come through every kind of mount, and times of files have too
/// coarse a grain for two renewals in a row.</remarks>
internal sealed class WatchedCertificates : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CertificateFiles _files;
    private readonly TimeProvider _time;
    private readonly TlsLog _log;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private CertificateSet _current;
    private string _version;
    private string? _suspect;
    private string? _rejected;
    private DateTimeOffset _nextWarning;

    /// <exception cref="CertificateException">The files cannot be used.</exception>
    public WatchedCertificates(CertificateFiles files, TimeProvider time, TlsLog log)
    {
        (_files, _time, _log) = (files, time, log);
        var content = files.Read();
        (_version, _current) = (content.Version, content.Parse());
        _timer = time.CreateTimer(_ => Look(), null, TimeSpan.Zero, Interval);
    }

    /// <summary>The setting that names the certificate.</summary>
    public string Setting => _files.Setting;

    /// <summary>What new connections use.</summary>
    public CertificateSet Current => Volatile.Read(ref _current);

    /// <summary>How long the certificate is still valid; negative when it is not any more.</summary>
    public TimeSpan TimeLeft => Current.Certificate.NotAfter.ToUniversalTime() - _time.GetUtcNow().UtcDateTime;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            ReadAgain();
            WarnOfExpiry();
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void ReadAgain()
    {
        var version = "unreadable";
        try
        {
            var content = _files.Read();
            version = content.Version;
            if (version != _version)
            {
                Volatile.Write(ref _current, content.Parse());
                _version = version;
                _nextWarning = default;
                _log.Renewed(_files.Setting, Current.Certificate.Subject, Current.Certificate.NotAfter.ToUniversalTime());
            }

            (_suspect, _rejected) = (null, null);
        }
        catch (CertificateException exception)
        {
            // Half of a renewal may be there: what is wrong is told when it is still the same a moment later, and then once.
            if (version == _suspect && version != _rejected)
            {
                _rejected = version;
                _log.NotRenewed(_files.Setting, exception.Message);
            }

            _suspect = version;
        }
    }

    private void WarnOfExpiry()
    {
        var (now, left) = (_time.GetUtcNow(), TimeLeft);
        if (left < TimeSpan.FromDays(30) && now >= _nextWarning)
        {
            _nextWarning = now + (left < TimeSpan.FromDays(7) ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1));
            _log.Expiring(_files.Setting, _files.CertificateFile, left);
        }
    }
}
