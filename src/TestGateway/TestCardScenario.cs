namespace BooksForYou.TestGateway;

/// <summary>What the test gateway does with a card.</summary>
public enum TestCardScenario
{
    /// <summary>The payment is authorized.</summary>
    Approved,

    /// <summary>The payment is declined with the code <c>card_declined</c>.</summary>
    Declined,

    /// <summary>The payment is declined with the code <c>insufficient_funds</c>.</summary>
    InsufficientFunds,

    /// <summary>The payment is authorized, and the answer comes after the client has given up.</summary>
    TimesOutAfterCharging,

    /// <summary>The payment is authorized and later captured, and both times the connection is dropped instead of an answer.</summary>
    DropsAfterCharging,

    /// <summary>The payment is authorized after two seconds.</summary>
    Slow,

    /// <summary>The first two requests are answered with status 500 and change nothing; then the payment is authorized.</summary>
    FailsTwice,
}
