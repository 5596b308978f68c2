namespace BooksForYou.Deploy.Tests.Kubernetes;

/// <summary>Secrets and keys come from outside: no value of one is in the repository, and every one that is referred to can be made.</summary>
public sealed class SecretTests
{
    private static readonly string[] SecretWords = ["SECRET", "PASSWORD", "_DATABASE", "_KEY", "TOKEN"];

    public static TheoryData<string> Folders => Rendered.Folders;

    [Theory, MemberData(nameof(Folders))]
    public async Task Objects_hold_no_secret_value(string folder)
    {
        var rendered = await Rendered.LoadAsync(folder);

        Assert.Empty(rendered.Of("Secret"));
        Assert.All(rendered.Workloads.SelectMany(workload => workload.Containers).SelectMany(container => container["env"].Items), entry =>
        {
            if (SecretWords.Any(word => entry["name"].Text.EndsWith(word, StringComparison.Ordinal))
                && entry["name"].Text != "TLS_KEY" && entry["name"].Text != "HTTPS_KEY")
            {
                Assert.False(entry["value"].Exists, $"{entry["name"].Text} is given as text");
            }
        });
        Assert.All(
            rendered.Of("ConfigMap").SelectMany(map => map["data"].Keys),
            name => Assert.DoesNotContain(SecretWords, word => name.EndsWith(word, StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Files_that_settings_name_are_in_a_volume_and_readable_by_the_service_only(string folder)
    {
        var rendered = await Rendered.LoadAsync(folder);
        var files = rendered.Deployments.SelectMany(deployment => FilesOf(deployment).Select(file => (deployment, file))).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, item =>
        {
            var volume = item.deployment.VolumeOf(item.file);
            Assert.Equal("288", volume["secret.defaultMode"].Text); // 0440: the owner and the pod's group
        });
    }

    [Fact]
    public async Task Local_secrets_are_all_that_the_local_store_refers_to()
    {
        var rendered = await Rendered.LoadAsync("overlays/local");
        var made = (await MakeAsync()).ToDictionary(secret => secret["metadata.name"].Text);
        var issued = rendered.Of("Certificate").Select(certificate => certificate["spec.secretName"].Text).ToHashSet();

        foreach (var workload in rendered.Workloads)
        {
            foreach (var volume in workload.Pod["volumes"].Items.Where(volume => volume["secret"].Exists && !issued.Contains(volume["secret.secretName"].Text)))
            {
                var keys = made[volume["secret.secretName"].Text]["stringData"].Keys.ToList();
                Assert.All(volume["secret.items"].Items, item => Assert.Contains(item["key"].Text, keys));
            }

            foreach (var reference in workload.Service["env"].Items.Select(entry => entry["valueFrom.secretKeyRef"]).Where(reference => reference.Exists))
            {
                Assert.Contains(reference["key"].Text, made[reference["name"].Text]["stringData"].Keys);
            }

            foreach (var file in FilesOf(workload).Where(file => file.StartsWith("/secrets/", StringComparison.Ordinal)))
            {
                var secret = made[workload.VolumeOf(file)["secret.secretName"].Text]["stringData"];
                Assert.Contains(Path.GetFileName(file), secret.Keys.Append("password"));
            }
        }
    }

    [Fact]
    public async Task Local_secrets_are_new_in_each_run_and_databases_have_the_passwords_of_their_roles()
    {
        var first = (await MakeAsync()).ToDictionary(secret => secret["metadata.name"].Text, secret => secret["stringData"].ToTexts());
        var second = (await MakeAsync()).ToDictionary(secret => secret["metadata.name"].Text, secret => secret["stringData"].ToTexts());

        Assert.All(first, secret => Assert.All(secret.Value, pair => Assert.NotEqual(pair.Value, second[secret.Key][pair.Key])));
        Assert.All(ServicesTable.Read().WithDatabase, service => Assert.StartsWith(
            $"postgres://{service}:{first["postgres-databases"][service]}@postgres:5432/{service}?",
            first[service][$"{service.ToUpperInvariant()}_DATABASE"],
            StringComparison.Ordinal));
        Assert.All(
            first.SelectMany(secret => secret.Value).Where(pair => !pair.Key.EndsWith("_DATABASE", StringComparison.Ordinal)),
            pair => Assert.Matches("^[0-9a-f]{64}$", pair.Value));
    }

    // TLS_KEY, SERVICE_SECRET_FILE and their like: settings that name a file.
    private static IEnumerable<string> FilesOf(Workload workload) =>
        workload.Service["env"].Items.Select(entry => entry["value"].Text)
            .Where(value => value.StartsWith("/secrets/", StringComparison.Ordinal) || value.Contains("tls/", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<Yaml>> MakeAsync()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl") || File.Exists("/usr/local/bin/openssl"), "openssl is not installed.");
        await using var script = ProgramRun.Start(Rendered.PathOf("local-secrets"), ["--print"]);
        Assert.Equal(0, await script.WaitForExitAsync());
        return Yaml.ReadAll(script.Output);
    }
}
