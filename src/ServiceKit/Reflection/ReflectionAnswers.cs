using BooksForYou.Contracts.Reflection.V1;
using BooksForYou.ServiceKit.Shutdown;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Reflection;

/// <summary>Answers the questions of the reflection protocol: <see
/// href="https://github.com/grpc/grpc/blob/master/doc/server-reflection.md"/>.</summary>
internal sealed class ReflectionAnswers(DescriptorIndex index, ShutdownState shutdown)
{
    /// <summary>Answers the questions of a call, one by one, until the caller has no more or the process stops.</summary>
    public async Task ConverseAsync<TQuestion, TAnswer>(
        IAsyncStreamReader<TQuestion> questions,
        IServerStreamWriter<TAnswer> replies,
        ServerCallContext context,
        Func<TQuestion, ServerReflectionRequest> read,
        Func<ServerReflectionResponse, TAnswer> write)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, shutdown.Draining);
        try
        {
            while (await questions.MoveNext(end.Token))
            {
                await replies.WriteAsync(write(Answer(read(questions.Current))), context.CancellationToken);
            }
        }
        catch (OperationCanceledException)
            when (shutdown.Draining.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            // Tools keep this stream open while they wait for the call that they are really here for.
            shutdown.CountEndedStream();
            context.Status = new Status(StatusCode.Unavailable, "The server is shutting down.");
        }
    }

    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse();
                response.ListServicesResponse.Service.Add(index.ServiceNames.Select(name => new ServiceResponse { Name = name }));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                SetFile(response, index.FindFile(request.FileByFilename), $"file \"{request.FileByFilename}\"");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                SetFile(response, index.FindSymbol(request.FileContainingSymbol), $"symbol \"{request.FileContainingSymbol}\"");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var extension = request.FileContainingExtension;
                SetFile(
                    response,
                    index.FindExtension(extension.ContainingType, extension.ExtensionNumber),
                    $"extension {extension.ExtensionNumber} of \"{extension.ContainingType}\"");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                SetExtensionNumbers(response, request.AllExtensionNumbersOfType);
                break;
            default:
                response.ErrorResponse = Error(StatusCode.InvalidArgument, "The request asks for nothing.");
                break;
        }

        return response;
    }

    private static void SetFile(ServerReflectionResponse response, FileDescriptor? file, string what)
    {
        if (file is null)
        {
            response.ErrorResponse = Error(StatusCode.NotFound, $"There is no {what} here.");
            return;
        }

        // With all that it imports: the client would have to ask for it next.
        var files = new List<FileDescriptor>();
        Collect(file, files);
        response.FileDescriptorResponse = new FileDescriptorResponse();
        response.FileDescriptorResponse.FileDescriptorProto.Add(files.Select(each => each.SerializedData));
    }

    private static void Collect(FileDescriptor file, List<FileDescriptor> files)
    {
        if (files.Contains(file))
        {
            return;
        }

        files.Add(file);
        foreach (var import in file.Dependencies)
        {
            Collect(import, files);
        }
    }

    private static ErrorResponse Error(StatusCode code, string message) => new() { ErrorCode = (int)code, ErrorMessage = message };

    private void SetExtensionNumbers(ServerReflectionResponse response, string message)
    {
        if (index.ExtensionNumbers(message) is not { } numbers)
        {
            response.ErrorResponse = Error(StatusCode.NotFound, $"There is no message \"{message}\" here.");
            return;
        }

        response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = message };
        response.AllExtensionNumbersResponse.ExtensionNumber.Add(numbers);
    }
}
