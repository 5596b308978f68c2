using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

/// <summary>A channel whose calls are noted.</summary>
internal sealed class RecordingChannel(string target = "localhost") : ChannelBase(target)
{
    public RecordingCallInvoker Invoker { get; } = new();

    public override CallInvoker CreateCallInvoker() => Invoker;
}
