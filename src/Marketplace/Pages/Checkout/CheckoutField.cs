namespace BooksForYou.Marketplace.Pages;

/// <summary>A field of the checkout page.</summary>
/// <param name="Name">Its name in the form, which is also its id.</param>
/// <param name="Label">What it is called on the page.</param>
/// <param name="Autocomplete">What browsers may fill in (HTML, section 4.10.18.7).</param>
/// <param name="Longest">How many characters it takes.</param>
internal sealed record CheckoutField(string Name, string Label, string Autocomplete, int Longest)
{
    public string Type { get; init; } = "text";

    public string? InputMode { get; init; }

    public string? Hint { get; init; }

    public bool IsOptional { get; init; }

    /// <summary>Whether it is narrow, and may stand beside another.</summary>
    public bool IsShort { get; init; }
}
