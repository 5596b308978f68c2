namespace BooksForYou.Marketplace.Pages;

/// <summary>What the basket says after a change. Addresses hold the name of a notice only, so that nobody else can put words on the page.</summary>
internal static class BasketNotice
{
    public const string Added = "added";
    public const string Changed = "changed";
    public const string Removed = "removed";
    public const string Most = "most";
    public const string Full = "full";
    public const string Gone = "gone";
    public const string NotSaved = "not-saved";
    public const string WrongNumber = "number";
    public const string Empty = "empty";

    /// <summary>The words of a notice; null when there is none of that name.</summary>
    public static string? TextOf(string? notice) => notice switch
    {
        Added => "It is in your basket.",
        Changed => "Your basket has been changed.",
        Removed => "The book is out of your basket.",
        Most => "There are 99 copies of it in your basket now. That is as many as one order takes.",
        Full => "That book could not be added: it is gone, or your basket has a hundred different books already.",
        Gone => "That book was not in your basket any more.",
        NotSaved => "We could not reach your basket to make that change. Please look at it and try again.",
        WrongNumber => "Choose from 1 to 99 copies.",
        Empty => "Your basket is empty, so there is nothing to pay.",
        _ => null,
    };
}
