using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;

var builder = ServiceApplication.CreateBuilder(args);
builder.AddSample();

var app = builder.Build();
app.MapSample();

return await app.RunAsync();
