namespace BooksForYou.ServiceKit.Hosting;

internal static class HostingModule
{
    public static void AddHosting(this ServiceApplicationBuilder builder, string[] args)
    {
    }
}
