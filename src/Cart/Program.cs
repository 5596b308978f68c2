using BooksForYou.Cart;
using BooksForYou.Cart.Campaigns;
using BooksForYou.ServiceKit.Hosting;

if (CampaignCommand.IsAskedFor(args))
{
    return await CampaignCommand.RunAsync(args);
}

var builder = ServiceApplication.CreateBuilder(args);
builder.AddCart();

var app = builder.Build();
app.MapCart();

return await app.RunAsync();
