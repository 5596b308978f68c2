using System.Security.Cryptography;
using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.ServiceKit.Security;

/// <summary>
/// What the services of a store prove to Accounts that they are services with. It is given as SERVICE_SECRET, or in the file SERVICE_SECRET_FILE; without
/// either it is the one in DATA_DIR/keys/service-secret, which the first process that needs it makes.
/// </summary>
public sealed class ServiceSecret
{
    internal const int LeastLength = 32;
    internal const string FileName = "service-secret";

    private readonly Lazy<string> _value;

    internal ServiceSecret(SettingsCatalogue settings) => _value = new Lazy<string>(() => Read(
        settings[SecurityModule.Secret.Name], settings[HostingModule.DataDirectory.Name] ?? "data"));

    /// <summary>The secret. It must appear nowhere.</summary>
    public string Value => _value.Value;

    private static string Read(string? given, string dataDirectory) =>
        given is { Length: > 0 } ? given : ReadOrMake(Path.Combine(dataDirectory, "keys"));

    private static string ReadOrMake(string folder)
    {
        var file = Path.GetFullPath(Path.Combine(folder, FileName));
        if (!File.Exists(file))
        {
            Make(file);
        }

        return Checked(File.ReadAllText(file).Trim(), file);
    }

    // Written beside and then linked to its name: whoever sees the file sees all of it, and of several processes one wins.
    private static void Make(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var draft = $"{file}.{Environment.ProcessId}.{RandomNumberGenerator.GetHexString(8)}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(RandomNumberGenerator.GetHexString(64, lowercase: true));
        }

        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }

    private static string Checked(string secret, string file) => secret.Length >= LeastLength
        ? secret
        : throw new StartException($"{file} must hold a secret of at least {LeastLength} characters.");
}
