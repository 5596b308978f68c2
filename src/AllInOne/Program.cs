using BooksForYou.Accounts;
using BooksForYou.Cart;
using BooksForYou.Cart.Campaigns;
using BooksForYou.Inventory;
using BooksForYou.Inventory.Import;
using BooksForYou.Marketplace;
using BooksForYou.Recommendations;
using BooksForYou.Reviews;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.TestGateway;
using BooksForYou.Transactions;

if (ImportCommand.IsAskedFor(args))
{
    return await ImportCommand.RunAsync(args);
}

if (AccountsCommand.IsAskedFor(args))
{
    return await AccountsCommand.RunAsync(args);
}

if (CampaignCommand.IsAskedFor(args))
{
    return await CampaignCommand.RunAsync(args);
}

var builder = ServiceApplication.CreateBuilder(args);
builder.AddAccounts();
builder.AddInventory();
builder.AddRecommendations();
builder.AddTestGateway();
builder.AddTransactions();
builder.AddCart();
builder.AddReviews();
builder.AddMarketplace();

var app = builder.Build();
app.MapAccounts();
app.MapInventory();
app.MapRecommendations();
app.MapTransactions();
app.MapCart();
app.MapReviews();
app.MapMarketplace();

return await app.RunAsync();
