using System.Collections.Frozen;
using BooksForYou.Contracts.Security.V1;
using Google.Protobuf.Reflection;

namespace BooksForYou.ServiceKit.Security;

/// <summary>Who may call which method, by its path (<c>/package.Service/Method</c>), as the contracts say with the options <c>access</c> and
/// <c>callers</c>.</summary>
internal sealed class AccessRules
{
    private readonly FrozenDictionary<string, AccessRule> _rules;

    /// <summary>Reads contracts.</summary>
    /// <param name="services">The services, with who may call those of their methods that do not say it.</param>
    public AccessRules(IEnumerable<(ServiceDescriptor Service, AccessRule Otherwise)> services) => _rules = services
        .SelectMany(entry => entry.Service.Methods.Select(method => (method, entry.Otherwise)))
        .DistinctBy(entry => entry.method.FullName)
        .ToFrozenDictionary(entry => $"/{entry.method.Service.FullName}/{entry.method.Name}", entry => RuleOf(entry.method, entry.Otherwise));

    /// <summary>The methods that nobody may call, since nothing says who may.</summary>
    public IEnumerable<string> Forgotten => PathsWhere(rule => rule.Roles.Count == 0);

    /// <summary>The methods that no service may call under mutual TLS, since nothing says which may.</summary>
    public IEnumerable<string> WithoutCallers => PathsWhere(rule => rule.Callers.Count == 0);

    /// <summary>Who may call a method; nobody when it is not known.</summary>
    public AccessRule Of(string path) => _rules.GetValueOrDefault(path) ?? AccessRule.Nobody;

    /// <summary>Who may call a method, as its contract says; empty when it says nothing.</summary>
    public static FrozenSet<Role> RolesOf(MethodDescriptor method) =>
        method.GetOptions()?.GetExtension(AccessExtensions.Access)?.ToFrozenSet() ?? FrozenSet<Role>.Empty;

    /// <summary>Which services may call a method, as its contract says, or else that of its service; empty when neither does.</summary>
    public static FrozenSet<string> CallersOf(MethodDescriptor method)
    {
        IEnumerable<string>? callers = method.GetOptions()?.GetExtension(AccessExtensions.Callers) is { Count: > 0 } own
            ? own
            : method.Service.GetOptions()?.GetExtension(AccessExtensions.DefaultCallers);
        return callers?.ToFrozenSet(StringComparer.OrdinalIgnoreCase) ?? FrozenSet<string>.Empty;
    }

    private static AccessRule RuleOf(MethodDescriptor method, AccessRule otherwise) => new(
        RolesOf(method) is { Count: > 0 } roles ? roles : otherwise.Roles,
        CallersOf(method) is { Count: > 0 } callers ? callers : otherwise.Callers);

    private IEnumerable<string> PathsWhere(Predicate<AccessRule> holds) =>
        _rules.Where(entry => holds(entry.Value)).Select(entry => entry.Key).Order(StringComparer.Ordinal);
}
