using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.ServiceKit.Reflection;

internal static class ReflectionModule
{
    public static void AddReflection(this ServiceApplicationBuilder builder)
    {
    }

    public static void MapReflection(this ServiceApplication app)
    {
    }
}
