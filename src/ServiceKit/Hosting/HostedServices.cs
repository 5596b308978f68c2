namespace BooksForYou.ServiceKit.Hosting;

/// <summary>The names of the store's services that this process hosts.</summary>
internal sealed class HostedServices(IReadOnlyList<string> names)
{
    public IReadOnlyList<string> Names { get; } = names;

    public bool Contains(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
