using System.Collections.Concurrent;
using System.Diagnostics;

namespace BooksForYou.Deploy.Tests.Kubernetes;

/// <summary>The objects that <c>kubectl apply -k</c> would give to a cluster.</summary>
internal sealed class Rendered
{
    private static readonly string[] Pods = ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod", "ReplicaSet"];

    private static readonly ConcurrentDictionary<string, Task<(int Code, string Output, string Errors)>> Runs = new();

    private Rendered(string folder, IReadOnlyList<Yaml> objects) => (Folder, Objects) = (folder, objects);

    public static TheoryData<string> Folders => ["base", "overlays/local", "overlays/production"];

    public static TheoryData<string> FoldersAndMesh => ["base", "overlays/local", "overlays/production", "overlays/mesh"];

    public string Folder { get; }

    public IReadOnlyList<Yaml> Objects { get; }

    public IEnumerable<Workload> Workloads => Objects.Where(item => Pods.Contains(item["kind"].Text)).Select(item => new Workload(item));

    /// <summary>The services of the store: what has replicas.</summary>
    public IEnumerable<Workload> Deployments => Workloads.Where(workload => workload.Kind == "Deployment");

    public static string PathOf(string folder) => Path.Combine(Repository.Root, "deploy", "kubernetes", folder);

    /// <summary>Renders a folder of deploy/kubernetes. Skips the test where there is no kubectl that can.</summary>
    public static async Task<Rendered> LoadAsync(string folder)
    {
        var (code, output, errors) = await Runs.GetOrAdd(folder, static name => RunAsync("kustomize", PathOf(name)));
        if (code != 0 && await IsTooOldAsync())
        {
            Assert.Skip("kubectl is older than 1.21: its kustomize knows neither patches by target nor labels.");
        }

        Assert.True(code == 0, errors);
        return new Rendered(folder, Yaml.ReadAll(output));
    }

    public IEnumerable<Yaml> Of(string kind) => Objects.Where(item => item["kind"].Text == kind);

    public Yaml Find(string kind, string name) => Assert.Single(Of(kind), item => item["metadata.name"].Text == name);

    // A kustomize before 4.0.5, which kubectl has since 1.21, does not tell its version here.
    private static async Task<bool> IsTooOldAsync() =>
        !(await RunAsync("version", "--client", "--output=yaml")).Output.Contains("kustomizeVersion", StringComparison.Ordinal);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        Process? kubectl;
        try
        {
            kubectl = Process.Start(new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("kubectl is not installed.");
            throw;
        }

        using (kubectl)
        {
            var output = kubectl!.StandardOutput.ReadToEndAsync();
            var errors = kubectl.StandardError.ReadToEndAsync();
            await kubectl.WaitForExitAsync();
            return (kubectl.ExitCode, await output, await errors);
        }
    }
}
