namespace BooksForYou.Marketplace.Web;

/// <summary>Where the keys are kept that protect the forms: readable by nobody but the shop's own user.</summary>
internal static class KeyFolder
{
    /// <summary>Opens the folder, and makes it if there is none.</summary>
    public static DirectoryInfo Open(string? dataDirectory)
    {
        var path = Path.GetFullPath(Path.Combine(string.IsNullOrWhiteSpace(dataDirectory) ? "data" : dataDirectory.Trim(), "keys"));
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
