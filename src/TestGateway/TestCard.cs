namespace BooksForYou.TestGateway;

/// <summary>A card that the test gateway knows. Any expiry to come and any security code of the right length will do.</summary>
/// <param name="Number">The card's number, digits only; it passes the check of ISO/IEC 7812-1, annex B.</param>
/// <param name="Brand">The card's brand, as in the gateway's answers.</param>
/// <param name="Scenario">What happens.</param>
/// <param name="Description">What happens, in words for people.</param>
public sealed record TestCard(string Number, string Brand, TestCardScenario Scenario, string Description);
