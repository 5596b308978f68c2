using BooksForYou.Inventory.Search;

namespace BooksForYou.Inventory.Tests.Search;

public sealed class TypingErrorTests
{
    [Theory]
    [InlineData("potter", "poter", true)]
    [InlineData("potter", "pottter", true)]
    [InlineData("potter", "pooter", true)]
    [InlineData("potter", "optter", true)]
    [InlineData("potter", "pottre", true)]
    [InlineData("potter", "otter", true)]
    [InlineData("potter", "botter", true)]
    [InlineData("potter", "potterx", true)]
    [InlineData("potter", "potter", false)]
    [InlineData("potter", "ptoetr", false)]
    [InlineData("potter", "poe", false)]
    [InlineData("abcd", "badc", false)]
    [InlineData("", "a", true)]
    public void IsBetween_two_words_tells_one_error(string left, string right, bool expected)
    {
        Assert.Equal(expected, TypingError.IsBetween(left, right));
        Assert.Equal(expected, TypingError.IsBetween(right, left));
    }

    [Fact]
    public void Forms_words_one_error_apart_have_one_in_common()
    {
        const string Letters = "abcdeo";
        foreach (var word in new[] { "bode", "abode", "cobra", "aabbcc" })
        {
            foreach (var typed in Neighbours(word, Letters).Where(typed => typed.Length >= TypingError.ShortestWord && typed != word))
            {
                Assert.True(TypingError.IsBetween(word, typed), $"{word} {typed}");
                Assert.NotEmpty(TypingError.FormsOfWord(word).Intersect(TypingError.FormsOfTyped(typed)));
            }
        }
    }

    [Theory]
    [InlineData("cat")]
    [InlineData("19845")]
    [InlineData("abcdefghijklmnopqrstuvwxyz")]
    public void FormsOfTyped_short_long_or_number_has_none(string typed) => Assert.Empty(TypingError.FormsOfTyped(typed));

    private static IEnumerable<string> Neighbours(string word, string letters)
    {
        for (var i = 0; i <= word.Length; i++)
        {
            foreach (var letter in letters)
            {
                yield return word.Insert(i, letter.ToString());
                if (i < word.Length)
                {
                    yield return word.Remove(i, 1).Insert(i, letter.ToString());
                }
            }

            if (i < word.Length)
            {
                yield return word.Remove(i, 1);
            }

            if (i + 1 < word.Length)
            {
                yield return string.Concat(word.AsSpan(0, i), [word[i + 1], word[i]], word.AsSpan(i + 2));
            }
        }
    }
}
