using System.Diagnostics.CodeAnalysis;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Which exceptions that are not ours end a call with which status. Filled while the process is put together, only read
/// afterwards.</summary>
internal sealed class ExceptionMap
{
    private readonly Dictionary<Type, Func<Exception, StatusException>> _mappings = [];

    public void Add<TException>(Func<TException, StatusException> mapping)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(mapping);
        if (typeof(StatusException).IsAssignableFrom(typeof(TException)))
        {
            throw new ArgumentException($"{typeof(TException).Name} has a status of its own and is not mapped.", nameof(mapping));
        }

        if (!_mappings.TryAdd(typeof(TException), exception => mapping((TException)exception)))
        {
            throw new InvalidOperationException(
                $"{typeof(TException).FullName} is mapped already; two answers for one exception cannot both hold.");
        }
    }

    /// <summary>Finds the status for an exception: that of its own type, else that of its nearest base type that has one.</summary>
    public bool TryMap(Exception exception, [NotNullWhen(true)] out StatusException? mapped)
    {
        for (var type = exception.GetType(); type is not null; type = type.BaseType)
        {
            if (_mappings.TryGetValue(type, out var mapping))
            {
                mapped = mapping(exception);
                return true;
            }
        }

        mapped = null;
        return false;
    }
}
