using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace BooksForYou.ServiceKit.Mail;

/// <summary>Sends mails through a mail server.</summary>
internal sealed class SmtpTransport(MailSettings settings) : IMailTransport
{
    public async Task<IMailSession> ConnectAsync(CancellationToken cancellationToken)
    {
        SmtpSession? session = null;
        try
        {
            await GuardAsync(
                async () =>
                {
                    var client = new TcpClient { NoDelay = true };
                    session = new SmtpSession(new SmtpStream(await ConnectedAsync(client, cancellationToken)));
                    await session.OpenAsync(settings, cancellationToken);
                },
                "The mail server cannot be reached",
                cancellationToken);
            return session!;
        }
        catch
        {
            await (session?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>Makes one kind of failure of all that a connection can come to.</summary>
    internal static async Task GuardAsync(Func<Task> work, string problem, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new MailException("The mail server did not answer in time", isConnectionLost: true, innerException: exception);
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException or CryptographicException or ObjectDisposedException)
        {
            throw new MailException($"{problem}: {exception.GetType().Name}", isConnectionLost: true, innerException: exception);
        }
    }

    private async Task<NetworkStream> ConnectedAsync(TcpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.ConnectAsync(settings.Host!, settings.Port, cancellationToken);
            return client.GetStream();
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
