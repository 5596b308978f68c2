using System.Text.RegularExpressions;

namespace BooksForYou.Integration.Tests;

/// <summary>What <c>--help</c> lists is what docs/configuration.md explains.</summary>
public sealed partial class ConfigurationDocTests
{
    [Fact]
    public async Task Every_setting_of_the_whole_store_is_explained()
    {
        await using var help = ProgramRun.Start("dotnet", [Repository.ProgramOf("AllInOne"), "--help"]);
        Assert.Equal(0, await help.WaitForExitAsync());
        await using var gatewayHelp = ProgramRun.Start("dotnet", [Repository.ProgramOf("TestGateway"), "--help"]);
        Assert.Equal(0, await gatewayHelp.WaitForExitAsync());
        await help.WaitForOutputAsync("--version");
        await gatewayHelp.WaitForOutputAsync("--test-cards");

        var settings = Setting().Matches(help.Output).Concat(GatewaySetting().Matches(gatewayHelp.Output)).Select(match => match.Groups[1].Value).ToList();

        var text = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs", "configuration.md"), TestContext.Current.CancellationToken);
        Assert.True(settings.Count > 60, $"Only {settings.Count} settings were found in the help");
        string[] unexplained = [.. settings.Where(setting => !text.Contains($"`{setting}`", StringComparison.Ordinal))];
        Assert.Equal([], unexplained);

        // TaxRates has an entry for each country, which the help cannot list.
        string[] unknown = [.. Option().Matches(text).Select(match => match.Groups[1].Value).Except(settings).Where(option => !option.Contains('<'))];
        Assert.Equal([], unknown);
    }

    [GeneratedRegex(@"^  --.*\[([A-Za-z_]+(?::[A-Za-z]+)?)(?:, default [^\]]*)?\]\r?$", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\(([A-Z_]+)\)")]
    private static partial Regex GatewaySetting();

    [GeneratedRegex(@"^\| `([A-Za-z]+:[A-Za-z:<>]+)`", RegexOptions.Multiline)]
    private static partial Regex Option();
}
