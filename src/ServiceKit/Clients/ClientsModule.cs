using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.ServiceKit.Clients;

internal static class ClientsModule
{
    public static void AddClients(this ServiceApplicationBuilder builder)
    {
    }
}
