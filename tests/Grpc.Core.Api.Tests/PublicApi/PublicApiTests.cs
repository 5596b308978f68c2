using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Builder;

namespace BooksForYou.GrpcApi.Tests.PublicApi;

/// <summary>
/// PublicApi.txt lists what the published assemblies show. The order of its lines, the target framework and the number of members
/// in its headings say nothing about compatibility, and are not compared.
/// </summary>
public sealed partial class PublicApiTests
{
    public static TheoryData<string> Assemblies => ["Grpc.Core.Api", "Grpc.Net.Common"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_public_api_is_as_listed(string name)
    {
        var differences = ApiDifferences.Find(ReadList(name).Lines, ApiPrinter.Print(Load(name)));

        Assert.True(differences.Count == 0, $"{name} differs from PublicApi.txt:\n{string.Join('\n', differences)}");
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_types_are_as_many_as_listed(string name)
    {
        var types = int.Parse(TypeCount().Match(ReadList(name).Heading).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

        Assert.Equal(types, ApiPrinter.CountTypes(Load(name)));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_forwards_no_types(string name)
    {
        Assert.Empty(Load(name).GetForwardedTypes());
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_identity_is_what_the_official_client_refers_to(string name)
    {
        var referred = typeof(GrpcChannel).Assembly.GetReferencedAssemblies().Single(reference => reference.Name == name);

        Assert.Equal(referred.FullName, Load(name).FullName);
        Assert.Equal($"{name}, Version=2.0.0.0, Culture=neutral, PublicKeyToken=d754f35622e28bad", referred.FullName);
    }

    [Fact]
    public void Official_assemblies_refer_to_listed_members_only()
    {
        var listed = Assemblies.SelectMany(name => ReadList(name.Data).Lines).SelectMany(MemberReferences.NamesOf).ToHashSet();
        Assembly[] official = [typeof(GrpcChannel).Assembly, typeof(GrpcEndpointRouteBuilderExtensions).Assembly];

        string[] names = [.. Assemblies.Select(name => name.Data)];
        var referred = official.SelectMany(assembly => MemberReferences.Read(assembly.Location, names)).ToHashSet();

        Assert.Contains("Grpc.Core.Metadata.Add", referred);
        Assert.Empty(referred.Except(listed));
    }

    private static Assembly Load(string name) =>
        name == "Grpc.Core.Api" ? typeof(Metadata).Assembly : typeof(ICompressionProvider).Assembly;

    private static (string Heading, IReadOnlyList<string> Lines) ReadList(string assembly)
    {
        using var stream = typeof(PublicApiTests).Assembly.GetManifestResourceStream("PublicApi.txt")!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var start = Array.FindIndex(lines, line => line.StartsWith($"# ASSEMBLY {assembly} ", StringComparison.Ordinal));
        var rest = lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("# ASSEMBLY", StringComparison.Ordinal));
        return (lines[start], [.. rest.Where(line => line[0] != '#')]);
    }

    [GeneratedRegex(@"types=(\d+)")]
    private static partial Regex TypeCount();
}
