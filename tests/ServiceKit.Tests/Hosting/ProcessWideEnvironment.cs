namespace BooksForYou.ServiceKit.Tests.Hosting;

/// <summary>Tests that set environment variables, and so run alone: every application that starts in this process would read them too.</summary>
[CollectionDefinition(nameof(ProcessWideEnvironment), DisableParallelization = true)]
public sealed class ProcessWideEnvironment;
