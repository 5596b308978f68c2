using Microsoft.Extensions.Configuration;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>
/// A setting that is given in a file: <c>X_FILE</c> is the path, and the content, without white space around it, the value of <c>X</c>. This is how
/// containers and Kubernetes hand over secrets.
/// </summary>
public static class SettingFile
{
    internal const string Suffix = "_FILE";

    /// <summary>Reads the file of a setting.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="name">The name of the setting, without <c>_FILE</c>.</param>
    /// <returns>The value, or null when no file is named.</returns>
    /// <exception cref="StartException">The file cannot be read or is empty, or the setting is given as well.</exception>
    public static string? Read(IConfiguration configuration, string name)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var fileSetting = name + Suffix;
        if (string.IsNullOrWhiteSpace(configuration[fileSetting]))
        {
            return null;
        }

        if (!string.IsNullOrWhiteSpace(configuration[name]))
        {
            throw new StartException($"{name} and {fileSetting} are both given; one of them is enough.");
        }

        var file = configuration[fileSetting]!.Trim();
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } value ? value : throw new StartException($"{fileSetting} is \"{file}\", which is empty; it takes {Accepts(name)}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartException($"{fileSetting} is \"{file}\", which cannot be read; it takes {Accepts(name)}.", exception);
        }
    }

    private static string Accepts(string name) => $"the path of a file with the value of {name}";
}
