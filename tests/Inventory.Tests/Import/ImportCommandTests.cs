using System.Diagnostics;

namespace BooksForYou.Inventory.Tests.Import;

/// <summary>The command as a person runs it: a process, its exit code and what it prints.</summary>
public sealed class ImportCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_good_and_bad_rows_sums_up_and_ends_with_0()
    {
        using var folder = new ImportFolder();
        var file = folder.Write("title,author\nA book nobody has,A. N. Author\n,\n");

        var (exitCode, output, error) = await RunAsync("import", file, "--data-dir", folder.PathOf("data"));

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("1 books added, 0 changed, 0 as they were, 1 rows rejected", output, StringComparison.Ordinal);
        Assert.Contains(folder.PathOf("books.rejected.csv"), output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_nothing_but_bad_rows_ends_with_1()
    {
        using var folder = new ImportFolder();

        Assert.Equal(1, (await RunAsync("import", folder.Write("title,author\n,\n"), "--data-dir", folder.PathOf("data"))).ExitCode);
    }

    [Fact]
    public async Task Import_missing_file_says_so_in_one_line()
    {
        using var folder = new ImportFolder();

        var (exitCode, _, error) = await RunAsync("import", folder.PathOf("none.csv"), "--data-dir", folder.PathOf("data"));

        Assert.Equal(1, exitCode);
        Assert.Equal($"import: There is no file {folder.PathOf("none.csv")}", error.Trim());
    }

    [Fact]
    public async Task Import_no_file_or_unknown_setting_ends_with_2()
    {
        Assert.Equal(2, (await RunAsync("import")).ExitCode);
        Assert.Equal(2, (await RunAsync("import", "books.csv", "--no-such-setting", "1")).ExitCode);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "BooksForYou.Inventory.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await error);
    }
}
