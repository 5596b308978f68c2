using System.ComponentModel;

namespace BooksForYou.Deploy.Tests;

/// <summary>The Docker engine of this machine, where there is one.</summary>
internal static class ContainerEngine
{
    /// <summary>Why no container can be started here; null when it can be.</summary>
    public static async Task<string?> WhyNoneAsync() =>
        await AnswersAsync("version") ? await WhyNoComposeAsync() : "no Docker engine answers `docker version`";

    /// <summary>Why compose files cannot be read here; null when they can be.</summary>
    public static async Task<string?> WhyNoComposeAsync() =>
        await AnswersAsync("compose", "version") ? null : "there is no `docker compose`";

    private static async Task<bool> AnswersAsync(params string[] command)
    {
        try
        {
            await using var docker = ProgramRun.Start("docker", command);
            return await docker.WaitForExitAsync() == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
