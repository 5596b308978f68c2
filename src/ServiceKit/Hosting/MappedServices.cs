using System.Collections.Frozen;
using System.Reflection;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Security;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>The gRPC services that this process serves.</summary>
internal sealed class MappedServices
{
    private readonly List<(Type Type, AccessRule Otherwise)> _mapped = [];

    /// <summary>Their protobuf descriptors; a service whose base class was not generated has none.</summary>
    public IEnumerable<ServiceDescriptor> Descriptors => _mapped.Select(service => DescriptorOf(service.Type)).OfType<ServiceDescriptor>().Distinct();

    /// <summary>Their full names.</summary>
    public IReadOnlyList<string> Names => [.. Descriptors.Select(descriptor => descriptor.FullName)];

    /// <summary>Their protobuf descriptors, with who may call those of their methods whose contract does not say it.</summary>
    public IEnumerable<(ServiceDescriptor Service, AccessRule Otherwise)> Access
    {
        get
        {
            foreach (var (type, otherwise) in _mapped)
            {
                if (DescriptorOf(type) is { } descriptor)
                {
                    yield return (descriptor, otherwise);
                }
            }
        }
    }

    public void Add(Type type, IEnumerable<Role> access, IEnumerable<string> callers) =>
        _mapped.Add((type, new AccessRule(access.ToFrozenSet(), callers.ToFrozenSet(StringComparer.OrdinalIgnoreCase))));

    public bool HasOtherThan(Assembly assembly) => _mapped.Exists(service => service.Type.Assembly != assembly);

    // The generated base class is marked with the class around it, which has the descriptor.
    private static ServiceDescriptor? DescriptorOf(Type type) => type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
        ?.BindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;
}
