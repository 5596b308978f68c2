using BooksForYou.Recommendations;
using BooksForYou.ServiceKit.Hosting;

var builder = ServiceApplication.CreateBuilder(args);
builder.AddRecommendations();

var app = builder.Build();
app.MapRecommendations();

return await app.RunAsync();
