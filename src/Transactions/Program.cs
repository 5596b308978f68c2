using BooksForYou.ServiceKit.Hosting;
using BooksForYou.Transactions;

var builder = ServiceApplication.CreateBuilder(args);
builder.AddTransactions();

var app = builder.Build();
app.MapTransactions();

return await app.RunAsync();
