using System.Data.Common;

namespace BooksForYou.ServiceKit.Storage;

/// <summary>
/// The database cannot be reached, or was too busy for too long. Nothing was written, so the same may be tried again later.
/// </summary>
public sealed class DatabaseUnavailableException : DbException
{
    internal DatabaseUnavailableException(DatabaseAddress address, Exception innerException)
        : base($"{address} is unavailable: {innerException.Message}", innerException)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
