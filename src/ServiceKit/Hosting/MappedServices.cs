using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>The gRPC services that this process serves.</summary>
internal sealed class MappedServices
{
    private readonly List<Type> _types = [];

    /// <summary>Their protobuf descriptors; a service whose base class was not generated has none.</summary>
    public IEnumerable<ServiceDescriptor> Descriptors => _types.Select(DescriptorOf).OfType<ServiceDescriptor>().Distinct();

    /// <summary>Their full names.</summary>
    public IReadOnlyList<string> Names => [.. Descriptors.Select(descriptor => descriptor.FullName)];

    public void Add(Type type) => _types.Add(type);

    public bool HasOtherThan(Assembly assembly) => _types.Exists(type => type.Assembly != assembly);

    // The generated base class is marked with the class around it, which has the descriptor.
    private static ServiceDescriptor? DescriptorOf(Type type) => type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
        ?.BindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;
}
