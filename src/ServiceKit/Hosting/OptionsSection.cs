using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>An options class bound to a section of the configuration: what --help says about it, and what is wrong with its
/// values.</summary>
internal sealed class OptionsSection<TOptions>(string name, IConfiguration configuration)
    where TOptions : class, new()
{
    private static readonly PropertyInfo[] Properties =
    [
        .. typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && IsSimple(property.PropertyType)),
    ];

    public IEnumerable<Setting> Settings()
    {
        var defaults = new TOptions();
        return Properties.Select(property => new Setting($"{name}:{property.Name}", Describe(property, defaults))
        {
            IsSecret = IsSecret(property),
        });
    }

    public IEnumerable<string> Problems()
    {
        var unreadable = Properties.Where(property => !CanRead(property)).ToList();
        var options = BindWithout(unreadable);
        return
        [
            .. unreadable.Select(property => Problem(property, Accepts(property.PropertyType))),
            .. Properties.Except(unreadable).Select(property => AttributeProblem(options, property)).OfType<string>(),

            // What an object says of its values together means nothing while some of them are missing.
            .. unreadable.Count == 0 ? ObjectProblems(options) : [],
        ];
    }

    private static bool IsSimple(Type type) => TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    private static bool IsSecret(PropertyInfo property) => property.GetCustomAttribute<DataTypeAttribute>()?.DataType == DataType.Password;

    private static string Describe(PropertyInfo property, TOptions defaults)
    {
        var text = property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
        var value = IsSecret(property) ? null : Convert.ToString(property.GetValue(defaults), CultureInfo.InvariantCulture);
        return string.IsNullOrEmpty(value) ? text : $"{text} Default {value}.".TrimStart();
    }

    private bool CanRead(PropertyInfo property)
    {
        if (Given(property) is not { Length: > 0 } text)
        {
            return true;
        }

        var converter = TypeDescriptor.GetConverter(property.PropertyType);
        return property.PropertyType == typeof(string) || converter.IsValid(text);
    }

    private static string? AttributeProblemText(ValidationAttribute attribute, PropertyInfo property) => attribute switch
    {
        RangeAttribute range => string.Create(
            CultureInfo.InvariantCulture, $"{Accepts(property.PropertyType)} from {range.Minimum} to {range.Maximum}"),
        StringLengthAttribute { MinimumLength: > 0 } length => $"text of {length.MinimumLength} to {length.MaximumLength} characters",
        StringLengthAttribute length => $"text of at most {length.MaximumLength} characters",
        MinLengthAttribute length => $"text of at least {length.Length} characters",
        MaxLengthAttribute length => $"text of at most {length.Length} characters",
        RegularExpressionAttribute expression => $"text that matches {expression.Pattern}",
        AllowedValuesAttribute allowed => $"one of {string.Join(", ", allowed.Values)}",
        UrlAttribute => "an absolute URL",
        EmailAddressAttribute => "an e-mail address",
        RequiredAttribute => Accepts(property.PropertyType),
        _ => null,
    };

    private static string Accepts(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(bool) => "true or false",
            _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type))}",
            _ when type == typeof(int) || type == typeof(long) || type == typeof(short) => "a whole number",
            _ when type == typeof(double) || type == typeof(decimal) || type == typeof(float) => "a number",
            _ when type == typeof(TimeSpan) => "a time such as 00:00:30",
            _ when type == typeof(Uri) => "a URL",
            _ => "text",
        };
    }

    // The binder throws at the first value that it cannot read.
    private TOptions BindWithout(List<PropertyInfo> unreadable)
    {
        var names = unreadable.Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var values = configuration.GetSection(name).AsEnumerable(makePathsRelative: true).Where(value => !names.Contains(value.Key));
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().Get<TOptions>() ?? new TOptions();
    }

    private string? Given(PropertyInfo property) => configuration[$"{name}:{property.Name}"];

    // What came in a file may be a secret, whatever the property is.
    private string Problem(PropertyInfo property, string accepts) => Setting.Describe(
        $"{name}:{property.Name}",
        Given(property),
        IsSecret(property) || configuration[$"{name}:{property.Name}{SettingFile.Suffix}"] is not null,
        accepts);

    private string? AttributeProblem(TOptions options, PropertyInfo property)
    {
        var context = new ValidationContext(options) { MemberName = property.Name };
        var failed = property.GetCustomAttributes<ValidationAttribute>()
            .FirstOrDefault(attribute => attribute.GetValidationResult(property.GetValue(options), context) != ValidationResult.Success);
        return failed switch
        {
            null => null,
            _ when AttributeProblemText(failed, property) is { } accepts => Problem(property, accepts),
            _ => $"{name}:{property.Name}: {failed.FormatErrorMessage(property.Name)}",
        };
    }

    private IEnumerable<string> ObjectProblems(TOptions options) => options is not IValidatableObject validatable
        ? []
        : validatable.Validate(new ValidationContext(options))
            .Where(result => result != ValidationResult.Success)
            .Select(result => $"{name}{string.Concat(result.MemberNames.Take(1).Select(member => ":" + member))}: {result.ErrorMessage}");
}
