namespace BooksForYou.Deploy.Tests.Kubernetes;

/// <summary>The store under a service mesh: docs/service-mesh.md.</summary>
public sealed class ServiceMeshTests
{
    private const string Folder = "overlays/mesh";

    [Fact]
    public async Task Authorization_policies_are_those_of_the_table_of_RPCs()
    {
        await using var create = ProgramRun.Start(Path.Combine(Repository.Root, "deploy", "service-mesh", "create"), ["--print"]);
        Assert.Equal(0, await create.WaitForExitAsync());

        var committed = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "deploy", "service-mesh", "authorization-policies.yaml"), TestContext.Current.CancellationToken);
        Assert.True(committed == create.Output, "deploy/service-mesh/authorization-policies.yaml is not what deploy/service-mesh/create writes: run it.");
    }

    [Fact]
    public async Task Services_of_the_mesh_leave_TLS_to_it()
    {
        var rendered = await Rendered.LoadAsync(Folder);

        Assert.All(rendered.Deployments, deployment =>
        {
            Assert.DoesNotContain(deployment.Service["env"].Items, entry => entry["name"].Text.StartsWith("TLS_", StringComparison.Ordinal));
            Assert.DoesNotContain(deployment.Pod["volumes"].Items, volume => volume["name"].Text == "tls");
            Assert.DoesNotContain(deployment.Service["volumeMounts"].Items, mount => mount["name"].Text == "tls");
        });
        Assert.Equal(["marketplace-web"], rendered.Of("Certificate").Select(certificate => certificate["metadata.name"].Text));
        Assert.Empty(rendered.Of("Issuer"));
        Assert.Equal("STRICT", rendered.Find("PeerAuthentication", "store")["spec.mtls.mode"].Text);
        Assert.Equal("enabled", rendered.Find("Namespace", "booksforyou")["metadata.labels"]["istio-injection"].Text);
    }

    [Fact]
    public async Task What_no_policy_allows_is_refused_and_every_service_has_one()
    {
        var rendered = await Rendered.LoadAsync(Folder);

        Assert.Empty(rendered.Find("AuthorizationPolicy", "deny")["spec"].Keys);
        Assert.All(rendered.Deployments, deployment =>
        {
            var policy = rendered.Find("AuthorizationPolicy", deployment.Name)["spec"];
            Assert.Equal(("ALLOW", deployment.Name), (policy["action"].Text, policy["selector.matchLabels"].Of("app.kubernetes.io/name").Text));
        });
    }

    [Fact]
    public async Task Policies_are_for_services_that_there_are_and_let_the_shop_ask_each_how_it_is_doing()
    {
        var rendered = await Rendered.LoadAsync(Folder);
        var services = rendered.Deployments.Select(deployment => deployment.Name).ToHashSet();

        Assert.Subset(services, rendered.Of("AuthorizationPolicy").Select(policy => policy["metadata.name"].Text).Where(name => name != "deny").ToHashSet());
        Assert.All(ServicesTable.Read().Grpc, service => Assert.Contains(
            rendered.Find("AuthorizationPolicy", service)["spec.rules"].Items,
            rule => rule["from"].Items.Any(from => from["source.principals"].Texts.Contains("cluster.local/ns/booksforyou/sa/marketplace"))
                && rule["to"].Items.Any(to => to["operation.paths"].Texts.Contains("/booksforyou.ops.v1.OpsService/GetProcessReport"))));
    }

    // The column `Called by` and the column `May call` are two pages' words for one thing.
    [Fact]
    public async Task Callers_that_a_policy_lets_in_are_those_that_the_network_lets_through()
    {
        var rendered = await Rendered.LoadAsync(Folder);

        var network = new NetworkPolicies(rendered).Outgoing;
        var callers = rendered.Deployments.SelectMany(deployment => rendered.Find("AuthorizationPolicy", deployment.Name)["spec.rules"].Items
            .SelectMany(rule => rule["from"].Items)
            .SelectMany(from => from["source.principals"].Texts)
            .Select(principal => $"{principal["cluster.local/ns/booksforyou/sa/".Length..]} -> {deployment.Name}:50051"))
            .ToHashSet();

        Assert.NotEmpty(callers);
        Assert.Subset(network, callers);
        Assert.Empty(network.Where(connection => !connection.EndsWith("-> accounts:50051", StringComparison.Ordinal)).Except(callers));
    }
}
