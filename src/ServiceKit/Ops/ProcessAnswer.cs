using BooksForYou.Contracts.Ops.V1;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>What came of asking a process for what it knows about itself.</summary>
/// <param name="Service">The service that was looked for there.</param>
/// <param name="Address">Where it was looked for; "here" for this process.</param>
/// <param name="Report">What it said; null when it is away.</param>
/// <param name="Problem">Why there is no report, in a word or two; empty when there is one.</param>
public sealed record ProcessAnswer(string Service, string Address, ProcessReport? Report, string Problem);
