using System.Collections.Frozen;
using BooksForYou.Contracts.Security.V1;
using Google.Protobuf.Reflection;

namespace BooksForYou.ServiceKit.Security;

/// <summary>Who may call which method, by its path (<c>/package.Service/Method</c>), as the contracts say with the option <c>access</c>.</summary>
internal sealed class AccessRules
{
    private readonly FrozenDictionary<string, FrozenSet<Role>> _roles;

    /// <summary>Reads contracts.</summary>
    /// <param name="services">The services, with who may call those of their methods that do not say it.</param>
    public AccessRules(IEnumerable<(ServiceDescriptor Service, IReadOnlyCollection<Role> Otherwise)> services) => _roles = services
        .SelectMany(entry => entry.Service.Methods.Select(method => (method, entry.Otherwise)))
        .DistinctBy(entry => entry.method.FullName)
        .ToFrozenDictionary(
            entry => $"/{entry.method.Service.FullName}/{entry.method.Name}",
            entry => RolesOf(entry.method) is { Count: > 0 } roles ? roles : entry.Otherwise.ToFrozenSet());

    /// <summary>The methods that nobody may call, since nothing says who may.</summary>
    public IEnumerable<string> Forgotten => _roles.Where(entry => entry.Value.Count == 0).Select(entry => entry.Key).Order(StringComparer.Ordinal);

    /// <summary>Who may call a method; nobody when it is not known.</summary>
    public FrozenSet<Role> Of(string path) => _roles.GetValueOrDefault(path) ?? FrozenSet<Role>.Empty;

    /// <summary>Who may call a method, as its contract says; empty when it says nothing.</summary>
    public static FrozenSet<Role> RolesOf(MethodDescriptor method) =>
        method.GetOptions()?.GetExtension(AccessExtensions.Access)?.ToFrozenSet() ?? FrozenSet<Role>.Empty;
}
