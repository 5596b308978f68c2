namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>Metadata of an endpoint whose requests stay out of the traces: probes and scrapes, which come every few seconds and tell nothing.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UntracedAttribute : Attribute;
