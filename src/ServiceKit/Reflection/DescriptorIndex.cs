using BooksForYou.ServiceKit.Hosting;
using Google.Protobuf.Reflection;

namespace BooksForYou.ServiceKit.Reflection;

/// <summary>Where everything is declared that the mapped services use: their files, and all that these import.</summary>
internal sealed class DescriptorIndex
{
    private readonly Dictionary<string, FileDescriptor> _files = [];
    private readonly Dictionary<string, FileDescriptor> _symbols = [];
    private readonly Dictionary<string, MessageDescriptor> _messages = [];
    private readonly Dictionary<(string Message, int Number), FileDescriptor> _extensions = [];

    public DescriptorIndex(MappedServices services)
    {
        ServiceNames = [.. services.Names.Order(StringComparer.Ordinal)];
        foreach (var service in services.Descriptors)
        {
            Add(service.File);
        }
    }

    /// <summary>The full names of the mapped services, in order.</summary>
    public IReadOnlyList<string> ServiceNames { get; }

    public FileDescriptor? FindFile(string name) => _files.GetValueOrDefault(name);

    /// <summary>Finds the file that declares a service, a method, a message, a field, a oneof, an enum, an enum value or an
    /// extension.</summary>
    public FileDescriptor? FindSymbol(string fullName) => _symbols.GetValueOrDefault(fullName);

    public FileDescriptor? FindExtension(string message, int number) => _extensions.GetValueOrDefault((message, number));

    /// <summary>The numbers of the extensions of a message, in order; null when there is no such message.</summary>
    public IReadOnlyList<int>? ExtensionNumbers(string message) => _messages.ContainsKey(message)
        ? [.. _extensions.Keys.Where(extension => extension.Message == message).Select(extension => extension.Number).Order()]
        : null;

    private void Add(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var service in file.Services)
        {
            _symbols.TryAdd(service.FullName, file);
            AddSymbols(service.Methods, file);
        }

        AddAll(file.MessageTypes, file);
        AddAll(file.EnumTypes, file);
        AddAll(file.Extensions.UnorderedExtensions, file);
        foreach (var import in file.Dependencies)
        {
            Add(import);
        }
    }

    private void AddAll(IEnumerable<MessageDescriptor> messages, FileDescriptor file)
    {
        foreach (var message in messages)
        {
            _symbols.TryAdd(message.FullName, file);
            _messages.TryAdd(message.FullName, message);
            AddSymbols(message.Fields.InDeclarationOrder(), file);
            AddSymbols(message.Oneofs, file);
            AddAll(message.EnumTypes, file);
            AddAll(message.NestedTypes, file);
            AddAll(message.Extensions.UnorderedExtensions, file);
        }
    }

    private void AddAll(IEnumerable<EnumDescriptor> enums, FileDescriptor file)
    {
        foreach (var type in enums)
        {
            _symbols.TryAdd(type.FullName, file);
            foreach (var value in type.Values)
            {
                // The values of an enum are names beside it and not inside it; tools ask for either.
                _symbols.TryAdd(value.FullName, file);
                _symbols.TryAdd($"{type.FullName}.{value.Name}", file);
                var scope = type.FullName[..^type.Name.Length];
                _symbols.TryAdd(scope + value.Name, file);
            }
        }
    }

    private void AddAll(IEnumerable<FieldDescriptor> extensions, FileDescriptor file)
    {
        foreach (var extension in extensions)
        {
            _symbols.TryAdd(extension.FullName, file);
            _extensions.TryAdd((extension.ExtendeeType.FullName, extension.FieldNumber), file);
        }
    }

    private void AddSymbols(IEnumerable<DescriptorBase> descriptors, FileDescriptor file)
    {
        foreach (var descriptor in descriptors)
        {
            _symbols.TryAdd(descriptor.FullName, file);
        }
    }
}
