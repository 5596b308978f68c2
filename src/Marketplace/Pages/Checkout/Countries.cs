namespace BooksForYou.Marketplace.Pages;

/// <summary>The countries that the shop sends books to, by the names that visitors look for.</summary>
internal static class Countries
{
    /// <summary>Code in ISO 3166-1 and name, by name.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } =
    [
        ("AR", "Argentina"), ("AU", "Australia"), ("AT", "Austria"), ("BE", "Belgium"), ("BR", "Brazil"), ("BG", "Bulgaria"), ("CA", "Canada"),
        ("CL", "Chile"), ("HR", "Croatia"), ("CY", "Cyprus"), ("CZ", "Czechia"), ("DK", "Denmark"), ("EE", "Estonia"), ("FI", "Finland"),
        ("FR", "France"), ("DE", "Germany"), ("GR", "Greece"), ("HU", "Hungary"), ("IS", "Iceland"), ("IN", "India"), ("IE", "Ireland"),
        ("IL", "Israel"), ("IT", "Italy"), ("JP", "Japan"), ("LV", "Latvia"), ("LI", "Liechtenstein"), ("LT", "Lithuania"), ("LU", "Luxembourg"),
        ("MT", "Malta"), ("MX", "Mexico"), ("NL", "Netherlands"), ("NZ", "New Zealand"), ("NO", "Norway"), ("PL", "Poland"), ("PT", "Portugal"),
        ("RO", "Romania"), ("RS", "Serbia"), ("SG", "Singapore"), ("SK", "Slovakia"), ("SI", "Slovenia"), ("ZA", "South Africa"), ("KR", "South Korea"),
        ("ES", "Spain"), ("SE", "Sweden"), ("CH", "Switzerland"), ("TR", "Türkiye"), ("UA", "Ukraine"), ("GB", "United Kingdom"), ("US", "United States"),
    ];

    /// <summary>The name of a country; its code when the shop does not send books there.</summary>
    public static string NameOf(string code) => All.FirstOrDefault(country => country.Code == code) is { Name: { } name } ? name : code;
}
