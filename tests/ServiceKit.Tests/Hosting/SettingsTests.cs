using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.Configuration;

namespace BooksForYou.ServiceKit.Tests.Hosting;

[Collection(nameof(ProcessWideEnvironment))]
public sealed class SettingsTests
{
    [Theory]
    [InlineData("GRPC_PORT", "grpc-port")]
    [InlineData("Shop:PageSize", "shop-page-size")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "otel-exporter-otlp-endpoint")]
    public void OptionName_From_is_lower_case_with_dashes(string name, string option) => Assert.Equal(option, OptionName.From(name));

    [Theory]
    [InlineData("Recommendations", "RECOMMENDATIONS")]
    [InlineData("PaymentGateway", "PAYMENT_GATEWAY")]
    public void OptionName_ToEnvironment_is_upper_case_with_underscores(string name, string variable) =>
        Assert.Equal(variable, OptionName.ToEnvironment(name));

    [Theory]
    [InlineData("--shelf-count", "7")]
    [InlineData("--shelf-count=7")]
    public void AddSetting_given_on_the_command_line_beats_the_environment(params string[] args)
    {
        using var environment = new EnvironmentVariable("SHELF_COUNT", "5");
        var builder = ServiceApplication.CreateBuilder(args);
        builder.AddSetting("SHELF_COUNT", "How many shelves there are.", "3");
        Assert.Equal("7", builder.Configuration["SHELF_COUNT"]);
    }

    [Fact]
    public void AddSetting_given_in_the_environment_beats_the_default()
    {
        using var environment = new EnvironmentVariable("SHELF_WIDTH", "5");
        var builder = ServiceApplication.CreateBuilder([]);
        builder.AddSetting("SHELF_WIDTH", "How wide a shelf is.", "3");
        Assert.Equal("5", builder.Configuration["SHELF_WIDTH"]);
    }

    [Fact]
    public void AddSetting_empty_in_the_environment_is_the_default()
    {
        using var environment = new EnvironmentVariable("SHELF_HEIGHT", " ");
        var builder = ServiceApplication.CreateBuilder([]);
        builder.AddSetting("SHELF_HEIGHT", "How high a shelf is.", "3");
        Assert.Equal("3", builder.Configuration["SHELF_HEIGHT"]);
    }

    [Fact]
    public void AddSetting_declared_again_keeps_the_first_default()
    {
        var builder = ServiceApplication.CreateBuilder([]);
        builder.AddSetting("SHELF_DEPTH", "How deep a shelf is.", "3").AddSetting("SHELF_DEPTH", "How deep?", "4");
        Assert.Equal("3", builder.Configuration["SHELF_DEPTH"]);
    }

    [Fact]
    public void AddSetting_alias_is_the_same_setting()
    {
        var builder = ServiceApplication.CreateBuilder(["--data", "/var/books", "--port", "8080"]);
        builder.AddWeb();
        Assert.Equal("/var/books", builder.Configuration["DATA_DIR"]);
        Assert.Equal("8080", builder.Configuration["HTTP_PORT"]);
    }

    [Fact]
    public async Task StartAsync_options_with_values_that_do_not_go_together_name_the_section()
    {
        await using var application = TestApplication.BuildSample(null, "--sample-first", "30");
        var exception = await Assert.ThrowsAsync<StartException>(() => application.StartAsync());
        Assert.Equal(["Sample:First: the first book comes after the last."], exception.Problems);
    }

    [Fact]
    public async Task StartAsync_secret_option_is_not_printed()
    {
        await using var application = TestApplication.BuildSample(null, "--sample-till-password", "hunter2");
        var exception = await Assert.ThrowsAsync<StartException>(() => application.StartAsync());
        Assert.Equal(["Sample:TillPassword has a value that cannot be used; it takes text of at least 8 characters."], exception.Problems);
    }

    [Theory]
    [InlineData("whole", "1.5", false)]
    [InlineData("whole", "10", true)]
    [InlineData("whole", "11", false)]
    [InlineData("seconds", "0.5", true)]
    [InlineData("seconds", "1,5", false)]
    [InlineData("word", "RED", true)]
    [InlineData("word", "pink", false)]
    [InlineData("port", "65536", false)]
    [InlineData("port", "0", true)]
    public void SettingFormat_IsValid_follows_the_format(string format, string value, bool valid)
    {
        var formats = new Dictionary<string, SettingFormat>
        {
            ["whole"] = SettingFormat.WholeNumber(1, 10),
            ["seconds"] = SettingFormat.Seconds(0, 10),
            ["word"] = SettingFormat.OneOf("red", "blue"),
            ["port"] = SettingFormat.Port,
        };
        Assert.Equal(valid, formats[format].IsValid(value));
    }

    private sealed class EnvironmentVariable : IDisposable
    {
        private readonly string _name;

        public EnvironmentVariable(string name, string value)
        {
            _name = name;
            Environment.SetEnvironmentVariable(name, value);
        }

        public void Dispose() => Environment.SetEnvironmentVariable(_name, null);
    }
}
