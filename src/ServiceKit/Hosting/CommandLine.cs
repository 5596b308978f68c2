using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>The options that the process was started with.</summary>
/// <remarks>Settings are declared one after the other while modules add themselves, and each wants its value at once; what nobody has
/// declared is
/// known only at the end. So the line is parsed for each setting, leniently, and strictly in <see cref="Answer"/>.</remarks>
internal sealed class CommandLine
{
    private static readonly ParserConfiguration Configuration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    private readonly IReadOnlyList<string> _arguments;
    private readonly RootCommand _root = new(
        "Online Books For You. A setting can be given in appsettings.json, as an environment variable and as an option; the last one wins. A variable NAME_FILE, or an option --name-file, names a file with the value instead.");

    private readonly Option<bool> _health = new("--health")
    {
        Description = "Ask the instance that runs with these settings whether it is ready; exit code 0 if it is, 1 if not.",
    };

    private readonly Dictionary<Setting, Option<string>> _options = [];
    private readonly Dictionary<Setting, Option<string>> _files = [];

    public CommandLine(IReadOnlyList<string> arguments)
    {
        _arguments = arguments;
        _root.Options.Add(_health);
    }

    /// <summary>Whether the process was started only to ask another one for its health.</summary>
    public bool AsksForHealth => Parse().GetValue(_health);

    public void Add(Setting setting)
    {
        var option = setting.Alias is null ? new Option<string>(setting.Option) : new Option<string>(setting.Option, setting.Alias);
        option.HelpName = OptionName.From(setting.Name[(setting.Name.LastIndexOfAny([':', '_']) + 1)..]);
        option.Description = Describe(setting);
        _options.Add(setting, option);
        _root.Options.Add(option);

        // Said once for all of them and not listed: twice as long a list would be read half as well.
        var file = new Option<string>("--" + OptionName.From(setting.Name + SettingFile.Suffix)) { Hidden = true };
        _files.Add(setting, file);
        _root.Options.Add(file);
    }

    public string? ValueOf(Setting setting) => LastValueOf(_options[setting]);

    /// <summary>The file that the value of a setting is to be read from; null when none is named.</summary>
    public string? FileOf(Setting setting) => LastValueOf(_files[setting]);

    /// <summary>Answers --help, --version and mistakes.</summary>
    /// <returns>The exit code, or null when the process is to run.</returns>
    public int? Answer(TextWriter output, TextWriter error)
    {
        var parsed = Parse();
        if (parsed.Action is HelpAction || parsed.GetResult("--version") is not null)
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error });
        }

        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        foreach (var problem in Problems(parsed))
        {
            error.WriteLine(problem);
        }

        error.WriteLine("--help lists the options.");
        return 2;
    }

    private string? LastValueOf(Option<string> option) =>
        _arguments.Count > 0 && Parse().GetResult(option)?.Tokens is [.., var token] ? token.Value : null;

    private ParseResult Parse() => _root.Parse(_arguments, Configuration);

    private static string Describe(Setting setting)
    {
        var fallback = setting.Default is { Length: > 0 } value ? $", default {value}" : "";
        return $"{setting.Description} [{setting.Name}{fallback}]";
    }

    private IEnumerable<string> Problems(ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).Select(token => token.Split('=')[0]).ToList();
        if (unknown.Count > 0)
        {
            return unknown.Select(token => Closest(token) is { } known
                ? $"Unknown option {token}; did you mean {known}?"
                : $"Unknown option {token}.");
        }

        return parsed.UnmatchedTokens.Count > 0
            ? parsed.UnmatchedTokens.Select(token => $"Unexpected argument \"{token}\".")
            : parsed.Errors.Select(problem => problem.Message);
    }

    private string? Closest(string token) => _root.Options
        .SelectMany(option => option.Aliases.Append(option.Name))
        .Select(name => (Name: name, Distance: Distance(token, name)))
        .Where(candidate => candidate.Distance <= Math.Max(2, token.Length / 3))
        .OrderBy(candidate => candidate.Distance)
        .FirstOrDefault().Name;

    // How many letters to insert, delete or replace (Levenshtein).
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var replace = diagonal + (left[i] == right[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replace, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[^1];
    }
}
