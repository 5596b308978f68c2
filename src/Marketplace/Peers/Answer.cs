namespace BooksForYou.Marketplace.Peers;

/// <summary>What came of asking another service.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The answer, if there is one.</param>
/// <param name="IsRefused">Whether the service answered that there is no such thing.</param>
/// <param name="Refusal">Why it was refused, if it was by the service.</param>
internal readonly record struct Answer<T>(T? Value, bool IsRefused, Refusal? Refusal = null)
    where T : class
{
    /// <summary>The service is down, hung or failing: there is neither an answer nor a refusal.</summary>
    public static readonly Answer<T> Away;

    /// <summary>The service says that there is no such thing.</summary>
    public static readonly Answer<T> Refused = new(null, IsRefused: true);

    /// <summary>Something made of the answer.</summary>
    public Answer<TOther> Select<TOther>(Func<T, TOther> make)
        where TOther : class => Value is null ? new Answer<TOther>(null, IsRefused, Refusal) : new Answer<TOther>(make(Value), IsRefused: false);
}
