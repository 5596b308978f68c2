using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.ServiceKit.Shutdown;

internal static class ShutdownModule
{
    public static void AddShutdown(this ServiceApplicationBuilder builder)
    {
    }
}
