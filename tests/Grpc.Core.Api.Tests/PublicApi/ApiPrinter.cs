using System.Reflection;
using System.Runtime.CompilerServices;

namespace BooksForYou.GrpcApi.Tests.PublicApi;

/// <summary>Prints what an assembly shows to others, one line a type or member, in the form of PublicApi.txt.</summary>
internal static class ApiPrinter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Print(Assembly assembly)
    {
        return [.. assembly.GetTypes().Where(IsVisible).SelectMany(Print)];
    }

    public static int CountTypes(Assembly assembly) => assembly.GetTypes().Count(IsVisible);

    private static IEnumerable<string> Print(Type type)
    {
        yield return PrintType(type);
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            yield break;
        }

        foreach (var field in type.GetFields(Declared).Where(field => IsVisible(field.Attributes) && !field.IsSpecialName))
        {
            yield return PrintField(field);
        }

        foreach (var constructor in type.GetConstructors(Declared).Where(constructor => IsVisible(constructor.Attributes)))
        {
            yield return $"{Modifiers(constructor)}{TypeName.Full(type)}..ctor({Parameters(constructor)})";
        }

        foreach (var property in type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible)))
        {
            yield return PrintProperty(property);
        }

        foreach (var method in type.GetMethods(Declared).Where(method => IsVisible(method) && !method.IsSpecialName))
        {
            yield return $"{Modifiers(method)}{TypeName.Of(method.ReturnParameter)} {TypeName.Full(type)}.{method.Name}" +
                $"{TypeName.Arguments(method.GetGenericArguments())}({Parameters(method)}){Constraints(method.GetGenericArguments())}";
        }
    }

    private static string PrintType(Type type)
    {
        var access = type.IsPublic || type.IsNestedPublic ? "public" : type.IsNestedFamORAssem ? "protected internal" : "protected";
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"{access} delegate {TypeName.Of(invoke.ReturnParameter)} {TypeName.Declared(type)}({Parameters(invoke)})" +
                Constraints(type.GetGenericArguments());
        }

        if (type.IsEnum)
        {
            var flags = type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] " : "";
            return $"{flags}{access} enum {TypeName.Declared(type)} : {TypeName.Short(Enum.GetUnderlyingType(type))}";
        }

        var kind = type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        return $"{access} {kind} {TypeName.Declared(type)}{Bases(type)}{Constraints(type.GetGenericArguments())}";
    }

    private static string Bases(Type type)
    {
        var bases = new List<Type>();
        if (type.BaseType is { } baseType && baseType != typeof(object) && baseType != typeof(ValueType))
        {
            bases.Add(baseType);
        }

        var inherited = type.BaseType?.GetInterfaces() ?? [];
        bases.AddRange(type.GetInterfaces().Where(candidate => !inherited.Contains(candidate)));
        return bases.Count == 0 ? "" : " : " + string.Join(", ", bases.Select(TypeName.Short));
    }

    private static string PrintField(FieldInfo field)
    {
        var name = $"{TypeName.Full(field.DeclaringType!)}.{field.Name}";
        if (field.DeclaringType!.IsEnum)
        {
            return $"{name} = {Convert.ToInt64(field.GetRawConstantValue())}";
        }

        var modifiers = field.IsPublic ? "public " : "protected ";
        modifiers += field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
        modifiers += field.IsInitOnly ? "readonly " : "";
        var value = field.IsLiteral ? $" = {Literal(field.GetRawConstantValue(), field.FieldType)}" : "";
        return $"{modifiers}{TypeName.Of(field)} {name}{value}";
    }

    private static string PrintProperty(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToArray();
        var name = property.GetIndexParameters().Length == 0 ? property.Name : $"this[{Parameters(property.GetIndexParameters())}]";
        var kinds = accessors.Select(accessor => accessor == property.GetMethod ? "get; " : "set; ").Order();
        var declaringType = TypeName.Full(property.DeclaringType!);
        return $"{Modifiers(accessors[0])}{TypeName.Of(property)} {declaringType}.{name} {{ {string.Concat(kinds)}}}";
    }

    private static string Modifiers(MethodBase method)
    {
        var access = method.IsPublic ? "public " : method.IsFamilyOrAssembly ? "protected internal " : "protected ";
        if (method is not MethodInfo info)
        {
            return access;
        }

        if (method.DeclaringType!.IsInterface)
        {
            return access + (method.IsAbstract ? "" : "virtual /*default impl*/ ");
        }

        return access + (method.IsStatic ? "static "
            : method.IsAbstract ? "abstract "
            : !method.IsVirtual || method.IsFinal ? ""
            : info.GetBaseDefinition() != info ? "override "
            : "virtual ");
    }

    private static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return extension + Parameters(method.GetParameters());
    }

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
    {
        var modifier = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{modifier}{TypeName.Of(parameter)} {parameter.Name}{value}";
    }));

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ when type.IsEnum && Convert.ToInt64(value) == 0 => "default",
        _ => value.ToString()!,
    };

    private static string Constraints(Type[] typeParameters) => string.Concat(typeParameters.Select(parameter =>
    {
        var constraints = new List<string>();
        if (parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            constraints.Add("class");
        }

        if (parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            constraints.Add("struct");
        }

        constraints.AddRange(parameter.GetGenericParameterConstraints().Select(TypeName.Short));
        return constraints.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", constraints)}";
    }));

    private static bool IsVisible(Type type) =>
        (type.IsPublic || type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) &&
        (type.DeclaringType is null || IsVisible(type.DeclaringType));

    private static bool IsVisible(MethodBase method) => IsVisible(method.Attributes);

    private static bool IsVisible(MethodAttributes attributes) => (attributes & MethodAttributes.MemberAccessMask)
        is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask)
        is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;
}
