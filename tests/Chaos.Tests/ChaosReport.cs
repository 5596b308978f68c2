using System.Globalization;
using BooksForYou.Chaos.Tests.Accounts;
using BooksForYou.Chaos.Tests.Running;

namespace BooksForYou.Chaos.Tests;

/// <summary>What happened in a run.</summary>
/// <param name="Options">How it was to be.</param>
/// <param name="Books">The books after it.</param>
/// <param name="Selling">How long customers bought.</param>
/// <param name="Settling">How long it took, from all processes being up, until nothing was in limbo.</param>
internal sealed record ChaosReport(ChaosOptions Options, BooksOfAccount Books, TimeSpan Selling, TimeSpan Settling)
{
    public string ToString(IReadOnlyList<ServiceProcess> processes)
    {
        var outcomes = Count(Books.Keys.GroupBy(account => account.Final?.Outcome.ToString() ?? "no sale"));
        var cards = Count(Books.Keys.GroupBy(account => account.Card.ToString()));
        var ended = Books.Keys.Count(account => account.Final is not null);
        var kills = string.Join(", ", processes.Select(process => $"{process.Name} {process.Kills}"));
        return string.Create(CultureInfo.InvariantCulture, $"""
            report of seed {Options.Seed}
              kills       {processes.Sum(process => process.Kills)}: {kills}
              keys        {Books.Keys.Count}: {outcomes}
              cards       {cards}
              cancelled   {Books.Orders.Count(order => order.State == "REFUNDED")} of {Books.Orders.Count(order => order.WasPaid)} paid orders
              promotion   in {Books.Orders.Count(order => order.HasPromotion)} orders, {Books.Orders.Count(order => order.HasPromotion && order.State == "PAID")} of them paid
              answers     {Books.Keys.Sum(account => account.Answers.Count)}, receipts {Books.Mails.Count}
              checkouts   {ended / Selling.TotalSeconds:0.0} a second over {Selling.TotalSeconds:0} s
              in limbo    for {Settling.TotalSeconds:0.0} s after all was up
            """);
    }

    private static string Count<T>(IEnumerable<IGrouping<string, T>> groups) =>
        string.Join(", ", groups.OrderByDescending(group => group.Count()).Select(group => $"{group.Key} {group.Count()}"));
}
