using System.Diagnostics.CodeAnalysis;
using BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>What is filled in of a campaign.</summary>
internal sealed class CampaignForm
{
    public const int LongestSubject = 200;
    public const int LongestText = 5000;

    /// <summary>The fields: the name in the contract, the name in the form, and the label.</summary>
    public static readonly (string Contract, string Name, string Label)[] Fields =
    [
        ("promotion_id", "Form.Promotion", "The promotion"),
        ("subject", "Form.Subject", "The subject"),
        ("text", "Form.Text", "The text"),
    ];

    /// <summary>The campaign's id: the same form sent twice starts one campaign.</summary>
    [AllowNull]
    public string Key { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Promotion { get; set => field = Clean(value); } = "";

    /// <summary>The subject; empty for one made of the promotion's name.</summary>
    [AllowNull]
    public string Subject { get; set => field = Clean(value); } = "";

    /// <summary>The text; empty for one made of the promotion.</summary>
    [AllowNull]
    public string Text { get; set => field = Clean(value); } = "";

    /// <summary>Tells what is wrong, as far as that can be told without asking.</summary>
    public void Check(FormProblems problems)
    {
        if (Promotion.Length == 0)
        {
            problems.Add("Form.Promotion", "Choose a promotion.");
        }

        if (Subject.Length > LongestSubject)
        {
            problems.Add("Form.Subject", $"The subject has more than {LongestSubject} characters.");
        }

        if (Text.Length > LongestText)
        {
            problems.Add("Form.Text", $"The text has more than {LongestText:N0} characters.");
        }
    }

    /// <summary>The campaign to be started.</summary>
    public StartCampaignRequest ToRequest() => new() { CampaignId = Key, PromotionId = Promotion, Subject = Subject, Text = Text };

    private static string Clean(string? text) => text?.ReplaceLineEndings("\n").Trim() ?? "";
}
