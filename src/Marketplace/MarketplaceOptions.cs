using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;

namespace BooksForYou.Marketplace;

/// <summary>The settings of the web shop, from the section <c>Marketplace</c>.</summary>
public sealed class MarketplaceOptions : IValidatableObject
{
    /// <summary>How long a page waits for recommendations before it shows what it knows from before.</summary>
    [Description("How long a page waits for recommendations.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan RecommendationsDeadline { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How long a page waits for recommendations while nothing is known that could be shown in their place, as after a start.</summary>
    [Description("How long a page waits for recommendations while it has nothing to show in their place.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan FirstRecommendationsDeadline { get; set; } = TimeSpan.FromMilliseconds(2500);

    /// <summary>How long a page waits for the catalogue before it shows what it knows from before, or says that it has to be asked again later.</summary>
    [Description("How long a page waits for the catalogue.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan CatalogueDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the shelves of the home page, and what the catalogue says about a book, stay as they are before the services are asked again.</summary>
    [Description("How long shelves and book pages stay as they are before the services are asked again.")]
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan FreshFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a service that is away is asked whether it is back.</summary>
    [Description("How often a service that is away is asked whether it is back.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a page waits for a basket, or for an order.</summary>
    [Description("How long a page waits for a basket or an order.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan BasketDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a page of the shop waits for Accounts to say who is signed in, before it goes by what was known a moment ago.</summary>
    [Description("How long a page waits for Accounts to say who is signed in.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan PersonDeadline { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How long somebody who signs in, or changes something of the account, waits for Accounts.</summary>
    [Description("How long somebody who signs in or changes an account waits for Accounts.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan AccountDeadline { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How long a page waits for ratings and reviews before it does without them.</summary>
    [Description("How long a page waits for ratings and reviews before it does without them.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan ReviewsDeadline { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How long somebody who runs the shop waits for a service.</summary>
    [Description("How long a page of the admin area waits for a service.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan AdminDeadline { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How long a visitor who pays waits for the outcome before the page says that it is being confirmed.</summary>
    [Description("How long a visitor who pays waits before the page says that the payment is being confirmed.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan CheckoutDeadline { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How many searches and suggestions one address on the network may ask for in a minute.</summary>
    [Description("How many searches and suggestions one network address may ask for in a minute.")]
    [Range(1, 1_000_000)]
    public int SearchesPerMinute { get; set; } = 240;

    /// <summary>How many payments one address on the network may try in a minute.</summary>
    [Description("How many payments one network address may try in a minute.")]
    [Range(1, 1_000_000)]
    public int CheckoutsPerMinute { get; set; } = 20;

    /// <summary>How many times a minute one address on the network may try to sign in, register or prove who it is in another way.</summary>
    [Description("How many times a minute one network address may try to sign in, register, or use a mailed link.")]
    [Range(1, 1_000_000)]
    public int SignInsPerMinute { get; set; } = 20;

    /// <summary>How many reviews, votes and reports one address on the network may send in a minute.</summary>
    [Description("How many reviews, votes and reports one network address may send in a minute.")]
    [Range(1, 1_000_000)]
    public int ReviewsPerMinute { get; set; } = 60;

    /// <summary>
    /// How many reverse proxies stand before the shop. Their <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed, so that limits hold for the
    /// visitor's own address, and cookies are Secure where visitors come over TLS. Without a proxy nobody is believed.
    /// </summary>
    [Description("How many reverse proxies stand before the shop; that many entries of X-Forwarded-For and X-Forwarded-Proto are believed.")]
    [Range(0, 10)]
    public int Proxies { get; set; }

    /// <summary>
    /// The networks that the proxies have their addresses in, separated by commas. What others send in these headers is not believed. Empty when nobody but
    /// the proxies can reach the shop's port.
    /// </summary>
    [Description("Networks of the reverse proxies, such as 10.0.0.0/8,192.168.1.5/32; forwarded headers from elsewhere are not believed. Default: any address.")]
    public string ProxyNetworks { get; set; } = "";

    /// <summary>The address that visitors know the shop by, such as <c>https://books.example</c>; pages then name their canonical address in full.</summary>
    [Description("Address that visitors know the shop by, such as https://books.example.")]
    public Uri? PublicUrl { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Networks().Any(network => !IPNetwork.TryParse(network, out _)))
        {
            yield return new ValidationResult(
                "it takes networks separated by commas, such as 10.0.0.0/8,192.168.1.5/32.", [nameof(ProxyNetworks)]);
        }

        if (Proxies == 0 && Networks().Length > 0)
        {
            yield return new ValidationResult("it needs Marketplace:Proxies, which says how many proxies there are.", [nameof(ProxyNetworks)]);
        }
    }

    internal string[] Networks() => ProxyNetworks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
