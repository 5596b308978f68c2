using BooksForYou.Cart;
using BooksForYou.ServiceKit.Hosting;

var builder = ServiceApplication.CreateBuilder(args);
builder.AddCart();

var app = builder.Build();
app.MapCart();

return await app.RunAsync();
