namespace BooksForYou.ServiceKit.Hosting;

/// <summary>The process cannot start, for a reason that the person who started it can mend: a bad setting, a port in use.</summary>
/// <remarks>Its message is one line a problem, written for that person; <see cref="ServiceApplication.RunAsync"/> prints it without a stack
/// trace.</remarks>
public sealed class StartException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="problems">What is wrong, one line each.</param>
    public StartException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>Makes the exception.</summary>
    /// <param name="problem">What is wrong, in one line.</param>
    /// <param name="innerException">What caused it.</param>
    public StartException(string problem, Exception? innerException = null)
        : base(problem, innerException) => Problems = [problem];

    /// <summary>What is wrong, one line each.</summary>
    public IReadOnlyList<string> Problems { get; }
}
