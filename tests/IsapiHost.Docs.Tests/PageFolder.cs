using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IsapiHost.Docs.Tests;

/// <summary>The folder in which the blocks of a page run, with the files that pages may name.</summary>
internal sealed class PageFolder
{
    private static readonly string[] _extensions = ["ext", "hello", "script", "app", "legacy/ext", "legacy/script"];
    private static readonly string[] _filters = ["f", "filter", "add-headers", "rewriter"];

    private PageFolder(string path, string state)
    {
        Path = path;
        State = state;
    }

    /// <summary>Where blocks run.</summary>
    public string Path { get; }

    /// <summary>Where the checks keep what belongs to no page.</summary>
    public string State { get; }

    /// <summary>Makes the folder anew.</summary>
    public static PageFolder Create(string page)
    {
        var name = page.Replace('/', '-');
        var root = System.IO.Path.Combine(Repository.Artifacts, "docs", name);
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        var folder = new PageFolder(System.IO.Path.Combine(root, "folder"), System.IO.Path.Combine(root, "state"));
        Directory.CreateDirectory(folder.Path);
        Directory.CreateDirectory(folder.State);
        folder.AddModules();
        folder.AddSources();
        folder.AddSite();
        folder.AddCertificates();
        return folder;
    }

    /// <summary>Writes a file of the page.</summary>
    public string Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private void AddModules()
    {
        var linux = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        foreach (var (target, ending) in new[] { (linux, ".so"), ("win-x64", ".dll") })
        {
            var native = System.IO.Path.Combine(Repository.Artifacts, "native", target);
            foreach (var name in _extensions)
            {
                Copy(System.IO.Path.Combine(native, "hello" + ending), name + ending);
            }

            foreach (var name in _filters)
            {
                var built = System.IO.Path.Combine(native, "filters", name + ending);
                Copy(File.Exists(built) ? built : System.IO.Path.Combine(native, "filters", "add-headers" + ending), name + ending);
            }
        }
    }

    private void AddSources()
    {
        Copy(System.IO.Path.Combine(Repository.Root, "samples/extensions/hello.c"), "ext.c");
        Copy(System.IO.Path.Combine(Repository.Root, "samples/filters/add-headers.c"), "f.c");
        foreach (var folder in new[] { "src", "eng", "samples", "benchmarks" })
        {
            File.CreateSymbolicLink(System.IO.Path.Combine(Path, folder), System.IO.Path.Combine(Repository.Root, folder));
        }
    }

    private void AddSite()
    {
        Write("site/index.html", "<p>The site</p>\n");
        Write("pictures/picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
        Write("404.html", "<p>Nothing is here.</p>\n");
        foreach (var (module, file) in new[] { ("ext.dll", "tests/ext.http"), ("ext.so", "tests-linux/ext.http") })
        {
            Write(file, $"### greets by name\nGET {{{{host}}}}/{module}?name=world\n");
            Write(System.IO.Path.ChangeExtension(file, ".expected"), "### greets by name\nHTTP/1.1 200 OK\nContent-Type: text/plain\n\nHello, world!\nGET{{ }}\n{{.+}}\n");
        }
    }

    private void AddCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Write("site.crt", certificate.ExportCertificatePem());
        Write("site.key", key.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(System.IO.Path.Combine(Path, "site.pfx"), certificate.Export(X509ContentType.Pkcs12, "…"));
    }

    private void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            var path = System.IO.Path.Combine(Path, to);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.Copy(from, path);
        }
    }
}
