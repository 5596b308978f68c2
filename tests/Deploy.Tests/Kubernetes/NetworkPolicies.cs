namespace BooksForYou.Deploy.Tests.Kubernetes;

/// <summary>
/// Which connections the NetworkPolicies let through, worked out as a cluster does it
/// (https://kubernetes.io/docs/concepts/services-networking/network-policies/): a pod that a policy selects is cut off in that direction, but for what any
/// policy opens.
/// </summary>
internal sealed class NetworkPolicies(Rendered rendered)
{
    private readonly List<Workload> _pods = [.. rendered.Workloads];

    /// <summary>Which pod may open a connection to which port of which other one: its own policies let it out.</summary>
    public SortedSet<string> Outgoing => Between("Egress", "egress", "to", (pod, peer, port) => $"{pod} -> {peer}:{port}");

    /// <summary>Which pod lets another one in, at which port.</summary>
    public SortedSet<string> Incoming => Between("Ingress", "ingress", "from", (pod, peer, port) => $"{peer} -> {pod}:{port}");

    /// <summary>What pods may reach outside of the namespace.</summary>
    public SortedSet<string> ToOutside => Outside("Egress", "egress", "to", (pod, peer, port) => $"{pod} -> {peer}:{port}");

    /// <summary>What may reach pods from outside of the namespace.</summary>
    public SortedSet<string> FromOutside => Outside("Ingress", "ingress", "from", (pod, peer, port) => $"{peer} -> {pod}:{port}");

    private SortedSet<string> Between(string type, string rules, string peers, Func<string, string, string, string> describe) => new(
        from pod in _pods
        from rule in RulesOf(pod, type, rules)
        from port in PortsOf(rule)
        from peer in rule[peers].Items
        where !peer["namespaceSelector"].Exists && !peer["ipBlock"].Exists
        from other in _pods
        where other.Name != pod.Name && Selects(peer["podSelector"], other)
        select describe(pod.Name, other.Name, port),
        StringComparer.Ordinal);

    private SortedSet<string> Outside(string type, string rules, string peers, Func<string, string, string, string> describe) => new(
        from pod in _pods
        from rule in RulesOf(pod, type, rules)
        from port in PortsOf(rule)
        from peer in rule[peers].Exists ? rule[peers].Items.Select(NameOutside).OfType<string>() : ["anybody"]
        select describe(pod.Name, peer, port),
        StringComparer.Ordinal);

    // The whole namespace is cut off by the policy without a rule, which a test looks for: so what is not opened is closed.
    private IEnumerable<Yaml> RulesOf(Workload pod, string type, string rules) => rendered.Of("NetworkPolicy")
        .Where(policy => policy["spec.policyTypes"].Texts.Contains(type) && Selects(policy["spec.podSelector"], pod))
        .SelectMany(policy => policy["spec"][rules].Items);

    private static List<string> PortsOf(Yaml rule) => rule["ports"].Exists
        ? [.. rule["ports"].Items.Select(port => port["port"].Text + (port["protocol"].Text == "UDP" ? "/udp" : "")).Distinct()]
        : ["any"];

    private static string? NameOutside(Yaml peer)
    {
        if (peer["ipBlock"].Exists)
        {
            return peer["ipBlock.cidr"].Text;
        }

        return peer["namespaceSelector"].Exists
            ? string.Join('/', peer["namespaceSelector.matchLabels"].ToTexts().Values.Concat(peer["podSelector.matchLabels"].ToTexts().Values))
            : null;
    }

    private static bool Selects(Yaml selector, Workload pod) =>
        selector["matchLabels"].Entries.All(label => pod.Labels.GetValueOrDefault(label.Key) == label.Value.Text)
        && selector["matchExpressions"].Items.All(expression =>
            expression["operator"].Text == "In" && expression["values"].Texts.Contains(pod.Labels.GetValueOrDefault(expression["key"].Text)));
}
