using System.Diagnostics.Metrics;

namespace BooksForYou.Transactions.Tests.Receipts;

/// <summary>Reads a gauge of one host until it shows what a test waits for.</summary>
internal sealed class GaugeReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _greatest;

    public GaugeReader(IMeterFactory meters, string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => _greatest = Math.Max(_greatest, value));
        _listener.Start();
    }

    public async Task UntilAsync(long value)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_greatest < value)
        {
            await timer.WaitForNextTickAsync(limit.Token);
            _listener.RecordObservableInstruments();
        }
    }

    public void Dispose() => _listener.Dispose();
}
