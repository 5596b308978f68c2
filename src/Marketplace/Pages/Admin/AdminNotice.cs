namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>What a page of the admin area says after a form. Addresses hold the name of a notice only.</summary>
internal static class AdminNotice
{
    public const string Saved = "saved";
    public const string Added = "added";
    public const string Adjusted = "adjusted";
    public const string Cancelled = "cancelled";
    public const string TurnedOn = "on";
    public const string TurnedOff = "off";
    public const string Shown = "shown";
    public const string Hidden = "hidden";
    public const string Retried = "retried";

    /// <summary>The words of a notice; null when there is none of that name.</summary>
    public static string? TextOf(string? notice) => notice switch
    {
        Saved => "Saved.",
        Added => "Added.",
        Adjusted => "The stock is changed, and the ledger has the reason.",
        Cancelled => "The order is cancelled. The money goes back to the card, and the copies to the shelf.",
        TurnedOn => "The promotion is turned on.",
        TurnedOff => "The promotion is turned off.",
        Shown => "The review is shown to everybody.",
        Hidden => "The review is hidden.",
        Retried => "It will be sent again.",
        _ => null,
    };
}
