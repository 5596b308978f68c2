using System.Collections.Frozen;
using BooksForYou.ServiceKit.Text;
using Microsoft.Extensions.Options;

namespace BooksForYou.Reviews;

/// <summary>Finds words that an admin is to look at before everybody sees them: whole words, without regard to case and accents.</summary>
internal sealed class WordFilter(IOptions<ReviewsOptions> options)
{
    private const string Resource = "words.txt";

    private readonly FrozenSet<string> _words = Read(options.Value.WordFile);

    /// <summary>Whether one of the texts has such a word.</summary>
    public bool Finds(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (Folding.Words(text).Any(_words.Contains))
            {
                return true;
            }
        }

        return false;
    }

    private static FrozenSet<string> Read(string file)
    {
        using var embedded = new StreamReader(typeof(WordFilter).Assembly.GetManifestResourceStream(Resource)!);
        var lines = embedded.ReadToEnd().Split('\n').Concat(file.Length > 0 ? File.ReadLines(file) : []);
        return lines.Select(line => line.Split('#')[0]).SelectMany(Folding.Words).ToFrozenSet();
    }
}
