namespace BooksForYou.Marketplace.Tests;

/// <summary>The folder that a shop without a mail server writes its mails to.</summary>
internal static class MailBox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits for a mail in which something is found, be it there already or yet to come.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="find">Looks for it in the text of a mail, with its lines joined again (RFC 2045, section 6.7); null when it is not there.</param>
    public static async Task<T> WaitForAsync<T>(string folder, Func<string, T?> find)
        where T : class
    {
        Directory.CreateDirectory(folder);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);

        // A mail comes complete, by being renamed. Watched before the first look, so that none is missed.
        using var came = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(folder);
        watcher.Renamed += (_, _) => came.Release();
        watcher.EnableRaisingEvents = true;
        while (true)
        {
            foreach (var file in Directory.GetFiles(folder, "*.eml"))
            {
                var mail = await File.ReadAllTextAsync(file, limit.Token);
                if (find(mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal)) is { } found)
                {
                    return found;
                }
            }

            await came.WaitAsync(limit.Token);
        }
    }
}
