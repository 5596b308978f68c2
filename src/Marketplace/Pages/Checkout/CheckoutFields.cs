namespace BooksForYou.Marketplace.Pages;

/// <summary>The fields of the checkout page, in their order; the card is never filled in by the shop.</summary>
internal static class CheckoutFields
{
    public static readonly CheckoutField Email = new(nameof(CheckoutForm.Email), "E-mail address", "email", 254) { Type = "email", Hint = "The receipt is sent to it." };
    public static readonly CheckoutField Country = new(nameof(CheckoutForm.Country), "Country", "country", 2);
    public static readonly CheckoutField Number = new(nameof(CheckoutForm.Number), "Card number", "cc-number", 38) { InputMode = "numeric" };

    public static readonly IReadOnlyList<CheckoutField> Address =
    [
        new(nameof(CheckoutForm.Name), "Name", "name", 100),
        new(nameof(CheckoutForm.Street), "Street and number", "address-line1", 100),
        new(nameof(CheckoutForm.Street2), "Flat, floor or company", "address-line2", 100) { IsOptional = true },
        new(nameof(CheckoutForm.PostalCode), "Postal code", "postal-code", 20) { IsOptional = true, IsShort = true },
        new(nameof(CheckoutForm.City), "Town", "address-level2", 100) { IsShort = true },
    ];

    public static readonly IReadOnlyList<CheckoutField> Card =
    [
        Number,
        new(nameof(CheckoutForm.Expiry), "Expiry date", "cc-exp", 7) { InputMode = "numeric", Hint = "Month and year, such as 04/29.", IsShort = true },
        new(nameof(CheckoutForm.SecurityCode), "Security code", "cc-csc", 4) { InputMode = "numeric", Hint = "Three digits on the back, four on the front.", IsShort = true },
        new(nameof(CheckoutForm.Holder), "Name on the card", "cc-name", 100) { IsOptional = true },
    ];

    /// <summary>All of them, as they stand on the page.</summary>
    public static readonly IReadOnlyList<CheckoutField> All = [Email, .. Address, Country, .. Card];

    /// <summary>The field that a service means.</summary>
    public static CheckoutField? Find(string violated) => violated switch
    {
        "email" => Email,
        "address.country" => Country,
        "address.name" => Of(nameof(CheckoutForm.Name)),
        "address.street" => Of(nameof(CheckoutForm.Street)),
        "address.street2" => Of(nameof(CheckoutForm.Street2)),
        "address.postal_code" => Of(nameof(CheckoutForm.PostalCode)),
        "address.city" => Of(nameof(CheckoutForm.City)),
        "card.number" => Number,
        "card.expiry_month" or "card.expiry_year" => Of(nameof(CheckoutForm.Expiry)),
        "card.security_code" => Of(nameof(CheckoutForm.SecurityCode)),
        "card.holder" => Of(nameof(CheckoutForm.Holder)),
        _ => null,
    };

    private static CheckoutField Of(string name) => All.First(field => field.Name == name);
}
