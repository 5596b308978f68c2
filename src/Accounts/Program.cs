using BooksForYou.Accounts;
using BooksForYou.ServiceKit.Hosting;

if (AccountsCommand.IsAskedFor(args))
{
    return await AccountsCommand.RunAsync(args);
}

var builder = ServiceApplication.CreateBuilder(args);
builder.AddAccounts();

var app = builder.Build();
app.MapAccounts();

return await app.RunAsync();
