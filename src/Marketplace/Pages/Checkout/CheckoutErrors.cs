namespace BooksForYou.Marketplace.Pages;

/// <summary>What is wrong with a filled-in form, field by field. No message repeats what a field holds.</summary>
internal sealed class CheckoutErrors
{
    private readonly Dictionary<string, string> _byField = new(StringComparer.Ordinal);

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => _byField.Count == 0;

    /// <summary>The fields that are wrong and why, in the order of the page.</summary>
    public IEnumerable<(CheckoutField Field, string Message)> All =>
        CheckoutFields.All.Where(one => _byField.ContainsKey(one.Name)).Select(one => (one, _byField[one.Name]));

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? this[CheckoutField field] => _byField.GetValueOrDefault(field.Name);

    /// <summary>What can be told without asking anybody. The services have the last word.</summary>
    public static CheckoutErrors Of(CheckoutForm form)
    {
        var errors = new CheckoutErrors();
        foreach (var field in CheckoutFields.All)
        {
            var value = ValueOf(form, field);
            if (value.Length == 0 && !field.IsOptional)
            {
                errors.Add(field, field == CheckoutFields.Country ? "Choose a country." : $"{field.Label} is missing.");
            }
            else if (value.Length > field.Longest)
            {
                errors.Add(field, $"{field.Label} has more than {field.Longest} characters.");
            }
        }

        if (form.Email.Length > 0 && form.Email.IndexOf('@', StringComparison.Ordinal) < 1)
        {
            errors.Add(CheckoutFields.Email, "The e-mail address needs an @, as in name@example.com.");
        }

        if (form.Number.Length > 0 && !IsCardNumber(form.Number))
        {
            errors.Add(CheckoutFields.Number, "That is not a card number. Please check its digits.");
        }

        if (form.Expiry.Length > 0 && CardExpiry.Parse(form.Expiry) is null)
        {
            errors.Add(CheckoutFields.Find("card.expiry_month")!, "Write the expiry date as on the card, such as 04/29.");
        }

        return errors;
    }

    /// <summary>What the services found wrong.</summary>
    public static CheckoutErrors Of(IEnumerable<KeyValuePair<string, string>> violations)
    {
        var errors = new CheckoutErrors();
        foreach (var (name, description) in violations)
        {
            if (CheckoutFields.Find(name) is { } field)
            {
                errors.Add(field, $"{field.Label} {description}.");
            }
        }

        return errors;
    }

    /// <summary>What was typed into a field.</summary>
    public static string ValueOf(CheckoutForm form, CheckoutField field) => field.Name switch
    {
        nameof(CheckoutForm.Email) => form.Email,
        nameof(CheckoutForm.Name) => form.Name,
        nameof(CheckoutForm.Street) => form.Street,
        nameof(CheckoutForm.Street2) => form.Street2,
        nameof(CheckoutForm.PostalCode) => form.PostalCode,
        nameof(CheckoutForm.City) => form.City,
        nameof(CheckoutForm.Country) => form.Country,
        nameof(CheckoutForm.Number) => form.Number,
        nameof(CheckoutForm.Expiry) => form.Expiry,
        nameof(CheckoutForm.SecurityCode) => form.SecurityCode,
        nameof(CheckoutForm.Holder) => form.Holder,
        _ => "",
    };

    /// <summary>12 to 19 digits, of which the last is right (the formula of Luhn, ISO/IEC 7812-1, annex B).</summary>
    private static bool IsCardNumber(string text)
    {
        var digits = text.Where(character => character is not (' ' or '-')).ToArray();
        return digits.Length is >= 12 and <= 19 && digits.All(char.IsAsciiDigit)
            && digits.Reverse().Select((digit, index) => (digit - '0') * (index % 2 + 1)).Sum(value => value > 9 ? value - 9 : value) % 10 == 0;
    }

    private void Add(CheckoutField field, string message) => _byField.TryAdd(field.Name, message);
}
