using System.Runtime.CompilerServices;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>The names of methods as telemetry has them, <c>package.Service/Method</c>. Only methods that exist have one, so a caller
/// cannot add to them.</summary>
internal static class MethodNames
{
    /// <summary>Stands for all calls that did not reach a handler.</summary>
    public const string Other = "_OTHER";

    private static readonly ConditionalWeakTable<IMethod, string> Names = [];

    public static string Of(IMethod method) => Names.TryGetValue(method, out var name)
        ? name
        : Names.GetValue(method, static method => method.FullName.TrimStart('/'));
}
