using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Tests.Security;

public sealed class ServiceSecretTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("service-secret-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Value_without_settings_is_made_once_for_all_processes_that_share_the_data()
    {
        // Many times: it is a matter of moments.
        for (var store = 0; store < 20; store++)
        {
            var data = _data.CreateSubdirectory($"{store}");
            var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ReadAsync("--data-dir", data.FullName))));

            Assert.Single(secrets.Distinct());
            Assert.Equal(64, secrets[0].Length);
            var file = Assert.Single(data.GetFiles("*", SearchOption.AllDirectories));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
        }
    }

    [Fact]
    public async Task Value_given_is_that_and_nothing_is_written()
    {
        var given = new string('s', 32);

        Assert.Equal(given, await ReadAsync("--data-dir", _data.FullName, "--service-secret", given));
        Assert.Empty(_data.GetFileSystemInfos());
    }

    [Fact]
    public async Task Value_in_a_file_is_read_without_the_end_of_its_line()
    {
        var file = Path.Combine(_data.FullName, "secret");
        var given = new string('s', 40);
        await File.WriteAllTextAsync(file, given + "\n", TestContext.Current.CancellationToken);

        Assert.Equal(given, await ReadAsync("--service-secret-file", file));
    }

    [Fact]
    public async Task Value_in_a_file_that_is_too_short_says_so()
    {
        var file = Path.Combine(_data.FullName, "secret");
        await File.WriteAllTextAsync(file, "short", TestContext.Current.CancellationToken);

        await using var application = TestApplication.BuildSample(args: ["--service-secret-file", file]);

        var exception = await Assert.ThrowsAsync<StartException>(() => application.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["SERVICE_SECRET has a value that cannot be used; it takes at least 32 characters."], exception.Problems);
    }

    [Fact]
    public async Task Start_with_a_secret_that_is_too_short_fails_without_printing_it()
    {
        await using var application = TestApplication.BuildSample(args: ["--service-secret", "hush"]);

        var exception = await Assert.ThrowsAsync<StartException>(() => application.StartAsync(TestContext.Current.CancellationToken));

        Assert.DoesNotContain("hush", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(params string[] args)
    {
        await using var application = TestApplication.CreateBuilder(args).Build();
        return application.Services.GetRequiredService<ServiceSecret>().Value;
    }
}
