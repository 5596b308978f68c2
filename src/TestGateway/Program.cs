using BooksForYou.ServiceKit.Hosting;
using BooksForYou.TestGateway;

const string Help =
    """
    The test payment gateway: an HTTP server that moves no money. docs/payment-gateway.md says what it speaks, and which cards it knows.

      --test-gateway-port PORT       (TEST_GATEWAY_PORT)    where it listens, 0 for any free port    default 5080
      --test-gateway-listen ADDRESS  (TEST_GATEWAY_LISTEN)  the IP address that it listens on        default 127.0.0.1
      --data-dir DIR                 (DATA_DIR)             where its ledger is kept                 default data
      --payment-gateway-key KEY      (PAYMENT_GATEWAY_KEY)  what callers show to be let in           default test
      --test-cards                                          prints the cards as the web shop's TEST_CARDS takes them

    PAYMENT_GATEWAY_KEY_FILE names a file with the key instead.
    """;

if (args.Contains("--help"))
{
    Console.WriteLine(Help);
    return 0;
}

if (args.Contains("--test-cards"))
{
    Console.WriteLine(TestCards.ToSetting());
    return 0;
}

var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Configuration.AddEnvironmentVariables().AddCommandLine(args, new Dictionary<string, string>
{
    ["--test-gateway-port"] = "TEST_GATEWAY_PORT",
    ["--test-gateway-listen"] = "TEST_GATEWAY_LISTEN",
    ["--data-dir"] = "DATA_DIR",
    ["--payment-gateway-key"] = "PAYMENT_GATEWAY_KEY",
});
builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddFilter("Microsoft", LogLevel.Warning);

try
{
    if (SettingFile.Read(builder.Configuration, "PAYMENT_GATEWAY_KEY") is { } key)
    {
        builder.Configuration["PAYMENT_GATEWAY_KEY"] = key;
    }

    builder.Services.AddSingleton(TestGatewayModule.ReadOptions(builder.Configuration));
    builder.Services.AddHostedService<TestGatewayHost>();
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception exception) when (exception is FormatException or IOException or StartException)
{
    await Console.Error.WriteLineAsync($"TestGateway: {exception.Message}");
    return 2;
}
