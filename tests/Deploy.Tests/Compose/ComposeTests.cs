using System.Text.RegularExpressions;
using BooksForYou.TestGateway;

namespace BooksForYou.Deploy.Tests.Compose;

/// <summary>What holds for <c>deploy/compose*.yaml</c>, whether there is an engine or not.</summary>
public sealed partial class ComposeTests
{
    private const int MostMemory = 2048;

    private static readonly ComposeFile Store = ComposeFile.Read("compose.yaml");

    public static TheoryData<string> Files => [.. Directory.GetFiles(ComposeFile.PathOf(""), "compose*.yaml").Select(file => Path.GetFileName(file))];

    public static TheoryData<string> Services => [.. Store.Services.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_can_do_no_more_than_it_needs(string name)
    {
        var service = Store.Services[name];

        Assert.Equal("true", service["read_only"]);
        Assert.Equal(["ALL"], service.ListOf("cap_drop"));
        Assert.Contains("no-new-privileges:true", service.ListOf("security_opt"));
        Assert.Equal(name == "prepare" ? ["CHOWN"] : [], service.ListOf("cap_add"));
        Assert.NotEqual("true", service["privileged"]);
        Assert.NotNull(service["user"]);
        Assert.InRange(service.MemoryLimit, 1, MostMemory);
        Assert.True(name == "marketplace" || service.ListOf("ports").Count == 0, $"{name} is published; only marketplace is to be.");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Secret_of_a_service_is_a_file(string name)
    {
        var environment = Store.Services[name].Environment.Where(setting => Secret().IsMatch(setting.Key));

        Assert.All(environment, setting => Assert.StartsWith("/secrets/", setting.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_has_a_version(string file) => Assert.All(
        ComposeFile.Read(file).Services.Values.Where(service => service.Image.Length > 0),
        service => Assert.Matches(@"^[^:]+:(?!latest$)(v?\d|\$\{VERSION:-\d)", service.Image));

    [Fact]
    public void Memory_limits_are_below_2_gigabytes_in_all() =>
        Assert.InRange(Store.Services.Where(service => service.Key != "prepare").Sum(service => service.Value.MemoryLimit), 1, MostMemory - 1);

    [Fact]
    public void Every_service_of_the_store_is_there_and_in_the_bake_file()
    {
        var projects = Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
            .Where(folder => File.Exists(Path.Combine(folder, "Program.cs")) && Path.GetFileName(folder) != "AllInOne")
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal)
            .ToList();
        var bake = File.ReadAllText(ComposeFile.PathOf("docker/docker-bake.hcl"));

        Assert.Equal(projects.Select(project => project.ToLowerInvariant()), BuiltServices().Order(StringComparer.Ordinal));
        Assert.Equal(projects, QuotedName().Matches(Matrix().Match(bake).Value).Select(match => match.Groups[1].Value));
        Assert.All(BuiltServices(), service => Assert.Equal($"booksforyou/{service}:${{VERSION:-1.0.0}}", Store.Services[service].Image));
    }

    [Theory]
    [InlineData("compose.host.yaml")]
    [InlineData("compose.nuget.yaml")]
    public void Override_covers_every_image_that_is_built(string file) => Assert.Equal(
        BuiltServices().Order(StringComparer.Ordinal),
        BuiltServicesOf(ComposeFile.Read(file)).Order(StringComparer.Ordinal));

    [Fact]
    public void Service_starts_when_what_it_needs_is_healthy()
    {
        Assert.All(Store.Services.Where(service => service.Key != "prepare"), service =>
        {
            Assert.Equal("service_completed_successfully", service.Value.WaitsFor["prepare"]);
            Assert.All(
                service.Value.WaitsFor.Where(other => other.Key is not ("prepare" or "testgateway")),
                other => Assert.Equal("service_healthy", other.Value));
        });
        Assert.All(
            Store.Services.Where(service => service.Value.Environment.Keys.Any(name => name.EndsWith("_DATABASE_FILE", StringComparison.Ordinal))),
            service => Assert.Contains("postgres", service.Value.WaitsFor.Keys));
        Assert.Superset(
            new HashSet<string>(["accounts", "inventory", "cart", "transactions", "recommendations", "reviews"]),
            new HashSet<string>(Store.Services["marketplace"].WaitsFor.Keys));
    }

    [Fact]
    public void Calls_between_services_are_encrypted_and_both_ends_are_proven() => Assert.All(
        BuiltServices().Except(["testgateway"]),
        service => Assert.Equal(
            ("/secrets/tls.crt", "/secrets/tls.key", "/secrets/ca.crt", "require"),
            (Setting(service, "TLS_CERT"), Setting(service, "TLS_KEY"), Setting(service, "TLS_CA"), Setting(service, "TLS_CLIENT_CERT"))));

    [Fact]
    public void Test_cards_of_the_checkout_page_are_those_of_the_gateway() => Assert.Equal(TestCards.ToSetting(), Setting("marketplace", "TEST_CARDS"));

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.yaml", "compose.host.yaml")]
    [InlineData("compose.yaml", "compose.live.yaml")]
    [InlineData("compose.yaml", "compose.nuget.yaml")]
    [InlineData("compose.yaml", "compose.observability.yaml")]
    public async Task Compose_reads_the_files(params string[] files)
    {
        var reason = await ContainerEngine.WhyNoComposeAsync();
        Assert.SkipWhen(reason is not null, $"{reason}: compose has not read {string.Join(" and ", files)}.");
        var file = Path.GetTempFileName();
        try
        {
            await using var compose = ProgramRun.Start(
                "docker",
                ["compose", .. files.SelectMany(name => (string[])["--file", ComposeFile.PathOf(name)]), "config", "--quiet"],
                Repository.Root,
                ("PAYMENT_GATEWAY_URL", "https://payments.example"),
                ("PAYMENT_GATEWAY_KEY_FILE", file),
                ("SMTP_HOST", "mail.example"),
                ("SMTP_PASSWORD_FILE", file),
                ("MAIL_FROM", "shop@books.example"),
                ("NUGET_CONFIG", file));

            Assert.True(await compose.WaitForExitAsync() == 0, compose.Output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string? Setting(string service, string name) => Store.Services[service].Environment.GetValueOrDefault(name);

    private static IEnumerable<string> BuiltServices() => BuiltServicesOf(Store);

    private static IEnumerable<string> BuiltServicesOf(ComposeFile file) =>
        file.Services.Where(service => service.Value.IsBuilt).Select(service => service.Key);

    [GeneratedRegex("SECRET|PASSWORD|KEY|TOKEN|_DATABASE")]
    private static partial Regex Secret();

    [GeneratedRegex(@"service = \[[^]]*\]")]
    private static partial Regex Matrix();

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex QuotedName();
}
