using BooksForYou.Contracts.Reflection.V1Alpha;
using Google.Protobuf;
using Grpc.Core;
using V1 = BooksForYou.Contracts.Reflection.V1;

namespace BooksForYou.ServiceKit.Reflection;

/// <summary>Reflection as <c>grpc.reflection.v1alpha</c>, for older tools: the same messages under another name.</summary>
internal sealed class ReflectionAlphaService(ReflectionAnswers answers) : ServerReflection.ServerReflectionBase
{
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context) => answers.ConverseAsync(
            requestStream,
            responseStream,
            context,
            question => V1.ServerReflectionRequest.Parser.ParseFrom(question.ToByteString()),
            answer => ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString()));
}
