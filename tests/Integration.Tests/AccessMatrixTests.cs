using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Testing;
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

    [Theory, MemberData(nameof(AnyRpc.Rows), MemberType = typeof(AnyRpc))]
    public async Task Call_by_everybody_is_answered_as_the_table_says(string rpc)
    {
        var method = AnyRpc.Named(rpc);
        var row = AnyRpc.RowOf(rpc);

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

    [Theory, MemberData(nameof(AnyRpc.Rows), MemberType = typeof(AnyRpc))]
    public async Task Call_with_a_token_that_is_not_good_is_refused_whoever_it_names(string rpc)
    {
        var method = AnyRpc.Named(rpc);

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
        Assert.Equal(
            AnyRpc.All().Select(method => $"`{method.FullName}`").Order(StringComparer.Ordinal),
            AnyRpc.Table().Select(cells => cells[0]).Order(StringComparer.Ordinal));
    }

    // A request that names a person, or something that is one's own, needs somebody to look whose it is: the table says how, and OwnershipTests tries.
    [Fact]
    public void Table_says_what_is_touched_where_people_may_name_something()
    {
        foreach (var method in AnyRpc.All().Where(method => RolesOf(method).Overlaps([Role.Visitor, Role.Customer])))
        {
            Assert.NotEqual(No, AnyRpc.RowOf(method.FullName)[7]);
        }
    }

    private static HashSet<Role> RolesOf(MethodDescriptor method) => method.GetOptions()?.GetExtension(AccessExtensions.Access)?.ToHashSet() ?? [];

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
            await AnyRpc.CallAsync(guarded.Invoker, method, options);
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
}
