using System.Globalization;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Web;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>A page for those who run the shop. There is no such page for anybody else, and it is kept nowhere.</summary>
[AdminOnly, NotKept]
internal abstract class AdminPageModel : PageModel
{
    /// <summary>What can be done in the admin area: address and name.</summary>
    public static IReadOnlyList<(string Href, string Name)> Areas { get; } =
    [
        ("/admin", "Overview"),
        ("/admin/books", "Books"),
        ("/admin/orders", "Orders"),
        ("/admin/promotions", "Promotions"),
        ("/admin/report", "Report"),
        ("/admin/campaigns", "Campaign mail"),
        ("/admin/reviews", "Reviews"),
        ("/admin/mail", "Stuck mail"),
        ("/ops", "Operations"),
    ];

    private readonly List<string> _away = [];

    /// <summary>The services without whose answer the page is not whole.</summary>
    public IReadOnlyList<string> Away => _away;

    /// <summary>What is wrong with the form that was sent.</summary>
    public FormProblems Problems { get; } = new();

    /// <summary>What became of the form that was sent.</summary>
    public string? Notice { get; protected set; }

    /// <summary>A moment, in Coordinated Universal Time.</summary>
    public static string Describe(Timestamp? time) => time is null ? "" : time.ToDateTime().ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>A number as people read it.</summary>
    public static string Describe(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The answer of a service, if there is one. When it is away the page says so, with 503.</summary>
    protected T? Take<T>(Answer<T> answer, string service)
        where T : class
    {
        if (answer.Value is null && !answer.IsRefused)
        {
            _away.Add(service);
            Unavailable.Mark(Response);
        }

        return answer.Value;
    }

    /// <summary>Whether a service did what a form asked for. When it did not, the page says why, and keeps what is filled in.</summary>
    /// <param name="answer">What the service said.</param>
    /// <param name="service">Its name.</param>
    /// <param name="fields">The fields of the form: the name in the contract, the name in the form, and the label.</param>
    protected bool IsDone<T>(Answer<T> answer, string service, params (string Contract, string Name, string Label)[] fields)
        where T : class
    {
        if (answer.Value is not null)
        {
            return true;
        }

        if (answer.IsRefused)
        {
            Problems.Add(answer.Refusal, fields);
        }
        else
        {
            Problems.General = $"{service} did not answer in time, so it is not known whether this was done. Send it again: what was done already is not done twice.";
            Unavailable.Mark(Response);
        }

        return false;
    }
}
