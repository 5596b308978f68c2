using BooksForYou.Contracts.Reflection.V1;
using BooksForYou.ServiceKit.Tests.Hosting;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Alpha = BooksForYou.Contracts.Reflection.V1Alpha;

namespace BooksForYou.ServiceKit.Tests.Reflection;

public sealed class ReflectionTests
{
    private const string SampleFile = "sample.proto";

    [Fact]
    public async Task ListServices_names_every_service_in_order()
    {
        var answer = await AskAsync(new ServerReflectionRequest { Host = "books", ListServices = "*" });
        Assert.Equal(
            [
                "booksforyou.ops.v1.OpsService",
                "booksforyou.sample.v1.SampleService",
                "grpc.health.v1.Health",
                "grpc.reflection.v1.ServerReflection",
                "grpc.reflection.v1alpha.ServerReflection",
            ],
            answer.ListServicesResponse.Service.Select(service => service.Name));
        Assert.Equal("books", answer.ValidHost);
        Assert.Equal("*", answer.OriginalRequest.ListServices);
    }

    [Theory]
    [InlineData("booksforyou.sample.v1.SampleService")]
    [InlineData("booksforyou.sample.v1.SampleService.Read")]
    [InlineData("booksforyou.sample.v1.SampleMessage")]
    [InlineData("booksforyou.sample.v1.SampleMessage.text")]
    [InlineData("booksforyou.sample.v1.SampleMessage.Inner")]
    [InlineData("booksforyou.sample.v1.SampleMessage.Inner.kind")]
    [InlineData("booksforyou.sample.v1.SampleMessage.Kind")]
    [InlineData("booksforyou.sample.v1.SampleMessage.KIND_LOUD")]
    [InlineData("booksforyou.sample.v1.SampleMood")]
    [InlineData("booksforyou.sample.v1.SAMPLE_MOOD_GLAD")]
    public async Task FileContainingSymbol_of_every_kind_gives_its_file_and_what_it_imports(string symbol)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });
        Assert.Equal([SampleFile, "google/protobuf/timestamp.proto"], FileNames(answer));
    }

    [Fact]
    public async Task FileContainingSymbol_of_an_imported_file_gives_that_file()
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = "google.protobuf.Timestamp.seconds" });
        Assert.Equal(["google/protobuf/timestamp.proto"], FileNames(answer));
    }

    [Fact]
    public async Task FileByFilename_gives_the_file_with_its_options()
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileByFilename = SampleFile });
        var file = FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]);
        var read = file.Service.Single().Method.Single(method => method.Name == "Read");
        Assert.Equal(MethodOptions.Types.IdempotencyLevel.NoSideEffects, read.Options.IdempotencyLevel);
    }

    [Fact]
    public async Task Unknown_names_are_NOT_FOUND_and_the_call_goes_on()
    {
        var answers = await AskAllAsync(
            new ServerReflectionRequest { FileByFilename = "nothing.proto" },
            new ServerReflectionRequest { FileContainingSymbol = "booksforyou.Nothing" },
            new ServerReflectionRequest { AllExtensionNumbersOfType = "booksforyou.Nothing" },
            new ServerReflectionRequest
            {
                FileContainingExtension = new ExtensionRequest { ContainingType = "booksforyou.sample.v1.SampleMessage", ExtensionNumber = 7 },
            });
        Assert.All(answers, answer => Assert.Equal((int)StatusCode.NotFound, answer.ErrorResponse.ErrorCode));
        Assert.Equal("There is no symbol \"booksforyou.Nothing\" here.", answers[1].ErrorResponse.ErrorMessage);
    }

    [Fact]
    public async Task AllExtensionNumbersOfType_of_a_message_without_any_is_empty()
    {
        var answer = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "booksforyou.sample.v1.SampleMessage" });
        Assert.Equal("booksforyou.sample.v1.SampleMessage", answer.AllExtensionNumbersResponse.BaseTypeName);
        Assert.Empty(answer.AllExtensionNumbersResponse.ExtensionNumber);
    }

    [Fact]
    public async Task Request_for_nothing_is_INVALID_ARGUMENT()
    {
        var answer = await AskAsync(new ServerReflectionRequest());
        Assert.Equal((int)StatusCode.InvalidArgument, answer.ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task V1Alpha_answers_as_v1_does()
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var channel = application.OpenChannel();
        using var call = new Alpha.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new Alpha.ServerReflectionRequest { FileContainingSymbol = "booksforyou.sample.v1.SampleService" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(2, call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto.Count);
        Assert.Equal("booksforyou.sample.v1.SampleService", call.ResponseStream.Current.OriginalRequest.FileContainingSymbol);
    }

    private static IEnumerable<string> FileNames(ServerReflectionResponse answer) =>
        answer.FileDescriptorResponse.FileDescriptorProto.Select(file => FileDescriptorProto.Parser.ParseFrom(file).Name);

    private static async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request) => Assert.Single(await AskAllAsync(request));

    private static async Task<List<ServerReflectionResponse>> AskAllAsync(params ServerReflectionRequest[] requests)
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var channel = application.OpenChannel();
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        foreach (var request in requests)
        {
            await call.RequestStream.WriteAsync(request);
        }

        await call.RequestStream.CompleteAsync();
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }
}
