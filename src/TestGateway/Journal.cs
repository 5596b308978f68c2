using Microsoft.Win32.SafeHandles;

namespace BooksForYou.TestGateway;

/// <summary>
/// A file of lines that only grows. What has been appended since the last write goes to the disk in one write and one flush, so that callers
/// who come at the same time share them.
/// </summary>
internal sealed class Journal : IAsyncDisposable
{
    private readonly SafeFileHandle _file;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Task _writer;
    private MemoryStream _pending = new();
    private TaskCompletionSource _pendingIsOnDisk = NewSignal();
    private Task _lastFlush = Task.CompletedTask;
    private long _length;
    private bool _closing;

    private Journal(SafeFileHandle file, long length)
    {
        _file = file;
        _length = length;
        _writer = Task.Run(WriteAsync);
    }

    /// <summary>Opens the file, makes it if it is not there, and gives its lines. A last line that was cut off by a crash is removed.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Journal Open(string path, out IReadOnlyList<byte[]> lines)
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var content = new byte[RandomAccess.GetLength(file)];
        var length = 0;
        while (length < content.Length && RandomAccess.Read(file, content.AsSpan(length), length) is > 0 and var read)
        {
            length += read;
        }

        var found = new List<byte[]>();
        var start = 0;
        for (var end = Array.IndexOf(content, (byte)'\n'); end >= 0; end = Array.IndexOf(content, (byte)'\n', start))
        {
            found.Add(content[start..end]);
            start = end + 1;
        }

        RandomAccess.SetLength(file, start);
        lines = found;
        return new Journal(file, start);
    }

    /// <summary>Adds a line. It is safe once <see cref="FlushAsync"/> has completed.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            if (_pending.Length == 0)
            {
                _work.Release();
            }

            _pending.Write(line);
            _pending.WriteByte((byte)'\n');
            _lastFlush = _pendingIsOnDisk.Task;
        }
    }

    /// <summary>Completes when everything appended until now is on the disk.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public Task FlushAsync()
    {
        lock (_lock)
        {
            return _lastFlush;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_closing)
            {
                return;
            }

            _closing = true;
            _work.Release();
        }

        await _writer;
        _file.Dispose();
        _work.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WriteAsync()
    {
        while (true)
        {
            await _work.WaitAsync();
            MemoryStream lines;
            TaskCompletionSource onDisk;
            lock (_lock)
            {
                if (_pending.Length == 0)
                {
                    return;
                }

                (lines, _pending) = (_pending, new MemoryStream());
                (onDisk, _pendingIsOnDisk) = (_pendingIsOnDisk, NewSignal());
            }

            try
            {
                RandomAccess.Write(_file, lines.GetBuffer().AsSpan(0, (int)lines.Length), _length);
                RandomAccess.FlushToDisk(_file);
                _length += lines.Length;
                onDisk.SetResult();
            }
            catch (IOException exception)
            {
                onDisk.SetException(exception);
            }
        }
    }
}
