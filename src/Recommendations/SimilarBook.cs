using BooksForYou.Recommendations.Catalogue;

namespace BooksForYou.Recommendations;

/// <summary>A book that is like another one.</summary>
/// <param name="Book">The book.</param>
/// <param name="Reason">What they have in common, as a sentence for the reader.</param>
internal readonly record struct SimilarBook(Book Book, string Reason);
