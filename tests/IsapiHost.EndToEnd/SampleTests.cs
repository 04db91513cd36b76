using System.Globalization;
using System.Net;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

public sealed class SampleTests(SharedHosts hosts)
{
    [Theory, Platforms]
    public async Task Form_decodes_the_fields(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Ada L.", ["note"] = "a&b=c" });

        var answer = await Post(host, form);

        Assert.Contains("field name = Ada L.\nfield note = a&b=c\n", answer, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Form_lists_uploaded_files_with_their_sizes(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Ada"), "\"name\"" },
            { new ByteArrayContent(new byte[200_000]), "\"picture\"", "\"photo.jpg\"" },
        };

        var answer = await Post(host, form);

        Assert.EndsWith("field name = Ada\nfile picture = photo.jpg, 200000 bytes\n", answer, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Sendfile_sends_a_file_below_the_root(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("a file below the root\n", await host.GetText("sendfile", "/file.txt"));
    }

    [Theory]
    [Platforms("")]
    [Platforms("/missing.txt")]
    [Platforms("/folder")]
    public async Task Sendfile_finds_nothing_else(Platform platform, string path)
    {
        var host = await hosts.Get(platform);

        using var response = await host.Get("sendfile", path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory, Platforms]
    public async Task Worker_answers_all_from_its_own_thread(Platform platform)
    {
        var host = await hosts.Get(platform);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.GetText("worker", "?seconds=0")));

        Assert.All(answers, answer => Assert.StartsWith("Worked for 0 s on thread ", answer, StringComparison.Ordinal));
    }

    private static async Task<string> Post(HostProcess host, HttpContent content)
    {
        using var response = await host.Client.PostAsync(
            new Uri(host.Url("form"), UriKind.Relative), content, TestContext.Current.CancellationToken);
        var text = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"{content.Headers.ContentLength} bytes of "), text, StringComparison.Ordinal);
        return text;
    }
}
