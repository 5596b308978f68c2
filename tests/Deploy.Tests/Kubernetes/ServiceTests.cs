using System.Globalization;
using BooksForYou.TestGateway;

namespace BooksForYou.Deploy.Tests.Kubernetes;

/// <summary>What each service of the store has in the cluster.</summary>
public sealed class ServiceTests
{
    private const int HealthPort = 50052;
    private const int MetricsPort = 9464;

    public static TheoryData<string> Folders => Rendered.Folders;

    [Theory, MemberData(nameof(Folders))]
    public async Task Services_of_the_architecture_are_deployed_and_no_others(string folder)
    {
        var rendered = await Rendered.LoadAsync(folder);

        Assert.Equal(
            ServicesTable.Read().Grpc.Append("marketplace").Order(StringComparer.Ordinal),
            rendered.Deployments.Select(deployment => deployment.Name).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Test_gateway_is_in_the_local_store_only(string folder)
    {
        var rendered = await Rendered.LoadAsync(folder);

        Assert.Equal(folder == "overlays/local", rendered.Workloads.Any(workload => workload.Name == "testgateway"));
        Assert.Equal(folder == "overlays/local", rendered.Of("ConfigMap").Any(map => map["data.TEST_CARDS"].Exists));
    }

    [Fact]
    public async Task Checkout_page_of_the_local_store_knows_the_cards_of_the_test_gateway()
    {
        var rendered = await Rendered.LoadAsync("overlays/local");

        Assert.Equal(TestCards.ToSetting(), Assert.Single(rendered.Of("ConfigMap"), map => map["data.TEST_CARDS"].Exists)["data.TEST_CARDS"].Text);
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Deployments_have_three_replicas_and_never_fewer_while_they_are_renewed(string folder) => await AssertEachAsync(folder, (_, deployment) =>
    {
        Assert.Equal(3, deployment.Object["spec.replicas"].Number);
        Assert.Equal(0, deployment.Object["spec.strategy.rollingUpdate.maxUnavailable"].Number);
        Assert.True(deployment.Object["spec.strategy.rollingUpdate.maxSurge"].Number > 0);
    });

    [Theory, MemberData(nameof(Folders))]
    public async Task Deployments_select_their_own_pods_and_spread_them(string folder) => await AssertEachAsync(folder, (_, deployment) =>
    {
        AssertSelectsOnly(deployment, deployment.Object["spec.selector.matchLabels"]);
        var spread = deployment.Pod["topologySpreadConstraints"].Items.ToList();
        Assert.Equal(["topology.kubernetes.io/zone", "kubernetes.io/hostname"], spread.Select(item => item["topologyKey"].Text));
        Assert.All(spread, item => AssertSelectsOnly(deployment, item["labelSelector.matchLabels"]));
    });

    [Theory, MemberData(nameof(Folders))]
    public async Task Deployments_have_a_disruption_budget_an_autoscaler_and_an_account_of_their_own(string folder) => await AssertEachAsync(folder, (rendered, deployment) =>
    {
        var budget = rendered.Find("PodDisruptionBudget", deployment.Name);
        AssertSelectsOnly(deployment, budget["spec.selector.matchLabels"]);
        Assert.Equal(1, budget["spec.maxUnavailable"].Number);

        var autoscaler = rendered.Find("HorizontalPodAutoscaler", deployment.Name);
        Assert.Equal(("Deployment", deployment.Name), (autoscaler["spec.scaleTargetRef.kind"].Text, autoscaler["spec.scaleTargetRef.name"].Text));
        Assert.Equal(deployment.Object["spec.replicas"].Number, autoscaler["spec.minReplicas"].Number);
        Assert.True(autoscaler["spec.maxReplicas"].Number > autoscaler["spec.minReplicas"].Number);
    });

    [Theory, MemberData(nameof(Folders))]
    public async Task Pods_have_an_account_of_their_own_without_a_token(string folder)
    {
        var rendered = await Rendered.LoadAsync(folder);

        Assert.All(rendered.Workloads, workload =>
        {
            Assert.Equal(workload.Name, workload.Pod["serviceAccountName"].Text);
            Assert.True(rendered.Find("ServiceAccount", workload.Name)["automountServiceAccountToken"].IsFalse);
        });
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Names_lead_to_every_pod_and_the_shop_is_a_load_balancer(string folder) => await AssertEachAsync(folder, (rendered, deployment) =>
    {
        var service = rendered.Find("Service", deployment.Name);
        AssertSelectsOnly(deployment, service["spec.selector"]);
        if (deployment.Name == "marketplace")
        {
            Assert.Equal("LoadBalancer", service["spec.type"].Text);
            Assert.False(service["spec.clusterIP"].Exists);
            Assert.Contains(5000, service["spec.ports"].Items.Select(port => port["port"].Number));
        }
        else
        {
            Assert.Equal("None", service["spec.clusterIP"].Text);
            Assert.Equal(50051, Assert.Single(service["spec.ports"].Items)["port"].Number);
        }

        var ports = deployment.Service["ports"].Items.Select(port => port["name"].Text);
        Assert.All(service["spec.ports"].Items, port => Assert.Contains(port["targetPort"].Text, ports));
    });

    [Theory, MemberData(nameof(Folders))]
    public async Task Every_container_is_probed(string folder)
    {
        var containers = (await Rendered.LoadAsync(folder)).Workloads.SelectMany(workload => workload.Containers);

        Assert.All(containers, container => Assert.All(
            ["startupProbe", "readinessProbe", "livenessProbe"],
            name => Assert.Single(container[name].Keys, key => key is "grpc" or "httpGet" or "tcpSocket" or "exec")));
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Services_are_probed_by_their_health_and_a_long_migration_is_not_cut_off(string folder) => await AssertEachAsync(folder, (_, deployment) =>
    {
        foreach (var (probe, health) in new[] { ("startupProbe", "live"), ("readinessProbe", "ready"), ("livenessProbe", "live") })
        {
            var of = deployment.Service[probe];
            if (deployment.Name == "marketplace")
            {
                Assert.Equal(($"/healthz/{health}", MetricsPort), (of["httpGet.path"].Text, of["httpGet.port"].Number));
            }
            else
            {
                Assert.Equal((health == "live" ? "liveness" : "readiness", HealthPort), (of["grpc.service"].Text, of["grpc.port"].Number));
                Assert.Equal(HealthPort.ToString(CultureInfo.InvariantCulture), deployment.EnvironmentOf("HEALTH_PORT"));
            }
        }
    });

    [Theory, MemberData(nameof(Folders))]
    public async Task Pods_have_more_time_to_end_than_the_processes_take_to_drain(string folder) => await AssertEachAsync(folder, (_, deployment) =>
    {
        var drain = int.Parse(deployment.EnvironmentOf("SHUTDOWN_TIMEOUT"), CultureInfo.InvariantCulture);
        var delay = int.Parse(deployment.EnvironmentOf("SHUTDOWN_DELAY"), CultureInfo.InvariantCulture);
        Assert.True(delay > 0, "The news that a pod ends takes a moment to arrive");
        Assert.True(deployment.Pod["terminationGracePeriodSeconds"].Number >= drain + 5, $"{deployment} is killed while it drains");
    });

    private static async Task AssertEachAsync(string folder, Action<Rendered, Workload> assert)
    {
        var rendered = await Rendered.LoadAsync(folder);
        var deployments = rendered.Deployments.ToList();
        Assert.NotEmpty(deployments);
        Assert.All(deployments, deployment => assert(rendered, deployment));
    }

    private static void AssertSelectsOnly(Workload workload, Yaml selector)
    {
        Assert.Equal(workload.Name, selector.Of("app.kubernetes.io/name").Text);
        Assert.All(selector.Entries, entry => Assert.Equal(workload.Labels[entry.Key], entry.Value.Text));
    }
}
