using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using BooksForYou.Contracts.Cart.V1;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>What is filled in of a promotion. Times are in Coordinated Universal Time. Cart has the last word on what is right.</summary>
internal sealed class PromotionForm
{
    /// <summary>The fields: the name in the contract, the name in the form, and the label.</summary>
    public static readonly (string Contract, string Name, string Label)[] Fields =
    [
        ("name", "Form.Name", "The name"),
        ("kind", "Form.Kind", "The kind"),
        ("from_time", "Form.From", "The beginning"),
        ("until_time", "Form.Until", "The end"),
        ("category", "Form.Category", "The category"),
        ("percent", "Form.Percent", "The percentage"),
    ];

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>The idempotency key: the same form sent twice creates one promotion.</summary>
    [AllowNull]
    public string Key { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Name { get; set => field = Clean(value); } = "";

    /// <summary>The kind, by its name in the contract's code.</summary>
    [AllowNull]
    public string Kind { get; set => field = Clean(value); } = nameof(PromotionKind.BuyTwoGetOneFree);

    [AllowNull]
    public string From { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Until { get; set => field = Clean(value); } = "";

    public bool On { get; set; }

    /// <summary>The category, by its name in addresses.</summary>
    [AllowNull]
    public string Category { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Percent { get; set => field = Clean(value); } = "";

    /// <summary>The form filled in with a promotion.</summary>
    public static PromotionForm Of(Promotion promotion) => new()
    {
        Name = promotion.Name,
        Kind = promotion.Kind.ToString(),
        From = Write(promotion.FromTime),
        Until = Write(promotion.UntilTime),
        On = promotion.On,
        Category = Categories.Find(promotion.Category)?.Slug ?? "",
        Percent = promotion.Percent > 0 ? promotion.Percent.ToString(CultureInfo.InvariantCulture) : "",
    };

    /// <summary>The promotion as it is filled in; what can be told to be wrong is told.</summary>
    public Promotion Read(FormProblems problems)
    {
        var promotion = new Promotion
        {
            Name = Name,
            Kind = Enum.TryParse<PromotionKind>(Kind, out var kind) ? kind : PromotionKind.Unspecified,
            FromTime = Read(From, "Form.From", problems),
            UntilTime = Read(Until, "Form.Until", problems),
            On = On,
        };
        if (Name.Length == 0)
        {
            problems.Add("Form.Name", "The name is missing.");
        }

        if (promotion is { FromTime: { } from, UntilTime: { } until } && until <= from)
        {
            problems.Add("Form.Until", "The end is not after the beginning.");
        }

        if (promotion.Kind == PromotionKind.PercentOffCategory)
        {
            ReadPercent(promotion, problems);
        }

        return promotion;
    }

    private static string Clean(string? text) => text?.Trim() ?? "";

    private static string Write(Timestamp? time) => time?.ToDateTime().ToString(TimeFormats[0], CultureInfo.InvariantCulture) ?? "";

    private static Timestamp? Read(string text, string field, FormProblems problems)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return Timestamp.FromDateTime(time);
        }

        problems.Add(field, "That is not a day and a time.");
        return null;
    }

    private void ReadPercent(Promotion promotion, FormProblems problems)
    {
        if (Categories.Find(Category) is { } category)
        {
            promotion.Category = category.Value;
        }
        else
        {
            problems.Add("Form.Category", "Choose the category.");
        }

        if (int.TryParse(Percent, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= 90)
        {
            promotion.Percent = percent;
        }
        else
        {
            problems.Add("Form.Percent", "The percentage is a whole number from 1 to 90.");
        }
    }
}
