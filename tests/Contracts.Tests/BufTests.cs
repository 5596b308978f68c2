using System.Diagnostics;

namespace BooksForYou.Contracts.Tests;

/// <summary>The contracts under <c>protos/</c>: their style, their layout, and that what clients know stays as it is.</summary>
public sealed class BufTests
{
    private static readonly string Buf = Path.Combine(Repository.Root, "node_modules", ".bin", "buf");
    private static readonly string Baseline = Path.Combine(Repository.Root, "protos", "baseline.binpb");

    [Fact]
    public async Task Protos_pass_lint() => await SucceedsAsync("lint", "protos");

    [Fact]
    public async Task Protos_are_formatted() => await SucceedsAsync("format", "protos", "--diff", "--exit-code");

    [Fact]
    public async Task Protos_do_not_break_the_clients_of_the_released_contracts() =>
        await SucceedsAsync("breaking", "protos", "--against", Baseline);

    [Theory]
    [InlineData("recommendations.proto", "int32 max_results = 3;", "int32 max_results = 4;")]
    [InlineData("recommendations.proto", "MYSTERY = 0;", "WHODUNIT = 0;")]
    [InlineData("booksforyou/recommendations/v1/recommendations.proto", "string title = 2;", "bytes title = 2;")]
    public async Task Protos_with_a_breaking_change_fail_the_check(string file, string before, string after)
    {
        var copy = Directory.CreateTempSubdirectory("booksforyou-protos-").FullName;
        try
        {
            foreach (var source in Directory.GetFiles(Path.Combine(Repository.Root, "protos"), "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy, Path.GetRelativePath(Path.Combine(Repository.Root, "protos"), source));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(source, target);
            }

            var changed = Path.Combine(copy, file);
            var text = await File.ReadAllTextAsync(changed, TestContext.Current.CancellationToken);
            Assert.Contains(before, text, StringComparison.Ordinal);
            await File.WriteAllTextAsync(changed, text.Replace(before, after, StringComparison.Ordinal), TestContext.Current.CancellationToken);

            var (exitCode, output) = await RunAsync("breaking", copy, "--against", Baseline);

            Assert.True(exitCode == 100, $"buf breaking ended with {exitCode}:\n{output}");
            Assert.Contains(Path.GetFileName(file), output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static async Task SucceedsAsync(params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(arguments);
        Assert.True(exitCode == 0, $"buf {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Buf), "buf is not installed: npm install --no-save");
        var start = new ProcessStartInfo(Buf, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
