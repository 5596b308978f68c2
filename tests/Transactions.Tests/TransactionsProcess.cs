using System.Diagnostics;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace BooksForYou.Transactions.Tests;

/// <summary>The service in a process of its own, to be killed.</summary>
internal sealed class TransactionsProcess : IDisposable
{
    private readonly Process _process;
    private readonly GrpcChannel _channel;

    private TransactionsProcess(Process process, TestAccounts accounts, int port)
    {
        _process = process;
        _channel = GrpcChannel.ForAddress($"http://localhost:{port}");
        Client = new TransactionsService.TransactionsServiceClient(_channel.Intercept(accounts.AsWhoeverMay()));
    }

    public TransactionsService.TransactionsServiceClient Client { get; }

    /// <summary>Completes when the process has been killed; fails when it was not within a minute.</summary>
    public Task Exited => _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

    public static async Task<TransactionsProcess> StartAsync(TestDatabase database, Uri gateway, string folder)
    {
        var accounts = await TestAccounts.SharedAsync();
        var port = FreePort.Next();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "BooksForYou.Transactions.dll"), .. Settings(database, gateway, folder, accounts.Host), "--grpc-port", $"{port}", "--transactions-lease-time", "00:00:02"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();
        var running = new TransactionsProcess(process, accounts, port);
        var limit = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            try
            {
                await running.Client.ListOrdersAsync(new ListOrdersRequest(), new Grpc.Core.CallOptions(deadline: DateTime.UtcNow.AddSeconds(10)).WithWaitForReady());
                return running;
            }
            catch (Grpc.Core.RpcException) when (!process.HasExited && DateTime.UtcNow < limit)
            {
                // Its port is open before it serves.
            }
            catch (Grpc.Core.RpcException exception)
            {
                throw new InvalidOperationException($"The service does not start: {(process.HasExited ? await errors : exception.Message)}", exception);
            }
        }
    }

    /// <summary>Ends the process with SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _channel.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static IEnumerable<string> Settings(TestDatabase database, Uri gateway, string folder, string accounts) =>
        RunningTransactions.Settings(database, gateway, folder, accounts).Chunk(2).Where(pair => pair[0] is not ("--grpc-port" or "--transactions-lease-time")).SelectMany(pair => pair);
}
