using System.Reflection;
using BooksForYou.Contracts.Accounts.V1;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace BooksForYou.Integration.Tests;

/// <summary>Every RPC of the store: what docs/security.md says of it, and a call of it with an empty request.</summary>
internal static class AnyRpc
{
    private static readonly string[] Columns = ["RPC", "Nobody", "Visitor", "Customer", "Admin", "Service", "Called by", "What it touches"];

    public static IEnumerable<TheoryDataRow<string>> Rows() => All().Select(method => new TheoryDataRow<string>(method.FullName));

    public static IEnumerable<MethodDescriptor> All() => typeof(AccountsReflection).Assembly.GetTypes()
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
        .OfType<FileDescriptor>()
        .SelectMany(file => file.Services)
        .SelectMany(service => service.Methods)
        .OrderBy(method => method.FullName, StringComparer.Ordinal);

    public static MethodDescriptor Named(string rpc) => All().Single(method => method.FullName == rpc);

    /// <summary>The rows of the table, a cell each column.</summary>
    public static List<string[]> Table() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "security.md"))
            .SkipWhile(line => !Cells(line).SequenceEqual(Columns))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(Cells),
    ];

    public static string[] RowOf(string rpc) => Assert.Single(Table(), cells => cells[0] == $"`{rpc}`");

    /// <summary>Calls it, and waits for its answer, or the first of them.</summary>
    public static async Task CallAsync(CallInvoker invoker, MethodDescriptor method, CallOptions options)
    {
        var bytes = Marshallers.Create(static (byte[] message) => message, static message => message);
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (true, true) => MethodType.DuplexStreaming,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.Unary,
        };
        var rpc = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, bytes, bytes);
        switch (type)
        {
            case MethodType.Unary:
                await invoker.AsyncUnaryCall(rpc, null, options, []);
                break;
            case MethodType.ServerStreaming:
                using (var stream = invoker.AsyncServerStreamingCall(rpc, null, options, []))
                {
                    await stream.ResponseStream.MoveNext(CancellationToken.None);
                }

                break;
            case MethodType.DuplexStreaming:
                using (var stream = invoker.AsyncDuplexStreamingCall(rpc, null, options))
                {
                    await stream.RequestStream.CompleteAsync();
                    await stream.ResponseStream.MoveNext(CancellationToken.None);
                }

                break;
            default:
                throw new NotSupportedException($"{method.FullName} is of a shape that no RPC of the store has had.");
        }
    }

    private static string[] Cells(string line) => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries);
}
