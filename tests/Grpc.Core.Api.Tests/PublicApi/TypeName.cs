using System.Reflection;

namespace BooksForYou.GrpcApi.Tests.PublicApi;

/// <summary>Type names as PublicApi.txt has them: C# keywords, nested types with their outer type, <c>?</c> for what may be null.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
    };

    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The name with its namespace and the variance of its type parameters, for the line that declares the type.</summary>
    public static string Declared(Type type) => $"{type.Namespace}.{Nested(type)}{Arguments(type.GetGenericArguments(), Variance)}";

    /// <summary>The name with its namespace, for the lines that declare members.</summary>
    public static string Full(Type type) => $"{type.Namespace}.{Nested(type)}{Arguments(type.GetGenericArguments())}";

    /// <summary>The name without its namespace, for what is referred to.</summary>
    public static string Short(Type type) => Format(type, nullability: null);

    public static string Of(FieldInfo field) => Format(field.FieldType, Nullability.Create(field));

    public static string Of(PropertyInfo property) => Format(property.PropertyType, Nullability.Create(property));

    public static string Of(ParameterInfo parameter) => Format(parameter.ParameterType, Nullability.Create(parameter));

    public static string Arguments(Type[] arguments) => Arguments(arguments, static _ => "");

    private static string Arguments(Type[] arguments, Func<Type, string> prefix) =>
        arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(argument => prefix(argument) + Short(argument)))}>";

    private static string Format(Type type, NullabilityInfo? nullability)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Format(underlying, nullability: null) + "?";
        }

        // A type parameter that is not constrained counts as nullable, though nobody wrote "?".
        var mark = nullability?.ReadState == NullabilityState.Nullable && !type.IsGenericParameter ? "?" : "";
        if (type.IsArray)
        {
            return Format(type.GetElementType()!, nullability?.ElementType) + "[]" + mark;
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword + mark;
        }

        var arguments = type.GetGenericArguments();
        if (type.IsGenericParameter || arguments.Length == 0)
        {
            return Nested(type) + mark;
        }

        var names = arguments.Select((argument, index) => Format(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(index)));
        return $"{Nested(type)}<{string.Join(", ", names)}>{mark}";
    }

    private static string Nested(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.DeclaringType is { } outer && !type.IsGenericParameter ? $"{Nested(outer)}.{name}" : name;
    }

    private static string Variance(Type parameter) =>
        parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Covariant) ? "out "
        : parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Contravariant) ? "in "
        : "";
}
