using BooksForYou.Contracts.Reflection.V1Alpha;
using Google.Protobuf;
using Grpc.Core;
using V1 = BooksForYou.Contracts.Reflection.V1;

namespace BooksForYou.ServiceKit.Reflection;

/// <summary>Reflection as <c>grpc.reflection.v1alpha</c>, for older tools: the same messages under another name.</summary>
internal sealed class ReflectionAlphaService(ReflectionAnswers answers) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var question = V1.ServerReflectionRequest.Parser.ParseFrom(requestStream.Current.ToByteString());
            var answer = ServerReflectionResponse.Parser.ParseFrom(answers.Answer(question).ToByteString());
            await responseStream.WriteAsync(answer, context.CancellationToken);
        }
    }
}
