using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BooksForYou.TestGateway;

namespace BooksForYou.Transactions.Tests;

/// <summary>What the test gateway has written into its ledger, read as anybody can.</summary>
internal static class GatewayLedger
{
    /// <summary>The states that each payment came into, in order.</summary>
    public static async Task<IReadOnlyDictionary<string, List<string>>> ReadAsync(Uri gateway)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestGatewayOptions.DefaultKey);
        var payments = new Dictionary<string, List<string>>();
        for (var after = 0L; ;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>(new Uri(gateway, $"/v1/payments?after={after}"));
            if (page.GetProperty("entries").GetArrayLength() == 0)
            {
                return payments;
            }

            foreach (var entry in page.GetProperty("entries").EnumerateArray())
            {
                var key = entry.GetProperty("key").GetString()!;
                if (!payments.TryGetValue(key, out var states))
                {
                    payments[key] = states = [];
                }

                states.Add(entry.GetProperty("state").GetString()!);
            }

            after = page.GetProperty("next").GetInt64();
        }
    }
}
