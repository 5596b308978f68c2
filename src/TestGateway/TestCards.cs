namespace BooksForYou.TestGateway;

/// <summary>The cards that the test gateway knows: for the gateway itself, the checkout page and the tests. Every other card is declined.</summary>
public static class TestCards
{
    /// <summary>The code that a card which is not in the table is declined with.</summary>
    public const string UnknownCardDeclineCode = "not_a_test_card";

    /// <summary>The table.</summary>
    public static IReadOnlyList<TestCard> All { get; } =
    [
        new("4242424242424242", "visa", TestCardScenario.Approved, "is approved"),
        new("5555555555554444", "mastercard", TestCardScenario.Approved, "is approved"),
        new("378282246310005", "amex", TestCardScenario.Approved, "is approved; its security code has four digits"),
        new("4000000000000002", "visa", TestCardScenario.Declined, "is declined"),
        new("4000000000009995", "visa", TestCardScenario.InsufficientFunds, "is declined for insufficient funds"),
        new("4000000000000341", "visa", TestCardScenario.TimesOutAfterCharging, "is charged, and the answer comes too late"),
        new("4000000000000119", "visa", TestCardScenario.DropsAfterCharging, "is charged, and the connection drops"),
        new("4000000000000259", "visa", TestCardScenario.Slow, "is approved after two seconds"),
        new("4000000000000507", "visa", TestCardScenario.FailsTwice, "is approved after the gateway has failed twice"),
    ];

    /// <summary>The setting by which a web shop is told the table.</summary>
    public const string Setting = "TEST_CARDS";

    /// <summary>The table as that setting takes it: <c>NUMBER=what happens</c>, separated by <c>|</c>.</summary>
    /// <returns>The text.</returns>
    public static string ToSetting() => string.Join('|', All.Select(card => $"{card.Number}={card.Description}"));

    /// <summary>Finds a card of the table.</summary>
    /// <param name="number">The digits of the card.</param>
    /// <returns>The card, or null if it is not in the table.</returns>
    public static TestCard? Find(string number) => All.FirstOrDefault(card => card.Number == number);

    /// <summary>The number of the first card of a scenario.</summary>
    /// <param name="scenario">What shall happen.</param>
    /// <returns>The digits of the card.</returns>
    public static string NumberOf(TestCardScenario scenario) => All.First(card => card.Scenario == scenario).Number;
}
