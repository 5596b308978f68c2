using System.Diagnostics;
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

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

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
            using var gate = OpenGate(file);
            if (!File.Exists(file))
            {
                Make(file);
            }
        }

        return Checked(File.ReadAllText(file).Trim(), file);
    }

    // One process at a time: a file that is moved to a name may replace another's that came there a moment before. The gate is deleted behind each; whoever then
    // goes through another one finds the secret.
    private static FileStream OpenGate(string file)
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

        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream($"{file}.lock", Options(FileMode.OpenOrCreate, FileOptions.DeleteOnClose));
            }
            catch (IOException) when (waiting.Elapsed < LongestWait)
            {
                // The thread waits, since the secret is a value and not a task for all who read it: once in the life of the data, for as long as another process
                // takes to write 64 characters. There is no call to wait for a file lock with.
                Thread.Sleep(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    // Written beside and then moved to its name: whoever sees the file sees all of it.
    private static void Make(string file)
    {
        var draft = $"{file}.{Environment.ProcessId}.{RandomNumberGenerator.GetHexString(8)}";
        using (var writer = new StreamWriter(draft, Options(FileMode.CreateNew, FileOptions.None)))
        {
            writer.Write(RandomNumberGenerator.GetHexString(64, lowercase: true));
        }

        File.Move(draft, file);
    }

    private static FileStreamOptions Options(FileMode mode, FileOptions options)
    {
        var all = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None, Options = options };
        if (!OperatingSystem.IsWindows())
        {
            all.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return all;
    }

    private static string Checked(string secret, string file) => secret.Length >= LeastLength
        ? secret
        : throw new StartException($"{file} must hold a secret of at least {LeastLength} characters.");
}
