using System.Reflection;
using BooksForYou.Contracts.Security.V1;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>The gRPC services that this process serves.</summary>
internal sealed class MappedServices
{
    private readonly List<(Type Type, Role[] Access)> _mapped = [];

    /// <summary>Their protobuf descriptors; a service whose base class was not generated has none.</summary>
    public IEnumerable<ServiceDescriptor> Descriptors => _mapped.Select(service => DescriptorOf(service.Type)).OfType<ServiceDescriptor>().Distinct();

    /// <summary>Their full names.</summary>
    public IReadOnlyList<string> Names => [.. Descriptors.Select(descriptor => descriptor.FullName)];

    /// <summary>Their protobuf descriptors, with who may call those of their methods whose contract does not say it.</summary>
    public IEnumerable<(ServiceDescriptor Service, IReadOnlyCollection<Role> Otherwise)> Access
    {
        get
        {
            foreach (var (type, access) in _mapped)
            {
                if (DescriptorOf(type) is { } descriptor)
                {
                    yield return (descriptor, access);
                }
            }
        }
    }

    public void Add(Type type, Role[] access) => _mapped.Add((type, access));

    public bool HasOtherThan(Assembly assembly) => _mapped.Exists(service => service.Type.Assembly != assembly);

    // The generated base class is marked with the class around it, which has the descriptor.
    private static ServiceDescriptor? DescriptorOf(Type type) => type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
        ?.BindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;
}
