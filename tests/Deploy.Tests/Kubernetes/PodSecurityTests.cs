using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BooksForYou.Deploy.Tests.Kubernetes;

/// <summary>
/// Every pod is one that the restricted Pod Security Standard (https://kubernetes.io/docs/concepts/security/pod-security-standards/) admits, and keeps what
/// the store demands besides.
/// </summary>
public sealed partial class PodSecurityTests
{
    private static readonly string[] Volumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    public static TheoryData<string> Folders => Rendered.FoldersAndMesh;

    [Theory, MemberData(nameof(Folders))]
    public async Task Namespace_admits_restricted_pods_only(string folder)
    {
        var rendered = await Rendered.LoadAsync(folder);

        var labels = rendered.Find("Namespace", "booksforyou")["metadata.labels"];
        Assert.Equal("restricted", labels.Of("pod-security.kubernetes.io/enforce").Text);
        Assert.Matches(@"^v1\.\d+$", labels.Of("pod-security.kubernetes.io/enforce-version").Text);
        Assert.All(
            rendered.Objects.Where(item => item["kind"].Text != "Namespace"),
            item => Assert.Equal("booksforyou", item["metadata.namespace"].Text));
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Pods_are_restricted(string folder)
    {
        var workloads = (await Rendered.LoadAsync(folder)).Workloads.ToList();

        Assert.NotEmpty(workloads);
        Assert.All(workloads, workload =>
        {
            var pod = workload.Pod;
            Assert.All(["hostNetwork", "hostPID", "hostIPC"], name => Assert.False(pod[name].IsTrue, $"{workload} has {name}"));
            Assert.True(pod["securityContext.runAsNonRoot"].IsTrue);
            Assert.True(pod["securityContext.runAsUser"].Number > 10000, $"{workload} runs as a user of the node");
            Assert.Equal("RuntimeDefault", pod["securityContext.seccompProfile.type"].Text);
            Assert.False(pod["securityContext.sysctls"].Exists);
            Assert.True(pod["automountServiceAccountToken"].IsFalse);
            Assert.All(pod["volumes"].Items, volume => Assert.Single(volume.Keys, key => key == "name" || !Volumes.Contains(key)));
        });
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Containers_are_restricted_and_cannot_write_to_their_image(string folder)
    {
        var containers = (await Rendered.LoadAsync(folder)).Workloads.SelectMany(workload => workload.Containers).ToList();

        Assert.NotEmpty(containers);
        Assert.All(containers, container =>
        {
            var context = container["securityContext"];
            Assert.True(context["allowPrivilegeEscalation"].IsFalse);
            Assert.False(context["privileged"].IsTrue);
            Assert.True(context["readOnlyRootFilesystem"].IsTrue);
            Assert.Equal(["ALL"], context["capabilities.drop"].Texts);
            Assert.False(context["capabilities.add"].Exists);
            Assert.All(["procMount", "seLinuxOptions", "seccompProfile", "runAsUser", "runAsNonRoot"], name => Assert.False(context[name].Exists, name));
            Assert.All(container["ports"].Items, port => Assert.False(port["hostPort"].Exists));
            Assert.False(container["lifecycle"].Exists);
        });
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Containers_request_and_limit_processor_memory_and_disk(string folder)
    {
        var containers = (await Rendered.LoadAsync(folder)).Workloads.SelectMany(workload => workload.Containers);

        Assert.All(containers, container => Assert.All(
            ["cpu", "memory", "ephemeral-storage"],
            name =>
            {
                Assert.NotEmpty(container["resources.requests"][name].Text);
                Assert.NotEmpty(container["resources.limits"][name].Text);
            }));
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Temporary_volumes_have_a_limit(string folder)
    {
        var volumes = (await Rendered.LoadAsync(folder)).Workloads.SelectMany(workload => workload.Pod["volumes"].Items).Where(volume => volume["emptyDir"].Exists);

        Assert.All(volumes, volume => Assert.Matches(@"^\d+Mi$", volume["emptyDir.sizeLimit"].Text));
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Images_have_a_version_and_the_stores_own_have_its_version(string folder)
    {
        var images = (await Rendered.LoadAsync(folder)).Workloads.SelectMany(workload => workload.Containers).Select(container => container["image"].Text).ToList();
        var version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.NotEmpty(images);
        Assert.All(images, image => Assert.Matches(ImageWithVersion(), image));
        Assert.All(images.Where(image => image.Contains("booksforyou/", StringComparison.Ordinal)), image => Assert.EndsWith(":" + version, image, StringComparison.Ordinal));
    }

    // A tag that begins with a version, or a digest; `latest` is neither.
    [GeneratedRegex(@"^[a-z0-9./:-]+(:v?\d+(\.\d+)+[\w.-]*|@sha256:[0-9a-f]{64})$")]
    private static partial Regex ImageWithVersion();
}
