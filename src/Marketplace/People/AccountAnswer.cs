using BooksForYou.ServiceKit.Errors;
using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.Marketplace.People;

/// <summary>What came of something that was asked of Accounts.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="End">What came of it.</param>
/// <param name="Value">The answer, if it is done.</param>
/// <param name="Violations">What is wrong, by the names that the service gives to the fields.</param>
/// <param name="Pause">How long to wait after too many tries.</param>
internal sealed record AccountAnswer<T>(AccountEnd End, T? Value, IReadOnlyList<KeyValuePair<string, string>> Violations, TimeSpan Pause)
    where T : class
{
    /// <summary>It is done.</summary>
    public static AccountAnswer<T> Of(T value) => new(AccountEnd.Done, value, [], TimeSpan.Zero);

    /// <summary>There is no answer.</summary>
    public static AccountAnswer<T> Without(AccountEnd end) => new(end, null, [], TimeSpan.Zero);

    /// <summary>Reads why a call failed.</summary>
    public static AccountAnswer<T> Of(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => Without(AccountEnd.Refused),
        StatusCode.AlreadyExists => Without(AccountEnd.Taken),
        StatusCode.FailedPrecondition or StatusCode.NotFound => Without(AccountEnd.NotPossible),
        StatusCode.ResourceExhausted => new(AccountEnd.TooOften, null, [], failure.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan() ?? TimeSpan.Zero),
        StatusCode.InvalidArgument => new(AccountEnd.Invalid, null, [.. ViolationsOf(failure)], TimeSpan.Zero),
        _ => Without(AccountEnd.Away),
    };

    private static IEnumerable<KeyValuePair<string, string>> ViolationsOf(RpcException failure) =>
        (failure.GetDetail<BadRequest>()?.FieldViolations ?? []).Select(violation => KeyValuePair.Create(violation.Field, violation.Description));
}
