using System.Text.RegularExpressions;

namespace BooksForYou.Deploy.Tests;

/// <summary>What is in the repository, and what must not be.</summary>
public sealed partial class RepositoryTests
{
    [Fact]
    public async Task Files_of_the_repository_hold_no_private_key()
    {
        await using var git = ProgramRun.Start("git", ["ls-files", "-z"]);
        Assert.Equal(0, await git.WaitForExitAsync());
        var files = git.Output.Trim().Split('\0', StringSplitOptions.RemoveEmptyEntries);

        var withKey = files.Where(file => PrivateKey().IsMatch(File.ReadAllText(Path.Combine(Repository.Root, file))));

        Assert.NotEmpty(files);
        Assert.Empty(withKey);
    }

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----\\s+[A-Za-z0-9+/]{20}")]
    private static partial Regex PrivateKey();
}
