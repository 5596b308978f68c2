using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.ServiceKit.Telemetry;

internal static class TelemetryModule
{
    public static void AddTelemetry(this ServiceApplicationBuilder builder)
    {
    }

    public static void UseTelemetry(this ServiceApplication app)
    {
    }
}
