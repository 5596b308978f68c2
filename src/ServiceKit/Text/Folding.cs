using System.Collections.Frozen;
using System.Text;

namespace BooksForYou.ServiceKit.Text;

/// <summary>
/// Takes text apart into words without regard to case, accents and punctuation. Search indexes these words on both engines and asks for them,
/// so that both find the same, and the order by title is their order; the word filter of reviews looks for them.
/// </summary>
/// <remarks>
/// The framework's own normalization needs ICU, which the store does without, so the letters with accents are listed here: those of the
/// Latin, Greek and Cyrillic scripts in Unicode. An apostrophe does not end a word, and initials make one word: J.K. is jk.
/// </remarks>
public static class Folding
{
    private const int LongestWord = 64;

    // A letter, and then everything that is taken for it.
    private static readonly string[] Letters =
    [
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "bḃḅḇ", "cçćĉċčḉ", "dďḋḍḏḑḓđð", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "fḟ", "gĝğġģǧǵḡ",
        "hĥȟḣḥḧḩḫẖħ", "iìíîïĩīĭįǐȉȋḭḯỉịı", "jĵǰ", "kķǩḱḳḵ", "lĺļľḷḹḻḽł", "mḿṁṃ", "nñńņňǹṅṇṉṋ", "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿ",
        "pṕṗ", "rŕŗřȑȓṙṛṝṟ", "sśŝşšſșṡṣṥṧṩẛ", "tţťțṫṭṯṱẗŧ", "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "vṽṿ", "wŵẁẃẅẇẉẘ", "xẋẍ",
        "yýÿŷȳẏẙỳỵỷỹ", "zźżžẑẓẕ", "αάἀἁἂἃἄἅἆἇὰᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ", "εέἐἑἒἓἔἕὲ", "ηήἠἡἢἣἤἥἦἧὴᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ",
        "ιΐίϊἰἱἲἳἴἵἶἷὶῐῑῒῖῗ", "οόὀὁὂὃὄὅὸ", "ρῤῥ", "σς", "υΰϋύὐὑὒὓὔὕὖὗὺῠῡῢῦῧ", "ωώὠὡὢὣὤὥὦὧὼᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ", "аӑӓ", "гѓ",
        "еѐёӗ", "жӂӝ", "зӟ", "иѝӣӥй", "кќ", "оӧ", "уўӯӱӳ", "чӵ", "ыӹ", "эӭ", "іï",
    ];

    private static readonly FrozenDictionary<char, char> Bases = Letters
        .SelectMany(letter => letter.Skip(1).Select(accented => (accented, plain: letter[0])))
        .DistinctBy(pair => pair.accented)
        .ToFrozenDictionary(pair => pair.accented, pair => pair.plain);

    /// <summary>The words of a text, folded, one space between two.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The words.</returns>
    public static string Key(string text) => string.Join(' ', Words(text));

    /// <summary>The words of a text, folded, in order.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The words; none is empty.</returns>
    public static IReadOnlyList<string> Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        var word = new StringBuilder();
        var initialsGoOn = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (TryFold(Rune.ToLowerInvariant(rune), word) || IsInsideWord(rune))
            {
                continue;
            }

            var isInitial = word.Length == 1 && rune.Value == '.';
            initialsGoOn = End(word, words, initialsGoOn) ? isInitial : initialsGoOn && rune.Value == ' ';
        }

        End(word, words, initialsGoOn);
        return words;
    }

    private static bool TryFold(Rune lower, StringBuilder word)
    {
        if (word.Length >= LongestWord)
        {
            return Rune.IsLetterOrDigit(lower);
        }

        switch (lower.Value)
        {
            case 'ß':
                word.Append("ss");
                return true;
            case 'æ' or 'ǣ' or 'ǽ':
                word.Append("ae");
                return true;
            case 'œ':
                word.Append("oe");
                return true;
            case 'þ':
                word.Append("th");
                return true;
            case 'ĳ':
                word.Append("ij");
                return true;
        }

        if (lower.IsBmp && Bases.TryGetValue((char)lower.Value, out var plain))
        {
            word.Append(plain);
            return true;
        }

        if (!Rune.IsLetterOrDigit(lower))
        {
            return false;
        }

        word.Append(lower);
        return true;
    }

    // Combining accents (U+0300 to U+036F) and apostrophes.
    private static bool IsInsideWord(Rune rune) => rune.Value is (>= 0x300 and <= 0x36F) or '\'' or '\u2019' or '\u02BC' or '\u00AD';

    // Returns whether a word has ended.
    private static bool End(StringBuilder word, List<string> words, bool joinsInitials)
    {
        if (word.Length == 0)
        {
            return false;
        }

        if (joinsInitials && word.Length == 1)
        {
            words[^1] += word.ToString();
        }
        else
        {
            words.Add(word.ToString());
        }

        word.Clear();
        return true;
    }
}
