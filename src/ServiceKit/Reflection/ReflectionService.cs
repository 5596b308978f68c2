using BooksForYou.Contracts.Reflection.V1;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Reflection;

/// <summary>Reflection as <c>grpc.reflection.v1</c>.</summary>
internal sealed class ReflectionService(ReflectionAnswers answers) : ServerReflection.ServerReflectionBase
{
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context) => answers.ConverseAsync(requestStream, responseStream, context, question => question, answer => answer);
}
