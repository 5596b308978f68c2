using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace BooksForYou.Deploy.Tests.Observability;

/// <summary>The alert rules and the dashboard of <c>deploy/observability/</c>.</summary>
internal static class ObservabilityFiles
{
    /// <summary>Where a file is.</summary>
    public static string PathOf(string name) => Path.Combine(Repository.Root, "deploy", "observability", name);

    /// <summary>The alert rules: name, question, and labels and annotations.</summary>
    public static IReadOnlyList<YamlMappingNode> Alerts()
    {
        using var text = File.OpenText(PathOf("alerts.yaml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode["groups"]).SelectMany(group => (YamlSequenceNode)group["rules"]).Cast<YamlMappingNode>()];
    }

    /// <summary>What the dashboard asks Prometheus.</summary>
    public static IReadOnlyList<PromQuery> DashboardQueries()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(PathOf("grafana/dashboards/store.json")));
        return
        [
            .. json.RootElement.GetProperty("panels").EnumerateArray()
                .Where(panel => panel.TryGetProperty("targets", out _))
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => new PromQuery(target.GetProperty("expr").GetString()!)),
        ];
    }
}
