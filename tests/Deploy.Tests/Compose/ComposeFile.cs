using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace BooksForYou.Deploy.Tests.Compose;

/// <summary>A compose file, as it is in the repository.</summary>
internal sealed class ComposeFile
{
    private readonly YamlMappingNode _root;

    private ComposeFile(YamlMappingNode root) => _root = root;

    /// <summary>The services by their names.</summary>
    public IReadOnlyDictionary<string, ComposeService> Services => ((YamlMappingNode)_root["services"]).Children
        .ToDictionary(service => $"{service.Key}", service => new ComposeService((YamlMappingNode)service.Value));

    /// <summary>Reads a file of <c>deploy/</c>.</summary>
    public static ComposeFile Read(string name)
    {
        using var text = File.OpenText(PathOf(name));
        var yaml = new YamlStream();
        yaml.Load(text);
        return new ComposeFile((YamlMappingNode)Merge(yaml.Documents[0].RootNode));
    }

    /// <summary>Where a file of <c>deploy/</c> is.</summary>
    public static string PathOf(string name) => Path.Combine(Repository.Root, "deploy", name);

    // `<<` brings in what another mapping has, and what the mapping itself says goes before it.
    private static YamlNode Merge(YamlNode node)
    {
        if (node is not YamlMappingNode mapping)
        {
            return node;
        }

        var merged = new YamlMappingNode();
        foreach (var (key, value) in mapping.Children.OrderBy(child => $"{child.Key}" == "<<" ? 0 : 1))
        {
            IEnumerable<KeyValuePair<YamlNode, YamlNode>> children =
                $"{key}" == "<<" ? ((YamlMappingNode)Merge(value)).Children : [KeyValuePair.Create(key, Merge(value))];
            foreach (var child in children)
            {
                merged.Children[child.Key] = child.Value;
            }
        }

        return merged;
    }
}

/// <summary>A service of a compose file.</summary>
internal sealed class ComposeService(YamlMappingNode node)
{
    public string Image => this["image"] ?? "";

    public bool IsBuilt => node.Children.ContainsKey("build");

    /// <summary>The most memory that it gets, in MiB; 0 when nothing is said.</summary>
    public int MemoryLimit => this["mem_limit"] is { } text && text.EndsWith('m') ? int.Parse(text[..^1], CultureInfo.InvariantCulture) : 0;

    public IReadOnlyDictionary<string, string> Environment => node.Children.TryGetValue("environment", out var environment)
        ? ((YamlMappingNode)environment).Children.ToDictionary(setting => $"{setting.Key}", setting => ((YamlScalarNode)setting.Value).Value ?? "")
        : new Dictionary<string, string>();

    /// <summary>A value that is one text; null when there is none.</summary>
    public string? this[string name] => node.Children.TryGetValue(name, out var value) ? (value as YamlScalarNode)?.Value : null;

    /// <summary>A value that is a list of texts, such as <c>cap_drop</c>; none when it is not there.</summary>
    public IReadOnlyList<string> ListOf(string name) => node.Children.TryGetValue(name, out var value) && value is YamlSequenceNode list
        ? [.. list.Children.OfType<YamlScalarNode>().Select(item => item.Value ?? "")]
        : [];

    /// <summary>Which other services are waited for before this one starts, each with what is waited for.</summary>
    public IReadOnlyDictionary<string, string> WaitsFor => node.Children.TryGetValue("depends_on", out var value)
        ? ((YamlMappingNode)value).Children.ToDictionary(other => $"{other.Key}", other => $"{other.Value["condition"]}")
        : new Dictionary<string, string>();
}
