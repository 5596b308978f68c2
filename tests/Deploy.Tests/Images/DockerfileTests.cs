using System.Text.RegularExpressions;

namespace BooksForYou.Deploy.Tests.Images;

/// <summary>What holds for <c>deploy/docker/Dockerfile</c>, whether there is an engine or not.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "docker", "Dockerfile"));

    // One instruction a line.
    private static readonly string[] Instructions = Continuation().Replace(Comment().Replace(Text, ""), " ")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static readonly string[] LastStage = Instructions[Array.FindLastIndex(Instructions, line => line.StartsWith("FROM ", StringComparison.Ordinal))..];

    [Fact]
    public void Base_images_have_a_version()
    {
        var images = Instructions.Select(line => From().Match(line)).Where(match => match.Success).ToList();
        var stages = images.Select(match => match.Groups["stage"].Value).ToHashSet();

        Assert.All(
            images.Select(match => match.Groups["image"].Value).Where(image => !stages.Contains(image)),
            image => Assert.Matches(@"^mcr\.microsoft\.com/dotnet/\w+:\d[\w.-]*$", image));
        Assert.EndsWith("-chiseled", From().Match(LastStage[0]).Groups["image"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Stages_with_the_SDK_run_on_the_machine_that_builds() => Assert.All(
        Instructions.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal) && line.Contains("/sdk:", StringComparison.Ordinal)),
        line => Assert.Contains("--platform=$BUILDPLATFORM", line, StringComparison.Ordinal));

    [Fact]
    public void Image_runs_as_a_numeric_user_above_10000()
    {
        var user = Assert.Single(LastStage, line => line.StartsWith("USER ", StringComparison.Ordinal));

        Assert.Matches(@"^USER 1\d{4}:1\d{4}$", user);
    }

    [Theory]
    [InlineData("HEALTHCHECK", """CMD ["dotnet", "/app/service.dll", "--health"]""")]
    [InlineData("ENTRYPOINT", """ENTRYPOINT ["dotnet", "/app/service.dll"]""")]
    [InlineData("STOPSIGNAL", "STOPSIGNAL SIGTERM")]
    public void Image_is_run_without_a_shell(string instruction, string ending) =>
        Assert.EndsWith(ending, Assert.Single(LastStage, line => line.StartsWith($"{instruction} ", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Image_gets_the_program_and_nothing_from_the_machine()
    {
        Assert.DoesNotContain(LastStage, line => line.StartsWith("RUN ", StringComparison.Ordinal) || line.StartsWith("ADD ", StringComparison.Ordinal));
        Assert.All(LastStage.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)), line => Assert.Contains("--from=", line, StringComparison.Ordinal));
        Assert.DoesNotContain(Instructions, line => SecretVariable().IsMatch(line));
    }

    [Fact]
    public void Build_context_is_a_list_of_what_is_needed()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.Length > 0 && !line.StartsWith('#')).ToList();

        Assert.Equal("*", lines[0]);
        Assert.Contains("**/data", lines);
        Assert.Contains("**/bin", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("!deploy", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\s*#.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\\n")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"^FROM (--platform=\S+ )?(?<image>\S+)( AS (?<stage>\w+))?$")]
    private static partial Regex From();

    [GeneratedRegex("^(ARG|ENV) .*(SECRET|PASSWORD|TOKEN|CREDENTIAL|_KEY|NUGET)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretVariable();
}
