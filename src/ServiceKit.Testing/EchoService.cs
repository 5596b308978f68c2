using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>Answers with what it gets, except for the inputs that ask for something else.</summary>
internal sealed class EchoService(EchoBehaviours behaviours)
{
    public Task<string> Unary(string request, ServerCallContext context)
    {
        var acted = behaviours.Act(request, context);
        return acted.IsCompletedSuccessfully ? Task.FromResult(Answer(request)) : AnswerAfter(acted, request);
    }

    public async Task<string> ClientStreaming(IAsyncStreamReader<string> requests, ServerCallContext context)
    {
        var messages = new List<string>();
        while (await requests.MoveNext(context.CancellationToken))
        {
            await behaviours.Act(requests.Current, context);
            messages.Add(requests.Current);
        }

        return Answer(string.Join(',', messages));
    }

    public async Task ServerStreaming(string request, IServerStreamWriter<string> responses, ServerCallContext context)
    {
        foreach (var part in request.Split(','))
        {
            await behaviours.Act(part, context);
            await responses.WriteAsync(part);
        }
    }

    public async Task DuplexStreaming(IAsyncStreamReader<string> requests, IServerStreamWriter<string> responses, ServerCallContext context)
    {
        while (await requests.MoveNext(context.CancellationToken))
        {
            await behaviours.Act(requests.Current, context);
            await responses.WriteAsync(requests.Current);
        }
    }

    private static string Answer(string request) => request == EchoInput.Null ? null! : request;

    private static async Task<string> AnswerAfter(Task acted, string request)
    {
        await acted;
        return Answer(request);
    }

    /// <summary>Names the methods to the server library; a service over strings has no generated code that could.</summary>
    internal sealed class Methods : IServiceMethodProvider<EchoService>
    {
        public void OnServiceMethodDiscovery(ServiceMethodProviderContext<EchoService> context)
        {
            context.AddUnaryMethod(EchoMethods.Unary, [], static (service, request, call) => service.Unary(request, call));
            context.AddClientStreamingMethod(
                EchoMethods.ClientStreaming, [], static (service, requests, call) => service.ClientStreaming(requests, call));
            context.AddServerStreamingMethod(
                EchoMethods.ServerStreaming,
                [],
                static (service, request, responses, call) => service.ServerStreaming(request, responses, call));
            context.AddDuplexStreamingMethod(
                EchoMethods.DuplexStreaming,
                [],
                static (service, requests, responses, call) => service.DuplexStreaming(requests, responses, call));
        }
    }
}
