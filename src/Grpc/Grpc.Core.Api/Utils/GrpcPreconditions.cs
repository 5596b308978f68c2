namespace Grpc.Core.Utils;

/// <summary>Checks at the start of a method.</summary>
public static class GrpcPreconditions
{
    /// <summary>Checks an argument.</summary>
    /// <param name="condition">What must be true.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void CheckArgument(bool condition)
    {
        if (!condition)
        {
            throw new ArgumentException("An argument is not valid.");
        }
    }

    /// <summary>Checks an argument.</summary>
    /// <param name="condition">What must be true.</param>
    /// <param name="errorMessage">The exception's message.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void CheckArgument(bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new ArgumentException(errorMessage);
        }
    }

    /// <summary>Checks that a reference is not null.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="reference">The reference.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static T CheckNotNull<T>(T reference)
    {
        if (reference is null)
        {
            throw new ArgumentNullException(nameof(reference));
        }

        return reference;
    }

    /// <summary>Checks that an argument is not null.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="reference">The argument.</param>
    /// <param name="paramName">The parameter's name.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static T CheckNotNull<T>(T reference, string paramName)
    {
        if (reference is null)
        {
            throw new ArgumentNullException(paramName);
        }

        return reference;
    }

    /// <summary>Checks the state of an object.</summary>
    /// <param name="condition">What must be true.</param>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static void CheckState(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException();
        }
    }

    /// <summary>Checks the state of an object.</summary>
    /// <param name="condition">What must be true.</param>
    /// <param name="errorMessage">The exception's message.</param>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static void CheckState(bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new InvalidOperationException(errorMessage);
        }
    }
}
