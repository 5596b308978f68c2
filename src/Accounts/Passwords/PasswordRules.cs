using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace BooksForYou.Accounts.Passwords;

/// <summary>
/// What a password must be: long enough, and none of those that are tried first. Nothing is asked of its characters; that makes people put a 1 and a !
/// behind a word (NIST SP 800-63B, section 3.1.1.2).
/// </summary>
internal sealed class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 256;

    private const string ListName = "common-passwords.txt";
    private const int ShortestBase = 4;

    private static readonly string[] Rows =
        ["abcdefghijklmnopqrstuvwxyz", "0123456789012345678901234567890", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"];

    private readonly FrozenSet<string> _common = ReadList();

    /// <summary>Says what is wrong with a password; null when nothing is.</summary>
    /// <param name="password">The password.</param>
    /// <param name="email">The e-mail address of its owner.</param>
    /// <param name="name">The owner's name.</param>
    public string? ProblemWith(string password, string email, string name) => password.Length switch
    {
        < Shortest => $"must have at least {Shortest} characters",
        > Longest => $"must have at most {Longest} characters",
        _ when IsCommon(password) => "is one of those that are tried first: take one that nobody else has",
        _ when IsOwn(password, email) || IsOwn(password, name) => "must not be the name or the e-mail address",
        _ => null,
    };

    private static FrozenSet<string> ReadList()
    {
        var assembly = typeof(PasswordRules).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(name => name.EndsWith(ListName, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .ToFrozenSet(StringComparer.Ordinal);
    }

    private static bool IsOwn(string password, string own)
    {
        var mailbox = own.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? own[..at] : own;
        return new[] { own, mailbox }.Select(Letters).Any(text => text.Length >= ShortestBase && Unit(Letters(password)) is var unit && (unit == text || Letters(WithoutEnds(password)) == text));
    }

    private bool IsCommon(string password)
    {
        var lower = password.ToLowerInvariant();
        var plain = Plain(WithoutEnds(lower));
        return _common.Contains(lower)
            || Unit(lower).Length < ShortestBase
            || IsRow(lower)
            || IsRow(Unit(lower))
            || plain.Length == 0
            || _common.Contains(plain)
            || _common.Contains(Unit(plain))
            || _common.Contains(Unit(Plain(lower)))
            || IsMadeOfWords(plain);
    }

    // Two or three of the words, one after the other, or one of them and a row of keys.
    private bool IsMadeOfWords(string text)
    {
        var reached = new bool[text.Length + 1];
        reached[0] = true;
        for (var start = 0; start < text.Length; start++)
        {
            for (var end = start + ShortestBase; reached[start] && end <= text.Length; end++)
            {
                reached[end] |= _common.Contains(text[start..end]) || IsRow(text[start..end]);
            }
        }

        return reached[text.Length];
    }

    // What lies side by side on a keyboard or in the alphabet, forwards or backwards.
    private static bool IsRow(string text) =>
        text.Length >= ShortestBase && Rows.Any(row => row.Contains(text, StringComparison.Ordinal) || row.Contains(string.Concat(text.Reverse()), StringComparison.Ordinal));

    // The text that is repeated: "abc" for "abcabcabca".
    private static string Unit(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (Enumerable.Range(length, text.Length - length).All(index => text[index] == text[index - length]))
            {
                return text[..length];
            }
        }

        return text;
    }

    // "123!password2024!!" is a password with something put around it.
    private static string WithoutEnds(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && !char.IsLetter(text[start]) && !IsLetterLike(text[start]))
        {
            start++;
        }

        while (end > start && !char.IsLetter(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsLetterLike(char character) => character is '@' or '$';

    // "P@ssw0rd" is "password", and "pass-word" too.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var letter = character switch
            {
                '@' or '4' => 'a',
                '3' => 'e',
                '1' or '!' or '|' => 'i',
                '0' => 'o',
                '$' or '5' => 's',
                '7' => 't',
                _ => character,
            };
            if (char.IsLetter(letter))
            {
                plain.Append(letter);
            }
        }

        return plain.ToString();
    }

    private static string Letters(string text) => string.Concat(text.ToLower(CultureInfo.InvariantCulture).Where(char.IsLetterOrDigit));
}
