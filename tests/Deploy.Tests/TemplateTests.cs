using System.Globalization;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.Deploy.Tests.Kubernetes;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Grpc.Net.Client;

namespace BooksForYou.Deploy.Tests;

/// <summary>A service made from the template, as docs/new-service.md says: it builds, passes its tests, runs, and has its place in the cluster.</summary>
public sealed class TemplateTests
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(message => message, bytes => bytes);

    [Fact]
    public async Task Service_of_the_template_builds_passes_its_tests_runs_and_answers()
    {
        using var copy = await RepositoryCopy.MakeAsync("Contracts", "Grpc/Grpc.Core.Api", "Grpc/Grpc.Net.Common", "ServiceKit", "ServiceKit.Testing");
        await MakeServiceAsync(copy);

        // What the service is built on was looked at when it was built itself; what is new is looked at here.
        await BuildAsync(copy, "src/ServiceKit.Testing", "-p:RunAnalyzers=false");
        await BuildAsync(copy, "src/Wishlist", "--no-dependencies");
        await BuildAsync(copy, "tests/Wishlist.Tests", "--no-dependencies");

        var tests = await RunAsync(copy, "dotnet", "tests/Wishlist.Tests/bin/Release/net10.0/BooksForYou.Wishlist.Tests.dll", "--no-progress", "--no-ansi");
        Assert.Matches(@"succeeded: [1-9]", tests);

        await AssertAnswersAsync(copy);
    }

    [Fact]
    public async Task Service_of_the_template_has_its_place_in_solution_image_and_cluster()
    {
        using var copy = await RepositoryCopy.MakeAsync();
        await MakeServiceAsync(copy);
        await RunAsync(copy, "templates/register", "Wishlist");
        await RunAsync(copy, "templates/register", "Wishlist");

        var solution = await File.ReadAllTextAsync(Path.Combine(copy.Root, "BooksForYou.slnx"), TestContext.Current.CancellationToken);
        Assert.Contains("src/Wishlist/Wishlist.csproj", solution, StringComparison.Ordinal);
        Assert.Contains("tests/Wishlist.Tests/Wishlist.Tests.csproj", solution, StringComparison.Ordinal);
        var bake = Path.Combine(copy.Root, "deploy", "docker", "docker-bake.hcl");
        Assert.True(
            !File.Exists(bake)
            || (await File.ReadAllTextAsync(bake, TestContext.Current.CancellationToken)).Split("\"Wishlist\"").Length == 2,
            "The image is not built with the others.");

        var rendered = await Rendered.LoadAsync(Path.Combine(copy.Root, "deploy", "kubernetes", "overlays", "local"));
        Assert.Contains(rendered.Deployments, deployment => deployment.Name == "wishlist");
        var network = new NetworkPolicies(rendered);
        Assert.Equal(
            ["marketplace -> wishlist:50051", "wishlist -> accounts:50051", "wishlist -> postgres:5432"],
            network.Outgoing.Intersect(network.Incoming).Where(connection => connection.Contains("wishlist", StringComparison.Ordinal)));
        var architecture = await File.ReadAllLinesAsync(Path.Combine(copy.Root, "docs", "architecture.md"), TestContext.Current.CancellationToken);
        Assert.Single(architecture, line => line.StartsWith("| **[Wishlist](wishlist.md)** |", StringComparison.Ordinal));
    }

    // In a hive of its own: nothing is installed for whoever runs the tests.
    private static async Task MakeServiceAsync(RepositoryCopy copy)
    {
        var hive = Path.Combine(copy.Root, "hive");
        await RunAsync(copy, "dotnet", "new", "install", "./templates", "--debug:custom-hive", hive);
        await RunAsync(copy, "dotnet", "new", "booksforyou-service", "--name", "Wishlist", "--debug:custom-hive", hive);
    }

    private static Task<string> BuildAsync(RepositoryCopy copy, string project, string how) =>
        RunAsync(copy, "dotnet", "build", project, "--configuration", "Release", "--nologo", "--verbosity", "quiet", how);

    private static async Task<string> RunAsync(RepositoryCopy copy, string program, params string[] arguments)
    {
        await using var run = ProgramRun.Start(program == "dotnet" ? program : Path.Combine(copy.Root, program), arguments, copy.Root, ("MSBUILDDISABLENODEREUSE", "1"));
        var code = await run.WaitForExitAsync();
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{run.Output}");
        return run.Output;
    }

    private static async Task AssertAnswersAsync(RepositoryCopy copy)
    {
        var accounts = await TestAccounts.SharedAsync();
        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        await using var service = ProgramRun.Start(
            "dotnet",
            [
                Path.Combine(copy.Root, "src/Wishlist/bin/Release/net10.0/BooksForYou.Wishlist.dll"), "--grpc-port", port, "--metrics-port", "0",
                "--data-dir", Path.Combine(copy.Root, "data"), "--accounts-host", accounts.Host,
            ],
            copy.Root);
        await service.WaitForOutputAsync("Serving");
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var headers = new Metadata { { "authorization", $"Bearer {accounts.Token(new Caller(Role.Customer, "account:00000000000000000000000ada", "Ada"))}" } };

        // AddBookRequest { book_id = 7 }, and what ListBooks answers: ListBooksResponse { book_ids = [7] }.
        await CallAsync("AddBook", [0x08, 7]);
        Assert.Equal([0x0a, 1, 7], await CallAsync("ListBooks", []));

        async Task<byte[]> CallAsync(string name, byte[] request) => await channel.CreateCallInvoker().AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, "booksforyou.wishlist.v1.WishlistService", name, Bytes, Bytes),
            null,
            new CallOptions(headers, DateTime.UtcNow.AddSeconds(30), TestContext.Current.CancellationToken),
            request);
    }
}
