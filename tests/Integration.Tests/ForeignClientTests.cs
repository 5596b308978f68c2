using System.Text.Json;

namespace BooksForYou.Integration.Tests;

/// <summary>Clients that are not ours, on the unversioned API that they have always called.</summary>
public sealed class ForeignClientTests(AllInOneStore store) : IClassFixture<AllInOneStore>
{
    private static readonly string Proto = Path.Combine(Repository.Root, "protos", "recommendations.proto");
    private static readonly string Clients = Path.Combine(Repository.Root, "tests", "Integration.Tests", "Clients");

    [Fact]
    public async Task Recommend_from_python_gives_values_and_statuses()
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/grpc"), "python3-grpcio is not installed.");
        Assert.SkipUnless(File.Exists("/usr/bin/grpc_python_plugin"), "protobuf-compiler-grpc is not installed.");
        var generated = Directory.CreateTempSubdirectory("booksforyou-python-").FullName;
        try
        {
            await OutputOfAsync("protoc", "-I", Path.GetDirectoryName(Proto)!, $"--python_out={generated}", $"--grpc_out={generated}", "--plugin=protoc-gen-grpc=/usr/bin/grpc_python_plugin", Proto);

            Check(await OutputOfAsync(python, Path.Combine(Clients, "recommend.py"), store.Store.GrpcAddress, generated));
        }
        finally
        {
            Directory.Delete(generated, recursive: true);
        }
    }

    [Fact]
    public async Task Recommend_from_javascript_gives_values_and_statuses()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Repository.Root, "node_modules", "@grpc", "grpc-js")), "The npm packages are not installed: npm install --no-save");

        Check(await OutputOfAsync("node", Path.Combine(Clients, "recommend.mjs"), store.Store.GrpcAddress, Proto));
    }

    private static void Check(string output)
    {
        using var answers = JsonDocument.Parse(output);
        var root = answers.RootElement;

        var mystery = root.GetProperty("mystery");
        Assert.Equal("OK", mystery.GetProperty("code").GetString());
        var books = mystery.GetProperty("books").EnumerateArray().ToList();
        Assert.Equal(3, books.Count);
        Assert.Equal(3, books.Select(book => book.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(books, book => Assert.NotEmpty(book.GetProperty("title").GetString()!));

        var unknown = root.GetProperty("unknown");
        Assert.Equal("NOT_FOUND", unknown.GetProperty("code").GetString());
        Assert.Equal("Category not found", unknown.GetProperty("detail").GetString());

        Assert.Empty(root.GetProperty("none").GetProperty("books").EnumerateArray());
        Assert.Equal("INVALID_ARGUMENT", root.GetProperty("negative").GetProperty("code").GetString());
    }

    private static async Task<string> OutputOfAsync(string program, params string[] arguments)
    {
        await using var run = ProgramRun.Start(program, arguments);
        var exitCode = await run.WaitForExitAsync();
        Assert.True(exitCode == 0, $"{program} ended with {exitCode}:\n{run.Output}");
        return run.Output;
    }
}
