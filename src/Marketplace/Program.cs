using BooksForYou.Marketplace;
using BooksForYou.ServiceKit.Hosting;

var builder = ServiceApplication.CreateBuilder(args);
builder.AddMarketplace();

var app = builder.Build();
app.MapMarketplace();

return await app.RunAsync();
