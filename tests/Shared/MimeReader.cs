using System.Diagnostics;
using System.Text.Json;

namespace BooksForYou.Tests;

/// <summary>A mail as Python's email package reads it: somebody else's reading of the standards.</summary>
internal sealed record MimeReader(Dictionary<string, string> Headers, string Text, string Html, string[] Defects)
{
    private const string Script =
        """
        import email, email.policy, json, sys
        def read(written):
            mail = email.message_from_bytes(written.encode("latin-1"), policy=email.policy.default)
            text, html = mail.get_body(("plain",)), mail.get_body(("html",))
            lines = lambda part: part.get_content().replace("\r\n", "\n")
            defects = [repr(d) for part in mail.walk() for d in part.defects] + [repr(d) for v in mail.values() for d in v.defects]
            return {"Headers": {k: str(v) for k, v in mail.items()}, "Text": lines(text), "Html": lines(html), "Defects": defects}
        json.dump([read(mail) for mail in json.load(sys.stdin)], sys.stdout)
        """;

    public static MimeReader Read(string mail) => ReadAll([mail])[0];

    /// <summary>Reads mails with one start of Python, which costs more than any of them.</summary>
    public static IReadOnlyList<MimeReader> ReadAll(IEnumerable<string> mails)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.Write(JsonSerializer.Serialize(mails));
        process.StandardInput.Close();
        return JsonSerializer.Deserialize<MimeReader[]>(process.StandardOutput.ReadToEnd())!;
    }
}
