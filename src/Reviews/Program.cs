using BooksForYou.Reviews;
using BooksForYou.ServiceKit.Hosting;

var builder = ServiceApplication.CreateBuilder(args);
builder.AddReviews();

var app = builder.Build();
app.MapReviews();

return await app.RunAsync();
