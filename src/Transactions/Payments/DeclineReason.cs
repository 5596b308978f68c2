namespace BooksForYou.Transactions.Payments;

/// <summary>What a customer reads for the gateway's decline codes.</summary>
internal static class DeclineReason
{
    public static string For(string? code) => code switch
    {
        "insufficient_funds" => "The card was declined: the funds are insufficient.",
        "expired_card" => "The card was declined: it has expired.",
        "not_a_test_card" => "The card was declined: this is a test gateway, which takes its test cards only.",
        _ => "The card was declined. Your bank can tell you why.",
    };
}
