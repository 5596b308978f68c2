using BooksForYou.ServiceKit.Hosting;
using BooksForYou.Wishlist;

var builder = ServiceApplication.CreateBuilder(args);
builder.AddWishlist();

var app = builder.Build();
app.MapWishlist();

return await app.RunAsync();
