namespace BooksForYou.Marketplace.Shopping;

/// <summary>The cards of a test gateway, for the checkout page to offer. With a real gateway there are none, and the page says nothing of it.</summary>
/// <param name="Cards">Number and what happens with it.</param>
internal sealed record TestCardList(IReadOnlyList<(string Number, string Description)> Cards)
{
    /// <summary>Reads <c>TEST_CARDS</c>: <c>NUMBER=what happens</c>, separated by <c>|</c>.</summary>
    public static TestCardList Read(IConfiguration configuration) => new([.. (configuration["TEST_CARDS"] ?? "")
        .Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => entry.Split('=', 2, StringSplitOptions.TrimEntries))
        .Where(parts => parts.Length == 2)
        .Select(parts => (Group(parts[0]), parts[1]))]);

    private static string Group(string number) => string.Join(' ', number.Chunk(4).Select(digits => new string(digits)));
}
