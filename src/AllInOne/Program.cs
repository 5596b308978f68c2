using BooksForYou.Marketplace;
using BooksForYou.Recommendations;
using BooksForYou.ServiceKit.Hosting;

var builder = ServiceApplication.CreateBuilder(args);
builder.AddRecommendations();
builder.AddMarketplace();

var app = builder.Build();
app.MapRecommendations();
app.MapMarketplace();

return await app.RunAsync();
