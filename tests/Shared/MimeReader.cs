using System.Diagnostics;
using System.Text.Json;

namespace BooksForYou.Tests;

/// <summary>A mail as Python's email package reads it: somebody else's reading of the standards.</summary>
internal sealed record MimeReader(Dictionary<string, string> Headers, string Text, string Html, string[] Defects)
{
    private const string Script =
        """
        import email, email.policy, json, sys
        mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
        text, html = mail.get_body(("plain",)), mail.get_body(("html",))
        lines = lambda part: part.get_content().replace("\r\n", "\n")
        defects = [repr(d) for part in mail.walk() for d in part.defects] + [repr(d) for v in mail.values() for d in v.defects]
        print(json.dumps({"Headers": {k: str(v) for k, v in mail.items()}, "Text": lines(text), "Html": lines(html), "Defects": defects}))
        """;

    public static MimeReader Read(string mail)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.Write(mail);
        process.StandardInput.Close();
        return JsonSerializer.Deserialize<MimeReader>(process.StandardOutput.ReadToEnd())!;
    }
}
