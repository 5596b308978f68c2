using System.Reflection;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Testing;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace BooksForYou.Integration.Tests;

/// <summary>
/// Every RPC of every service, called by everybody: what is expected is the table of docs/security.md, which has a row for each. An RPC that is missing
/// there fails the test, and one whose contract does not say who may call it keeps its service from starting.
/// </summary>
[Collection(GuardedStore.Name)]
public sealed class AccessMatrixTests(GuardedStore guarded)
{
    private const string Yes = "yes";
    private const string No = "–";

    private static readonly string[] Columns = ["RPC", "Nobody", "Visitor", "Customer", "Admin", "Service", "What it touches"];

    // What the guard says, and no service: a wrong password is UNAUTHENTICATED as well.
    private static readonly string[] GuardDetails =
        ["A token is needed.", "The token is not valid.", "The token has expired.", "The authorization is not one bearer token.", "This is not for the caller."];

    private static readonly Dictionary<Role, Caller> Callers = new()
    {
        [Role.Visitor] = new(Role.Visitor, "a-visitor-of-22-letters"),
        [Role.Customer] = new(Role.Customer, "account:00000000000000000000000000"),
        [Role.Admin] = new(Role.Admin, "account:00000000000000000000000001"),
        [Role.Service] = new(Role.Service, "service:Test"),
    };

    public static IEnumerable<TheoryDataRow<string>> Rpcs() => Methods().Select(method => new TheoryDataRow<string>(method.FullName));

    [Theory, MemberData(nameof(Rpcs))]
    public async Task Call_by_everybody_is_answered_as_the_table_says(string rpc)
    {
        var method = Methods().Single(method => method.FullName == rpc);
        var row = Assert.Single(Table(), cells => cells[0] == $"`{rpc}`");

        string[] seen =
        [
            await TryAsync(method, token: null),
            await TryAsync(method, guarded.Accounts.Token(Callers[Role.Visitor])),
            await TryAsync(method, guarded.Accounts.Token(Callers[Role.Customer])),
            await TryAsync(method, guarded.Accounts.Token(Callers[Role.Admin])),
            await TryAsync(method, guarded.Accounts.Token(Callers[Role.Service])),
        ];

        Assert.Equal(row[1..6], seen);
    }

    [Theory, MemberData(nameof(Rpcs))]
    public async Task Call_with_a_token_that_is_not_good_is_refused_whoever_it_names(string rpc)
    {
        var method = Methods().Single(method => method.FullName == rpc);

        foreach (var caller in Callers.Values)
        {
            Assert.Equal(No, await TryAsync(method, guarded.Accounts.ForgedToken(caller)));
            Assert.Equal(No, await TryAsync(method, guarded.Accounts.ExpiredToken(caller)));
            Assert.Equal(No, await TryAsync(method, guarded.Accounts.ForeignToken(caller)));
        }
    }

    [Fact]
    public void Table_has_a_row_for_every_RPC_and_no_other()
    {
        Assert.Equal(Methods().Select(method => $"`{method.FullName}`").Order(StringComparer.Ordinal), Table().Select(cells => cells[0]).Order(StringComparer.Ordinal));
    }

    // A request that names a person, or something that is one's own, needs somebody to look whose it is: the table says how, and OwnershipTests tries.
    [Fact]
    public void Table_says_what_is_touched_where_people_may_name_something()
    {
        foreach (var method in Methods().Where(method => RolesOf(method).Overlaps([Role.Visitor, Role.Customer])))
        {
            Assert.NotEqual(No, Table().Single(cells => cells[0] == $"`{method.FullName}`")[6]);
        }
    }

    private static IEnumerable<MethodDescriptor> Methods() => typeof(AccountsReflection).Assembly.GetTypes()
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
        .OfType<FileDescriptor>()
        .SelectMany(file => file.Services)
        .SelectMany(service => service.Methods)
        .OrderBy(method => method.FullName, StringComparer.Ordinal);

    private static HashSet<Role> RolesOf(MethodDescriptor method) => method.GetOptions()?.GetExtension(AccessExtensions.Access)?.ToHashSet() ?? [];

    private static List<string[]> Table() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "security.md"))
            .SkipWhile(line => !Cells(line).SequenceEqual(Columns))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(Cells),
    ];

    private static string[] Cells(string line) => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries);

    private async Task<string> TryAsync(MethodDescriptor method, string? token)
    {
        var headers = new Metadata();
        if (token is not null)
        {
            headers.Add("authorization", $"Bearer {token}");
        }

        var options = new CallOptions(headers, DateTime.UtcNow.AddSeconds(30), TestContext.Current.CancellationToken);
        try
        {
            await CallAsync(method, options);
            return Yes;
        }
        catch (RpcException exception) when (GuardDetails.Contains(exception.Status.Detail))
        {
            Assert.Equal(IsRefusedForItself(token, exception) ? StatusCode.Unauthenticated : StatusCode.PermissionDenied, exception.StatusCode);
            return No;
        }
        catch (RpcException exception) when (exception.StatusCode is not (StatusCode.Unavailable or StatusCode.Unimplemented or StatusCode.Internal or StatusCode.DeadlineExceeded))
        {
            // The request is empty: that it is refused for that is the service's own word.
            return Yes;
        }
    }

    private static bool IsRefusedForItself(string? token, RpcException exception) => token is null || exception.Status.Detail != GuardDetails[^1];

    private async Task CallAsync(MethodDescriptor method, CallOptions options)
    {
        var bytes = Marshallers.Create(static (byte[] message) => message, static message => message);
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (true, true) => MethodType.DuplexStreaming,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.Unary,
        };
        var invoker = guarded.Invoker;
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
}
