using System.Net;
using BooksForYou.BareServer;
using Microsoft.AspNetCore.Server.Kestrel.Core;

// The reference of ./bench: what `dotnet new grpc` makes, with its log levels, on the same packages, with the same response and no interceptor.
// BareServer GRPC_PORT HTTP_PORT PAGE_FILE [ID=TITLE …]
var (grpcPort, httpPort, page) = (int.Parse(args[0]), int.Parse(args[1]), File.ReadAllBytes(args[2]));

var builder = WebApplication.CreateBuilder();
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Listen(IPAddress.Loopback, grpcPort, listen => listen.Protocols = HttpProtocols.Http2);
    kestrel.Listen(IPAddress.Loopback, httpPort, listen => listen.Protocols = HttpProtocols.Http1);
});
builder.Services.AddGrpc();
builder.Services.AddSingleton(new Answer([.. args[3..].Select(book => book.Split('=', 2)).Select(book => (int.Parse(book[0]), book[1]))]));

var app = builder.Build();
app.MapGrpcService<BareRecommendationsService>();
app.MapGet("/", (HttpContext context) =>
{
    context.Response.ContentType = "text/html; charset=utf-8";
    context.Response.ContentLength = page.Length;
    return context.Response.Body.WriteAsync(page);
});
app.Run();
