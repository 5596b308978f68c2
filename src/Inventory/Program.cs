using BooksForYou.Inventory;
using BooksForYou.Inventory.Import;
using BooksForYou.ServiceKit.Hosting;

if (ImportCommand.IsAskedFor(args))
{
    return await ImportCommand.RunAsync(args);
}

var builder = ServiceApplication.CreateBuilder(args);
builder.AddInventory();

var app = builder.Build();
app.MapInventory();

return await app.RunAsync();
