using System.Buffers.Text;
using System.Security.Cryptography;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Reviews;

/// <summary>The names of reviews: 128 random bits in base64url.</summary>
internal static class ReviewId
{
    private const int Length = 22;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Gives an id that a review can have; PostgreSQL does not take every text.</summary>
    /// <exception cref="NotFoundException">No review has it.</exception>
    public static string Check(string reviewId) =>
        reviewId.Length == Length && reviewId.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? reviewId
            : throw NotFound();

    public static NotFoundException NotFound() => new("There is no such review.");
}
