using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.ServiceKit.Errors;

internal static class ErrorsModule
{
    public static void AddErrors(this ServiceApplicationBuilder builder)
    {
    }
}
