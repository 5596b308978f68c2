using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.ServiceKit.Tests.Hosting;

[Collection(nameof(ProcessWideEnvironment))]
public sealed class SettingFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("setting-file-");
    private readonly List<string> _variables = [];

    public void Dispose()
    {
        _variables.ForEach(name => Environment.SetEnvironmentVariable(name, null));
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void AddSetting_given_in_a_file_has_its_content_without_white_space_around_it()
    {
        Set("SHELF_LABEL_FILE", Write(" new books \n"));
        var builder = ServiceApplication.CreateBuilder([]);

        builder.AddSetting("SHELF_LABEL", "What a shelf is called.", "books");

        Assert.Equal("new books", builder.Configuration["SHELF_LABEL"]);
    }

    [Fact]
    public void AddSetting_given_in_a_file_on_the_command_line_has_its_content()
    {
        var builder = ServiceApplication.CreateBuilder(["--shelf-label-file", Write("old books")]);

        builder.AddSetting("SHELF_LABEL", "What a shelf is called.");

        Assert.Equal("old books", builder.Configuration["SHELF_LABEL"]);
    }

    [Fact]
    public void AddSetting_with_an_empty_file_variable_is_the_default()
    {
        Set("SHELF_ROOM_FILE", "");
        var builder = ServiceApplication.CreateBuilder([]);

        builder.AddSetting("SHELF_ROOM", "Where a shelf is.", "hall");

        Assert.Equal("hall", builder.Configuration["SHELF_ROOM"]);
    }

    [Fact]
    public async Task StartAsync_option_of_a_section_in_a_file_is_checked_as_any_and_not_printed()
    {
        Set("Sample__PageSize_FILE", Write("many"));

        Assert.Equal(["Sample:PageSize has a value that cannot be used; it takes a whole number."], await ProblemsAsync());
    }

    [Fact]
    public async Task StartAsync_setting_in_a_file_that_cannot_be_used_is_not_printed()
    {
        Assert.Equal(
            ["READINESS_INTERVAL has a value that cannot be used; it takes seconds, from 0.01 to 3600."],
            await ProblemsAsync("--readiness-interval-file", Write("hunter2")));
    }

    [Fact]
    public async Task StartAsync_file_that_is_missing_says_so()
    {
        var missing = Path.Combine(_folder.FullName, "missing");

        Assert.Equal(
            [$"SAMPLE_DATABASE_FILE is \"{missing}\", which cannot be read; it takes the path of a file with the value of SAMPLE_DATABASE."],
            await ProblemsAsync("--sample-database-file", missing));
    }

    [Fact]
    public async Task StartAsync_file_that_is_empty_says_so()
    {
        var empty = Write("\n");

        Assert.Equal(
            [$"SAMPLE_DATABASE_FILE is \"{empty}\", which is empty; it takes the path of a file with the value of SAMPLE_DATABASE."],
            await ProblemsAsync("--sample-database-file", empty));
    }

    [Fact]
    public async Task StartAsync_setting_given_both_ways_says_so()
    {
        Assert.Equal(
            ["SAMPLE_DATABASE and SAMPLE_DATABASE_FILE are both given; one of them is enough."],
            await ProblemsAsync("--sample-database", "Host=here", "--sample-database-file", Write("Host=there")));
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(params string[] args)
    {
        await using var application = TestApplication.BuildSample(null, args);
        return (await Assert.ThrowsAsync<StartException>(() => application.StartAsync(TestContext.Current.CancellationToken))).Problems;
    }

    private string Write(string content)
    {
        var file = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        File.WriteAllText(file, content);
        return file;
    }

    private void Set(string name, string value)
    {
        _variables.Add(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}
