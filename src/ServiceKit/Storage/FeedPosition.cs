using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace BooksForYou.ServiceKit.Storage;

/// <summary>A place in the feed: after the event of this transaction and number.</summary>
/// <param name="TransactionId">PostgreSQL's transaction id; 0 on SQLite, where the number says it all.</param>
/// <param name="EventNumber">The event's number.</param>
public readonly record struct FeedPosition(ulong TransactionId, long EventNumber)
{
    /// <summary>The place as callers keep it. What is in it is our business, and may change.</summary>
    /// <returns>The cursor.</returns>
    public string ToCursor() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1.{TransactionId}.{EventNumber}")));

    /// <summary>Reads a cursor; empty is the beginning, before the first event.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="position">The place.</param>
    /// <returns>Whether it is a cursor.</returns>
    public static bool TryParse(string cursor, out FeedPosition position)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        position = default;
        if (cursor.Length == 0)
        {
            return true;
        }

        if (cursor.Length > 100 || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.');
        if (parts is not ["1", var transaction, var number]
            || !ulong.TryParse(transaction, NumberStyles.None, CultureInfo.InvariantCulture, out var transactionId)
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var eventNumber))
        {
            return false;
        }

        position = new FeedPosition(transactionId, eventNumber);
        return true;
    }
}
