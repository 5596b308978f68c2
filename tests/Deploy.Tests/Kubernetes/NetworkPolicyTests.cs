namespace BooksForYou.Deploy.Tests.Kubernetes;

/// <summary>The network lets through what docs/architecture.md says that services call, and nothing else.</summary>
public sealed class NetworkPolicyTests
{
    private static readonly ServicesTable Table = ServicesTable.Read();

    public static TheoryData<string> Folders => Rendered.Folders;

    [Theory, MemberData(nameof(Folders))]
    public async Task Nothing_is_let_through_that_no_policy_opens(string folder)
    {
        var deny = (await Rendered.LoadAsync(folder)).Find("NetworkPolicy", "default-deny");

        Assert.Empty(deny["spec.podSelector"].Keys);
        Assert.Equal(["Ingress", "Egress"], deny["spec.policyTypes"].Texts);
        Assert.False(deny["spec.ingress"].Exists);
        Assert.False(deny["spec.egress"].Exists);
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Services_reach_whom_they_call_and_no_other_pod(string folder)
    {
        var rendered = await Rendered.LoadAsync(folder);
        var network = new NetworkPolicies(rendered);
        var expected = new SortedSet<string>(
            from caller in Table.Grpc.Append("marketplace")
            from called in Table.CalledBy(caller)
            select $"{caller} -> {called}:50051",
            StringComparer.Ordinal);
        if (folder == "overlays/local")
        {
            expected.UnionWith(Table.WithDatabase.Select(service => $"{service} -> postgres:5432"));
            expected.UnionWith(Table.WithMail.Select(service => $"{service} -> mailbox:1025"));
            expected.UnionWith(Table.WithPayments.Select(service => $"{service} -> testgateway:5080"));
        }

        Assert.Equal(expected, network.Outgoing);
        Assert.Equal(expected, network.Incoming);
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Services_reach_outside_only_what_they_need(string folder)
    {
        var network = new NetworkPolicies(await Rendered.LoadAsync(folder));
        var services = Table.Grpc.Append("marketplace").ToList();
        var expected = new SortedSet<string>(services.SelectMany(service => new[]
        {
            $"{service} -> kube-system/kube-dns:53",
            $"{service} -> kube-system/kube-dns:53/udp",
            $"{service} -> observability/opentelemetry-collector:4317",
        }), StringComparer.Ordinal);
        if (folder == "overlays/production")
        {
            expected.UnionWith(Table.WithDatabase.Select(service => $"{service} -> 10.20.0.0/24:5432"));
            expected.UnionWith(Table.WithMail.Select(service => $"{service} -> 0.0.0.0/0:587"));
            expected.UnionWith(Table.WithPayments.Select(service => $"{service} -> 0.0.0.0/0:443"));
        }

        Assert.Equal(expected, network.ToOutside);
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task From_outside_people_reach_the_shop_and_Prometheus_reaches_metrics(string folder)
    {
        var network = new NetworkPolicies(await Rendered.LoadAsync(folder));
        var expected = new SortedSet<string>(
            Table.Grpc.Append("marketplace").Select(service => $"observability/prometheus -> {service}:9464"), StringComparer.Ordinal) { "anybody -> marketplace:5000" };
        if (folder == "overlays/production")
        {
            expected.Add("anybody -> marketplace:5443");
        }

        Assert.Equal(expected, network.FromOutside);
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Private_networks_are_not_reached_by_way_of_the_internet(string folder)
    {
        var open = (await Rendered.LoadAsync(folder)).Of("NetworkPolicy")
            .SelectMany(policy => policy["spec.egress"].Items)
            .SelectMany(rule => rule["to"].Items)
            .Where(peer => peer["ipBlock.cidr"].Text == "0.0.0.0/0");

        Assert.All(open, peer => Assert.Equal(
            ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"], peer["ipBlock.except"].Texts));
    }
}
