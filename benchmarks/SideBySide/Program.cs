using System.CommandLine;
using BooksForYou.SideBySide.Calls;
using BooksForYou.SideBySide.Catalogue;
using BooksForYou.SideBySide.Checkout;
using BooksForYou.SideBySide.People;
using BooksForYou.SideBySide.Settings;

var output = new Option<FileInfo?>("--output") { Description = "Also write the result to this file, as Markdown." };
var pairs = new Option<int>("--pairs") { Description = "How many pairs of runs are made; the median counts.", DefaultValueFactory = _ => 5 };
var seconds = new Option<int>("--seconds") { Description = "How long one run takes, in seconds.", DefaultValueFactory = _ => 5 };
var sales = new Option<int>("--sales") { Description = "How many sales one run makes.", DefaultValueFactory = _ => 2000 };
var visitors = new Option<int>("--visitors") { Description = "How many visitors pay at the same time.", DefaultValueFactory = _ => 64 };
var few = new Option<int>("--few") { Description = "The size of the small catalogue.", DefaultValueFactory = _ => 10_000 };
var many = new Option<int>("--many") { Description = "The size of the large catalogue.", DefaultValueFactory = _ => 1_000_000 };
var statements = new Option<bool>("--statements") { Description = "Show the statements of a sale, as the server has logged them, and measure nothing." };

var calls = new Command("calls", "Calls and pages beside a bare gRPC server on the same packages.") { pairs, seconds, output };
calls.SetAction(async (arguments, cancellation) =>
{
    await using var comparison = await Comparison.StartAsync(cancellation);
    await ShowAsync(await comparison.MeasureAsync(arguments.GetValue(pairs), TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellation), arguments);
});

var checkout = new Command("checkout", "Checkouts beside what they write, sent straight to PostgreSQL.") { pairs, sales, visitors, statements, output };
checkout.SetAction(async (arguments, cancellation) =>
{
    await using var comparison = await CheckoutComparison.StartAsync(arguments.GetValue(visitors), cancellation);
    await ShowAsync(
        arguments.GetValue(statements)
            ? await comparison.ShowStatementsAsync(cancellation)
            : await comparison.MeasureAsync(arguments.GetValue(pairs), arguments.GetValue(sales), cancellation),
        arguments);
});

var catalogue = new Command("catalogue", "Book pages and searches with few and with many books.") { pairs, seconds, few, many, output };
catalogue.SetAction(async (arguments, cancellation) =>
{
    await using var comparison = await CatalogueComparison.StartAsync(arguments.GetValue(few), arguments.GetValue(many), cancellation);
    await ShowAsync(await comparison.MeasureAsync(arguments.GetValue(pairs), TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellation), arguments);
});

var people = new Command("people", "Calls with a token, pages for somebody who is signed in, and signing in.") { pairs, seconds, output };
people.SetAction(async (arguments, cancellation) =>
{
    await using var comparison = await PeopleComparison.StartAsync(cancellation);
    await ShowAsync(await comparison.MeasureAsync(arguments.GetValue(pairs), TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellation), arguments);
});

var settings = new Command("settings", "What mutual TLS and telemetry cost.") { pairs, seconds, output };
settings.SetAction(async (arguments, cancellation) =>
{
    await using var comparison = new SettingsComparison();
    await ShowAsync(await comparison.MeasureAsync(arguments.GetValue(pairs), TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellation), arguments);
});

return await new RootCommand("Measures the store side by side with a reference.") { calls, checkout, catalogue, people, settings }.Parse(args).InvokeAsync();

async Task ShowAsync(string result, ParseResult arguments)
{
    Console.Write(result);
    if (arguments.GetValue(output) is { } file)
    {
        await File.WriteAllTextAsync(file.FullName, result);
    }
}
