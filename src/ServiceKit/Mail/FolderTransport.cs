using System.Globalization;

namespace BooksForYou.ServiceKit.Mail;

/// <summary>Writes mails as <c>.eml</c> files, which mail programs open. A file is there whole or not at all; the same mail sent again replaces it.</summary>
internal sealed class FolderTransport(string folder) : IMailTransport, IMailSession
{
    public bool IsLost => false;

    public Task<IMailSession> ConnectAsync(CancellationToken cancellationToken) => Task.FromResult<IMailSession>(this);

    public async Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var name = string.Create(CultureInfo.InvariantCulture, $"{mail.Date.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{mail.Id}");
            var unfinished = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}");
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            {
                await file.WriteAsync(MimeWriter.Write(mail), cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, Path.Combine(folder, $"{name}.eml"), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MailException($"The mail could not be written: {exception.GetType().Name}", innerException: exception);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
