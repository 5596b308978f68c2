namespace BooksForYou.Deploy.Tests;

/// <summary>
/// A copy of the repository in a temporary folder, for a test that adds to it; with what has been built of some projects, so that they are not built
/// again.
/// </summary>
internal sealed class RepositoryCopy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("booksforyou-");

    private RepositoryCopy()
    {
    }

    public string Root => _folder.FullName;

    public static async Task<RepositoryCopy> MakeAsync(params string[] builtProjects)
    {
        var copy = new RepositoryCopy();
        await using var git = ProgramRun.Start("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        Assert.Equal(0, await git.WaitForExitAsync());
        var files = git.Output.Trim().Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Repository.Root, file)));
        var built = builtProjects.SelectMany(project => new[] { "bin", "obj" }.Select(output => Path.Combine(Repository.Root, "src", project, output)))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        foreach (var file in files.Concat(built))
        {
            var target = Path.Combine(copy.Root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, file), target);
        }

        return copy;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
