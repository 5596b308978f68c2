namespace BooksForYou.Marketplace.Tests.Covers;

/// <summary>Titles that are hard to set.</summary>
internal static class HardTitles
{
    public static readonly IReadOnlyList<string> All =
    [
        "",
        " ",
        "W",
        "It",
        "1984",
        "The Strange and Surprising Adventures of a Perfectly Ordinary Bookseller Who Lived Eight Hundred and Twenty Years All Alone",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        new string('M', 120),
        new string('i', 400),
        "雪国とその他の短編小説集 第一巻 そして誰もいなくなった後の長い長い物語",
        "백년의 고독과 그 밖의 이야기",
        "ألف ليلة وليلة",
        "סיפור על אהבה וחושך",
        "หนึ่งร้อยปีแห่งความโดดเดี่ยว",
        "📚 Emoji 🎉👩‍👩‍👧‍👦 Book 🇫🇷🇯🇵🇧🇷",
        "Z̸̢̛a̶͝l̷̨͘g̴̛͜o̸͠ ̵̢͝h̷͘e̸͢ ̶̛c̷͝o̵͟m̶͜e̷͞s̸͡",
        "<script>alert('x')</script> & \"quotes\" ]]> <!-- -->",
        "Nul\0, bell\a, delete\u007f, lone \ud800 surrogate \udc00, \ufffe and \uffff",
        "Line\nbreak\tand\u2028separator",
        "Sapiens: A Brief History of Humankind",
        "Everything: " + string.Join(' ', Enumerable.Repeat("and one thing more", 20)),
        ": : :",
    ];

    public static TheoryData<string> Theory => [.. All];
}
