using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Marketplace.Shopping;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.People;

/// <summary>Gathers what the services of the shop know of a person. A service that does not answer is named in the file, so that nobody takes it for all.</summary>
internal sealed class DataExport(
    AccountDesk desk,
    OrderArchive archive,
    Baskets baskets,
    ReviewsService.ReviewsServiceClient reviews,
    Sessions sessions,
    IOptions<MarketplaceOptions> options,
    TimeProvider clock)
{
    private const int PageSize = 100;
    private const int MostPages = 100;

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    // A file for a program to read, and not a part of a page.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Gathers the data of whoever is signed in, as JSON in UTF-8.</summary>
    public async Task<byte[]> GatherAsync(HttpContext context)
    {
        var account = GatherAccountAsync(context);
        var orders = GatherPagesAsync(token => ListOrdersAsync(context, token));
        var basket = GatherBasketAsync(context);
        var written = GatherPagesAsync(token => ListReviewsAsync(context, token));
        var parts = new (string Name, JsonNode? Part)[]
        {
            ("account", await account), ("orders", await orders), ("basket", await basket), ("reviews", await written),
        };
        var missing = parts.Where(part => part.Part is null).Select(part => (JsonNode)part.Name).ToArray();
        var file = new JsonObject { ["time"] = clock.GetUtcNow().ToString("O"), ["complete"] = missing.Length == 0, ["missing"] = new JsonArray(missing) };
        foreach (var (name, part) in parts)
        {
            file[name] = part;
        }

        return Encoding.UTF8.GetBytes(file.ToJsonString(Indented));
    }

    private static JsonNode Write(IMessage message) => JsonNode.Parse(Formatter.Format(message))!;

    private static async Task<JsonNode?> GatherPagesAsync(Func<string, Task<(IEnumerable<IMessage> Items, string Next)?>> list)
    {
        var all = new JsonArray();
        var token = "";
        for (var page = 0; page < MostPages; page++)
        {
            if (await list(token) is not { } answer)
            {
                return null;
            }

            foreach (var item in answer.Items)
            {
                all.Add(Write(item));
            }

            token = answer.Next;
            if (token.Length == 0)
            {
                return all;
            }
        }

        return null;
    }

    private async Task<JsonNode?> GatherAccountAsync(HttpContext context) => (await desk.ExportAsync(context)).Value is { } account ? Write(account) : null;

    private async Task<JsonNode?> GatherBasketAsync(HttpContext context) => (await baskets.GetAsync(context)).Value is { } basket ? Write(basket) : null;

    private async Task<(IEnumerable<IMessage> Items, string Next)?> ListOrdersAsync(HttpContext context, string token) =>
        (await archive.ListMineAsync(context, token, PageSize)).Value is { } page ? (page.Orders, page.NextPageToken) : null;

    private async Task<(IEnumerable<IMessage> Items, string Next)?> ListReviewsAsync(HttpContext context, string token)
    {
        if (await sessions.HeadersAsync(context) is not { } headers)
        {
            return null;
        }

        try
        {
            var deadline = clock.GetUtcNow().UtcDateTime + options.Value.BasketDeadline;
            var request = new ListMyReviewsRequest { PageSize = PageSize, PageToken = token };
            var page = await reviews.ListMyReviewsAsync(request, headers, deadline, context.RequestAborted);
            return (page.Reviews, page.NextPageToken);
        }
        catch (RpcException)
        {
            return null;
        }
    }
}
