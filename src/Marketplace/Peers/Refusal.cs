using BooksForYou.ServiceKit.Errors;
using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.Marketplace.Peers;

/// <summary>Why another service would not do what it was asked.</summary>
/// <param name="Code">The kind of refusal.</param>
/// <param name="Reason">The reason as a word for programs; empty when the service gave none.</param>
/// <param name="Detail">The reason as a sentence.</param>
/// <param name="Violations">What is wrong, by the names that the contract gives to the fields.</param>
internal sealed record Refusal(StatusCode Code, string Reason, string Detail, IReadOnlyList<KeyValuePair<string, string>> Violations)
{
    /// <summary>Reads what a failed call says about itself.</summary>
    public static Refusal Of(RpcException failure)
    {
        var violations = failure.GetDetail<BadRequest>()?.FieldViolations.Select(violation => KeyValuePair.Create(violation.Field, violation.Description));

        // What the standard calls reason is called Type in the package's older ErrorInfo.
        return new Refusal(failure.StatusCode, failure.GetDetail<ErrorInfo>()?.Type ?? "", failure.Status.Detail, [.. violations ?? []]);
    }
}
