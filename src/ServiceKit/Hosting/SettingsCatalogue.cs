using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>Every setting that the process knows, with its value.</summary>
internal sealed class SettingsCatalogue
{
    private readonly ConfigurationManager _configuration;
    private readonly CommandLine _commandLine;
    private readonly SettingsProvider _defaults;
    private readonly SettingsProvider _given;
    private readonly Dictionary<string, Setting> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _fromFiles = [];
    private readonly List<string> _fileProblems = [];
    private readonly List<Func<IEnumerable<string>>> _checks = [];

    public SettingsCatalogue(ConfigurationManager configuration, CommandLine commandLine, SettingsProvider defaults, SettingsProvider given)
    {
        _configuration = configuration;
        _commandLine = commandLine;
        _defaults = defaults;
        _given = given;
    }

    /// <summary>The value of a setting, without white space around it; null when it is not set or empty.</summary>
    public string? this[string name] => _configuration[name]?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>Whether somebody has given the setting a value, be it an empty one.</summary>
    public bool IsGiven(string name) => _configuration[name] is not null;

    /// <summary>Declares a setting. Declared twice, the first declaration stands: several modules may need the same one.</summary>
    public void Add(Setting setting)
    {
        if (!_settings.TryAdd(setting.Name, setting))
        {
            return;
        }

        _commandLine.Add(setting);
        if (_commandLine.ValueOf(setting) is { } value)
        {
            _given.Set(setting.Name, value);
        }

        ReadFile(setting);
        if (setting.Default is null)
        {
            return;
        }

        // An empty environment variable is how compose files and shells say "not set".
        var layer = _configuration[setting.Name] is { } text && string.IsNullOrWhiteSpace(text) ? _given : _defaults;
        layer.Set(setting.Name, setting.Default);
    }

    /// <summary>Adds a check that is made once at the start; it returns one line a problem.</summary>
    public void AddCheck(Func<IEnumerable<string>> check) => _checks.Add(check);

    /// <summary>All that is wrong with the settings, one line each.</summary>
    public IReadOnlyList<string> Problems()
    {
        // What came in a file may be a secret, whatever the setting is.
        var values = _settings.Values
            .Select(setting => setting with { IsSecret = setting.IsSecret || _fromFiles.Contains(setting.Name) })
            .Select(setting => setting.ProblemWith(_configuration[setting.Name]))
            .OfType<string>();
        return [.. _fileProblems, .. values, .. _checks.SelectMany(check => check())];
    }

    /// <summary>A whole number that has been checked; its default, or 0, when it is not a number.</summary>
    public int WholeNumber(string name) =>
        int.TryParse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        || int.TryParse(_settings[name].Default, CultureInfo.InvariantCulture, out number) ? number : 0;

    /// <summary>A time given in seconds, checked likewise.</summary>
    public TimeSpan Seconds(string name) =>
        double.TryParse(this[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        || double.TryParse(_settings[name].Default, CultureInfo.InvariantCulture, out number)
            ? TimeSpan.FromSeconds(number)
            : TimeSpan.Zero;

    private void ReadFile(Setting setting)
    {
        if (_commandLine.FileOf(setting) is { } file)
        {
            _given.Set(setting.Name + SettingFile.Suffix, file);
        }

        try
        {
            if (SettingFile.Read(_configuration, setting.Name) is { } value)
            {
                _given.Set(setting.Name, value);
                _fromFiles.Add(setting.Name);
            }
        }
        catch (StartException exception)
        {
            _fileProblems.AddRange(exception.Problems);
        }
    }
}
