using System.Collections.Frozen;
using BooksForYou.Contracts.Security.V1;

namespace BooksForYou.ServiceKit.Security;

/// <summary>Who may call a method.</summary>
/// <param name="Roles">For whom it is, by their tokens.</param>
/// <param name="Callers">The services that may call it under mutual TLS, by their certificates.</param>
internal sealed record AccessRule(FrozenSet<Role> Roles, FrozenSet<string> Callers)
{
    /// <summary>Stands for every service with a certificate.</summary>
    public const string Anyone = "anyone";

    /// <summary>Nobody may.</summary>
    public static AccessRule Nobody { get; } = new(FrozenSet<Role>.Empty, FrozenSet<string>.Empty);

    /// <summary>Whether every service may call it.</summary>
    public bool IsForAnyone { get; } = Callers.Contains(Anyone);
}
