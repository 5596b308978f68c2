using BooksForYou.TestGateway;
using BooksForYou.Transactions.Payments;

namespace BooksForYou.Transactions.Tests.Payments;

public class CardNumberTests
{
    [Theory]
    [InlineData("4242424242424242", "4242424242424242")]
    [InlineData("4242 4242 4242 4242", "4242424242424242")]
    [InlineData("3782-822463-10005", "378282246310005")]
    [InlineData("42424242424", null)]
    [InlineData("42424242424242424242", null)]
    [InlineData("4242 4242 4242 424O", null)]
    [InlineData("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", null)]
    [InlineData("", null)]
    [InlineData("                                                                4", null)]
    public void Digits_text_gives_digits_or_nothing(string text, string? expected) => Assert.Equal(expected, CardNumber.Digits(text));

    [Fact]
    public void HasValidCheckDigit_test_card_is_valid_and_with_any_digit_changed_is_not()
    {
        foreach (var number in TestCards.All.Select(card => card.Number))
        {
            Assert.True(CardNumber.HasValidCheckDigit(number));
            for (var index = 0; index < number.Length; index++)
            {
                var wrong = number[..index] + (char)('0' + ((number[index] - '0' + 1) % 10)) + number[(index + 1)..];
                Assert.False(CardNumber.HasValidCheckDigit(wrong), wrong);
            }
        }
    }

    [Theory]
    [InlineData("4242424242424242", "visa", 3)]
    [InlineData("5555555555554444", "mastercard", 3)]
    [InlineData("2221000000000009", "mastercard", 3)]
    [InlineData("378282246310005", "amex", 4)]
    [InlineData("36227206271667", "diners", 3)]
    [InlineData("6011111111111117", "discover", 3)]
    [InlineData("3530111333300000", "jcb", 3)]
    [InlineData("6240008631401148", "unionpay", 3)]
    [InlineData("6759649826438453", "maestro", 3)]
    [InlineData("9999999999999995", "", 3)]
    public void BrandOf_number_gives_brand_and_length_of_code(string number, string brand, int codeLength)
    {
        Assert.Equal(brand, CardNumber.BrandOf(number));
        Assert.Equal(codeLength, CardNumber.SecurityCodeLength(brand));
    }

    [Fact]
    public void BrandOf_test_cards_agrees_with_the_gateway() =>
        Assert.All(TestCards.All, card => Assert.Equal(card.Brand, CardNumber.BrandOf(card.Number)));
}
