namespace BooksForYou.Marketplace.Pages;

/// <summary>A field of a form, with what is filled in and what is wrong with it.</summary>
/// <param name="Name">Its name in the form.</param>
/// <param name="Label">What it is called on the page.</param>
/// <param name="Value">What is filled in.</param>
/// <param name="Problems">What is wrong with the form.</param>
internal sealed record FormField(string Name, string Label, string Value, FormProblems Problems)
{
    /// <summary>The kind of input that it is.</summary>
    public string Type { get; init; } = "text";

    /// <summary>How many lines it has; 0 for an input, which has one.</summary>
    public int Lines { get; init; }

    /// <summary>How many characters it takes; not said for kinds of input that have no length.</summary>
    public int? Longest { get; init; }

    /// <summary>The keyboard that a phone shows for it.</summary>
    public string? InputMode { get; init; }

    /// <summary>What browsers may fill in (HTML, section 4.10.18.7).</summary>
    public string Autocomplete { get; init; } = "off";

    /// <summary>What to know before filling it in.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether it may stay empty.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether it is narrow, and may stand beside another.</summary>
    public bool IsShort { get; init; }

    /// <summary>What it can be chosen from, value and label; null for what is typed.</summary>
    public IReadOnlyList<(string Value, string Label)>? Choices { get; init; }

    /// <summary>Its id on the page.</summary>
    public string Id => FormProblems.IdOf(Name);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Error => Problems[Name];

    /// <summary>The ids of what describes it; null when nothing does.</summary>
    public string? DescribedBy
    {
        get
        {
            var ids = string.Join(' ', new[] { Hint is null ? null : $"{Id}-hint", Error is null ? null : $"{Id}-error" }.OfType<string>());
            return ids.Length > 0 ? ids : null;
        }
    }
}
