namespace BooksForYou.Deploy.Tests.Kubernetes;

/// <summary>Every service has a certificate of the store's own authority, and asks for one of whoever calls it.</summary>
public sealed class CertificateTests
{
    public static TheoryData<string> Folders => Rendered.Folders;

    [Theory, MemberData(nameof(Folders))]
    public async Task Certificates_name_their_service(string folder)
    {
        var rendered = await Rendered.LoadAsync(folder);

        Assert.All(rendered.Deployments, deployment =>
        {
            var name = deployment.Name;
            var certificate = rendered.Find("Certificate", name)["spec"];
            Assert.Equal([name, "localhost", $"{name}.booksforyou", $"{name}.booksforyou.svc", $"{name}.booksforyou.svc.cluster.local"], certificate["dnsNames"].Texts);
            Assert.Equal([$"spiffe://booksforyou/{name}"], certificate["uris"].Texts);
            Assert.Equal(("ECDSA", 256), (certificate["privateKey.algorithm"].Text, certificate["privateKey.size"].Number));
            Assert.Equal(["digital signature", "server auth", "client auth"], certificate["usages"].Texts);
            Assert.Equal(("Issuer", "services"), (certificate["issuerRef.kind"].Text, certificate["issuerRef.name"].Text));
        });
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Services_show_their_certificate_and_demand_one(string folder)
    {
        var rendered = await Rendered.LoadAsync(folder);

        Assert.All(rendered.Deployments, deployment =>
        {
            Assert.Equal("require", deployment.EnvironmentOf("TLS_CLIENT_CERT"));
            Assert.All([("TLS_CERT", "tls.crt"), ("TLS_KEY", "tls.key"), ("TLS_CA", "ca.crt")], setting =>
            {
                var path = deployment.EnvironmentOf(setting.Item1);
                Assert.Equal(setting.Item2, Path.GetFileName(path));
                Assert.Equal(rendered.Find("Certificate", deployment.Name)["spec.secretName"].Text, deployment.VolumeOf(path)["secret.secretName"].Text);
            });
        });
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Authority_signs_itself_and_its_key_is_in_no_pod(string folder)
    {
        var rendered = await Rendered.LoadAsync(folder);

        var authority = rendered.Find("Certificate", "certificate-authority")["spec"];
        Assert.True(authority["isCA"].IsTrue);
        Assert.True(rendered.Find("Issuer", authority["issuerRef.name"].Text)["spec.selfSigned"].Exists);
        Assert.Equal(authority["secretName"].Text, rendered.Find("Issuer", "services")["spec.ca.secretName"].Text);
        Assert.DoesNotContain(
            authority["secretName"].Text,
            rendered.Workloads.SelectMany(workload => workload.Pod["volumes"].Items).Select(volume => volume["secret.secretName"].Text));
    }
}
