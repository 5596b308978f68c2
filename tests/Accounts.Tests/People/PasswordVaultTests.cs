using BooksForYou.Accounts.Passwords;
using Microsoft.Extensions.Options;

namespace BooksForYou.Accounts.Tests.People;

public class PasswordVaultTests
{
    [Fact]
    public async Task VerifyAsync_tells_right_outdated_and_wrong_apart()
    {
        using var old = Vault(1_000);
        using var vault = Vault(2_000);
        var (outdated, current) = (await old.HashAsync("right", default), await vault.HashAsync("right", default));

        Assert.Equal(PasswordMatch.Full, await vault.VerifyAsync(current, "right", default));
        Assert.Equal(PasswordMatch.Outdated, await vault.VerifyAsync(outdated, "right", default));
        Assert.Equal(PasswordMatch.None, await vault.VerifyAsync(outdated, "wrong", default));
        Assert.Equal(PasswordMatch.None, await vault.VerifyAsync(current, "wrong", default));
        Assert.Equal(PasswordMatch.None, await vault.VerifyAsync(null, "right", default));
    }

    [Fact]
    public async Task HashAsync_under_a_flood_leaves_threads_to_others_and_lets_those_who_wait_leave()
    {
        using var vault = Vault(200_000);
        using var leaving = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 8).Select(_ => vault.HashAsync("right", default)).ToList();
        var waiting = vault.HashAsync("right", leaving.Token);

        await Task.Run(() => { });
        Assert.Contains(flood, hash => !hash.IsCompleted);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Task.WhenAll(flood);
    }

    private static PasswordVault Vault(int iterations) => new(Options.Create(new AccountsOptions { PasswordIterations = iterations, PasswordsAtOnce = 1 }));
}
