namespace BooksForYou.ServiceKit.Hosting;

/// <summary>A setting of the process: its name in the environment, and what --help says about it.</summary>
internal sealed record Setting(string Name, string Description)
{
    /// <summary>The value when none is given; null when there is none, or when it is decided at the start.</summary>
    public string? Default { get; init; }

    public SettingFormat Format { get; init; } = SettingFormat.Text;

    /// <summary>A connection string, a password: never printed.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The option of the command line: <c>--grpc-port</c> for GRPC_PORT, <c>--shop-page-size</c> for Shop:PageSize.</summary>
    public string Option => "--" + OptionName.From(Name);

    /// <summary>A second, shorter option.</summary>
    public string? Alias { get; init; }

    /// <summary>Says what is wrong with a value, or null when nothing is.</summary>
    public string? ProblemWith(string? value)
    {
        if (string.IsNullOrWhiteSpace(value) || Format.IsValid(value.Trim()))
        {
            return null;
        }

        return Describe(Name, value, IsSecret, Format.Accepts);
    }

    public static string Describe(string name, string? value, bool isSecret, string accepts) => (value, isSecret) switch
    {
        (null or "", _) => $"{name} is not set; it takes {accepts}.",
        (_, true) => $"{name} has a value that cannot be used; it takes {accepts}.",
        _ => $"{name} is \"{value}\"; it takes {accepts}.",
    };
}
