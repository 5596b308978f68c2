using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace BooksForYou.GrpcApi.Tests.PublicApi;

/// <summary>The members that a compiled assembly refers to in others, as dotted names such as <c>Grpc.Core.Metadata.Add</c>.</summary>
internal static class MemberReferences
{
    public static IEnumerable<string> Read(string path, IReadOnlyCollection<string> assemblies)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var names = new HashSet<string>();
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (DeclaringType(reader, member.Parent) is { } type && Owner(reader, type) is { } owner && assemblies.Contains(owner))
            {
                names.Add($"{Name(reader, type)}.{reader.GetString(member.Name)}");
            }
        }

        return names;
    }

    /// <summary>The names by which compiled code refers to what a line of PublicApi.txt declares.</summary>
    public static IEnumerable<string> NamesOf(string line)
    {
        var name = ApiDifferences.Name(line);
        var dot = name.LastIndexOf('.');
        if (line.Contains(" delegate ", StringComparison.Ordinal))
        {
            return [$"{name}..ctor", $"{name}.Invoke"];
        }

        if (name.EndsWith(".this", StringComparison.Ordinal))
        {
            return [$"{name[..dot]}.get_Item", $"{name[..dot]}.set_Item"];
        }

        return line.Contains("{ get; ", StringComparison.Ordinal)
            ? [$"{name[..dot]}.get_{name[(dot + 1)..]}", $"{name[..dot]}.set_{name[(dot + 1)..]}"]
            : [name];
    }

    private static TypeReferenceHandle? DeclaringType(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
        {
            return (TypeReferenceHandle)parent;
        }

        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return null;
        }

        // GENERICINST (CLASS | VALUETYPE) TypeDefOrRef ..., ECMA-335 II.23.2.14.
        var signature = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        signature.ReadByte();
        var generic = signature.ReadTypeHandle();
        return generic.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)generic : null;
    }

    private static string? Owner(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => Owner(reader, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => null,
        };
    }

    private static string Name(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name).Split('`')[0];
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Name(reader, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }
}
