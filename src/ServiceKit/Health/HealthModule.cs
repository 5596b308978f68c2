using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.ServiceKit.Health;

internal static class HealthModule
{
    public static void AddHealth(this ServiceApplicationBuilder builder)
    {
    }

    public static void MapHealth(this ServiceApplication app)
    {
    }
}
