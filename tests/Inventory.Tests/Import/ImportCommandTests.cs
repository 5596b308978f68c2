using System.Diagnostics;
using BooksForYou.Inventory.Import;

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
    public async Task Import_again_says_that_all_is_as_it_was()
    {
        using var folder = new ImportFolder();
        var file = folder.Write("title,author,shelf\nA book nobody has,A. N. Author,A1\n");
        await RunAsync("import", file, "--data-dir", folder.PathOf("data"));

        var (exitCode, output, _) = await RunAsync("import", file, "--data-dir", folder.PathOf("data"));

        Assert.Equal(0, exitCode);
        Assert.Contains("Columns that are not looked at: shelf", output, StringComparison.Ordinal);
        Assert.Contains("0 books added, 0 changed, 1 as they were, 0 rows rejected", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_killed_half_way_and_run_again_leaves_no_row_out_and_none_twice()
    {
        using var folder = new ImportFolder();
        var rows = Enumerable.Range(1, 20_000).Select(i => $"Volume number {i},Nobody{i % 400}");
        var file = folder.Write($"title,author\n{string.Join('\n', rows)}\n");
        string[] arguments = ["import", file, "--data-dir", folder.PathOf("data"), "--inventory-seed", "false"];
        using (var process = Start(arguments))
        {
            // The first line of progress comes after a transaction.
            Assert.NotNull(await process.StandardOutput.ReadLineAsync(Token));
            process.Kill();
            await process.WaitForExitAsync(Token);
            Assert.NotEqual(0, process.ExitCode);
        }

        var (exitCode, output, _) = await RunAsync(arguments);
        var (_, again, _) = await RunAsync(arguments);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(" 0 as they were", output, StringComparison.Ordinal);
        Assert.Contains("0 books added, 0 changed, 20,000 as they were, 0 rows rejected", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_help_says_which_columns()
    {
        var (exitCode, output, _) = await RunAsync("import", "--help");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("Usage: import FILE.csv", output, StringComparison.Ordinal);
        Assert.Contains(StoreLayout.Accepted, output, StringComparison.Ordinal);
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
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await error);
    }

    private static Process Start(string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "BooksForYou.Inventory.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
