namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>Something in the books that must not be.</summary>
/// <param name="Invariant">What does not hold.</param>
/// <param name="Text">For which key, and what was found.</param>
internal sealed record Finding(string Invariant, string Text)
{
    public override string ToString() => $"[{Invariant}] {Text}";
}
