namespace BooksForYou.Deploy.Tests.Kubernetes;

/// <summary>An object that makes pods.</summary>
internal sealed class Workload(Yaml item)
{
    public Yaml Object { get; } = item;

    public string Kind => Object["kind"].Text;

    public string Name => Object["metadata.name"].Text;

    public Yaml Pod => Object["spec.template.spec"];

    /// <summary>The labels of its pods.</summary>
    public Dictionary<string, string> Labels => Object["spec.template.metadata.labels"].ToTexts();

    public IEnumerable<Yaml> Containers => Pod["containers"].Items.Concat(Pod["initContainers"].Items).Concat(Pod["ephemeralContainers"].Items);

    /// <summary>The container of a service.</summary>
    public Yaml Service => Assert.Single(Containers);

    public string EnvironmentOf(string name) => Service["env"].Items.FirstOrDefault(entry => entry["name"].Text == name)["value"].Text;

    /// <summary>The volume that a path of the container is in.</summary>
    public Yaml VolumeOf(string path)
    {
        var mount = Assert.Single(Service["volumeMounts"].Items, mount => path.StartsWith(mount["mountPath"].Text + "/", StringComparison.Ordinal));
        return Assert.Single(Pod["volumes"].Items, volume => volume["name"].Text == mount["name"].Text);
    }

    public override string ToString() => $"{Kind} {Name}";
}
