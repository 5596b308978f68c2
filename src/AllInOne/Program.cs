using BooksForYou.Inventory;
using BooksForYou.Inventory.Import;
using BooksForYou.Marketplace;
using BooksForYou.Recommendations;
using BooksForYou.ServiceKit.Hosting;

if (ImportCommand.IsAskedFor(args))
{
    return await ImportCommand.RunAsync(args);
}

var builder = ServiceApplication.CreateBuilder(args);
builder.AddInventory();
builder.AddRecommendations();
builder.AddMarketplace();

var app = builder.Build();
app.MapInventory();
app.MapRecommendations();
app.MapMarketplace();

return await app.RunAsync();
