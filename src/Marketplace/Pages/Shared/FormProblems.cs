using BooksForYou.Marketplace.Peers;
using Grpc.Core;

namespace BooksForYou.Marketplace.Pages;

/// <summary>What is wrong with a form that was sent: as a whole, and field by field.</summary>
internal sealed class FormProblems
{
    private readonly List<KeyValuePair<string, string>> _byField = [];

    /// <summary>What is wrong with it as a whole; null when nothing is.</summary>
    public string? General { get; set; }

    /// <summary>The fields that are wrong, by name, and why.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => _byField;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => _byField.Count == 0 && General is null;

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? this[string field] => _byField.Find(problem => problem.Key == field).Value;

    /// <summary>The id that a field has on the page.</summary>
    public static string IdOf(string field) => field.ToLowerInvariant().Replace('.', '-');

    /// <summary>Says that a field is wrong; of several reasons the first stands.</summary>
    public void Add(string field, string message)
    {
        if (this[field] is null)
        {
            _byField.Add(new(field, message));
        }
    }

    /// <summary>Takes over why a service refused a form.</summary>
    /// <param name="refusal">What the service said.</param>
    /// <param name="fields">The fields of the form: the name in the contract, the name in the form, and the label.</param>
    public void Add(Refusal? refusal, IEnumerable<(string Contract, string Name, string Label)> fields)
    {
        var known = fields.ToList();
        foreach (var (path, description) in refusal?.Violations ?? [])
        {
            if (known.Find(field => path == field.Contract || path.EndsWith("." + field.Contract, StringComparison.Ordinal)) is { Name.Length: > 0 } field)
            {
                Add(field.Name, $"{field.Label} {description}.");
            }
        }

        if (IsEmpty)
        {
            General = refusal?.Code switch
            {
                StatusCode.NotFound => "That is not there any more.",
                StatusCode.PermissionDenied or StatusCode.Unauthenticated => "That is not for you to do. Perhaps you have been signed out meanwhile.",
                _ when refusal?.Detail is { Length: > 0 } detail => $"{detail.TrimEnd('.')}.",
                _ => "That was refused.",
            };
        }
    }
}
