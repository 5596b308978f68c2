using System.Globalization;
using System.Net;
using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.TestGateway;

/// <summary>Adds the test gateway to a process that does more than that.</summary>
public static class TestGatewayModule
{
    internal const string AddressSetting = "PAYMENT_GATEWAY_URL";

    /// <summary>
    /// Runs the test gateway inside the process, on a port of its own (<c>TEST_GATEWAY_PORT</c>), and makes it the process's payment gateway. Does
    /// nothing when <c>PAYMENT_GATEWAY_URL</c> names another one.
    /// </summary>
    /// <param name="builder">The process.</param>
    public static void AddTestGateway(this ServiceApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddSetting(AddressSetting, "Address of the payment gateway. Default: the test gateway in this process.");
        builder.AddSetting("PAYMENT_GATEWAY_KEY", "Key that lets this shop in at the payment gateway. Default: that of the test gateway.", isSecret: true);
        builder.AddSetting("TEST_GATEWAY_PORT", "Port of the test gateway, on this machine only.", $"{TestGatewayOptions.DefaultPort}", SettingFormat.Port);
        if (string.IsNullOrWhiteSpace(builder.Configuration[AddressSetting]))
        {
            builder.Services.AddSingleton(ReadOptions(builder.Configuration));
            builder.Services.AddHostedService<TestGatewayHost>();

            // The checkout page of the same process shows them.
            builder.Configuration.AddInMemoryCollection([new(TestCards.Setting, TestCards.ToSetting())]);
        }
    }

    /// <exception cref="FormatException">A setting has a value that cannot be used.</exception>
    internal static TestGatewayOptions ReadOptions(IConfiguration configuration) => new()
    {
        Address = Read(configuration, "TEST_GATEWAY_LISTEN", IPAddress.Parse, IPAddress.Loopback, "an IP address"),
        Port = Read(configuration, "TEST_GATEWAY_PORT", ParsePort, TestGatewayOptions.DefaultPort, "a port from 0 to 65535"),
        DataDirectory = Read(configuration, "DATA_DIR", text => text, "data", "a folder"),
        Key = Read(configuration, "PAYMENT_GATEWAY_KEY", text => text, TestGatewayOptions.DefaultKey, "text"),
    };

    private static int ParsePort(string text) => ushort.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static T Read<T>(IConfiguration configuration, string name, Func<string, T> parse, T otherwise, string accepts)
    {
        if (configuration[name]?.Trim() is not { Length: > 0 } text)
        {
            return otherwise;
        }

        try
        {
            return parse(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new FormatException($"{name} is \"{text}\"; it takes {accepts}.", exception);
        }
    }
}
