using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace BooksForYou.Deploy.Tests.Kubernetes;

/// <summary>A place in a YAML document, which may be empty: asked for what is not there, it answers with an empty place again.</summary>
internal readonly record struct Yaml(YamlNode? Node)
{
    public bool Exists => Node is not null;

    /// <summary>The text here, empty where there is none.</summary>
    public string Text => (Node as YamlScalarNode)?.Value ?? "";

    public int Number => int.Parse(Text, CultureInfo.InvariantCulture);

    public bool IsTrue => Text == "true";

    public bool IsFalse => Text == "false";

    public IEnumerable<Yaml> Items => (Node as YamlSequenceNode)?.Children.Select(item => new Yaml(item)) ?? [];

    public IEnumerable<string> Texts => Items.Select(item => item.Text);

    public IEnumerable<string> Keys => Entries.Select(entry => entry.Key);

    public IEnumerable<KeyValuePair<string, Yaml>> Entries => (Node as YamlMappingNode)?.Children
        .Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, new Yaml(child.Value))) ?? [];

    /// <summary>What is at a path such as <c>spec.template.spec</c>.</summary>
    public Yaml this[string path]
    {
        get
        {
            var node = Node;
            foreach (var key in path.Split('.'))
            {
                node = node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;
            }

            return new Yaml(node);
        }
    }

    /// <summary>The value of a key that has dots in it.</summary>
    public Yaml Of(string key) => new(Node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null);

    public Dictionary<string, string> ToTexts() => Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Text);

    public static IReadOnlyList<Yaml> ReadAll(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => new Yaml(document.RootNode))];
    }
}
