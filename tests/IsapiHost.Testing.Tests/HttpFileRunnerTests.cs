using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Testing.Tests;

public sealed class HttpFileRunnerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Responses_are_written_once_and_compared_from_then_on()
    {
        string path = _folder.Write("hello.http", "### greets\nGET {{host}}/{{module}}?name=you\n\n### posts\nPOST {{host}}/{{module}}/x\n\nbody\n");
        string module = NativeModules.SharedObject("hello");
        await using (IsapiTestHost host = await IsapiTestHost.StartAsync(module, o => o.Isapi.Site.ServerSoftware = "Old/1.0", Cancellation))
        {
            HttpFileReport written = await Run(host, path, update: true);
            Assert.True(written.Passed);
            Assert.All(written.Requests, r => Assert.True(r.IsUpdated));
        }

        Assert.Equal(
            "### greets\nHTTP/1.1 200 OK\nContent-Type: text/plain\n\nHello, you!\nGET \nOld/1.0\n\n"
            + "### posts\nHTTP/1.1 200 OK\nContent-Type: text/plain\n\nHello, stranger!\nPOST /x\nOld/1.0\n",
            _folder.Read("hello.expected"));

        await using IsapiTestHost later = await IsapiTestHost.StartAsync(module, o => o.Isapi.Site.ServerSoftware = "New/2.0", Cancellation);
        HttpFileReport report = await Run(later, path, update: false);
        Assert.False(report.Passed);
        Assert.Contains("0 of 2 responses as expected", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("  -    3 | Old/1.0\n  +    3 | New/2.0", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_keeps_masks_comments_and_what_still_fits()
    {
        string path = _folder.Write("a.http", "### changed\nGET /\n\n### same\nGET /\n\n### inline\n# expect status 200\nGET /\n");
        string same = "### same\n# a remark\nHTTP/1.1 {{.*}}\nX-A: {{\\d}}\n\n{{.*}}\nb";
        _folder.Write("a.expected",
            $"# about this file\n# ignore X-B\n\n### changed\n# mine\nHTTP/1.1 200 OK\nX-A: {{{{\\d}}}}\n\nat {{{{\\d+}}}}\nold\n\n{same}\n\n### gone\nHTTP/1.1 200 OK\n");
        await using IsapiTestHost host = await Echo("at 17\nb\n", ("X-A", "7"), ("X-B", "8"));

        HttpFileReport report = await Run(host, path, update: true);

        Assert.Equal([true, false, false], report.Requests.Select(r => r.IsUpdated));
        Assert.Equal(
            $"# about this file\n# ignore X-B\n\n### changed\n# mine\nHTTP/1.1 200 OK\nX-A: {{{{\\d}}}}\n\nat {{{{\\d+}}}}\nb\n\n{same}\n", _folder.Read("a.expected"));
        Assert.True((await Run(host, path, update: false)).Passed);
    }

    [Fact]
    public async Task Requests_that_are_filtered_out_are_not_sent_and_keep_their_responses()
    {
        string path = _folder.Write("a.http", "### one\nGET /\n\n### two\nGET /\n\n### three\nGET /\n");
        _folder.Write("a.expected", "### one\nHTTP/1.1 404 Not Found\n\n### two\nHTTP/1.1 404 Not Found\n");
        await using IsapiTestHost host = await Echo("x");

        HttpFileReport report = await new HttpFileRunner(host.Client) { Update = true, Filter = r => r.Name == "two" }.RunAsync(HttpFile.Read(path), Cancellation);

        Assert.Equal("two", Assert.Single(report.Requests).Request.Name);
        Assert.Equal("### one\nHTTP/1.1 404 Not Found\n\n### two\n# body text final-newlines 0\nHTTP/1.1 200 OK\n\nx\n", _folder.Read("a.expected"));
    }

    [Fact]
    public async Task Large_and_binary_bodies_stand_in_a_file_beside()
    {
        string path = _folder.Write("a.http", "### Get the PHOTO!\nGET /\n");
        byte[] photo = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 7))];
        await using IsapiTestHost host = await Echo(photo);

        Assert.True((await Run(host, path, update: true)).Passed);
        Assert.Equal(photo, File.ReadAllBytes(Path.Combine(_folder.Path, "a.get-the-photo.body")));
        Assert.True((await Run(host, path, update: false)).Passed);

        File.Delete(Path.Combine(_folder.Path, "a.get-the-photo.body"));
        Assert.Contains("with --update", (await Assert.ThrowsAsync<HttpFileException>(() => Run(host, path, update: false))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_expectations_and_responses_without_a_request_are_bad_input()
    {
        string path = _folder.Write("a.http", "### one\n# expect status 200\nGET /\n\n### two\nGET /\n");
        await using IsapiTestHost host = await Echo("x");

        HttpFileException missing = await Assert.ThrowsAsync<HttpFileException>(() => Run(host, path, update: false));
        Assert.Equal(6, missing.Line);
        Assert.Contains("there is no expected response for 'two'", missing.Message, StringComparison.Ordinal);
        Assert.Contains("--update", missing.Message, StringComparison.Ordinal);

        _folder.Write("a.expected", "### two\nHTTP/1.1 200 OK\n\n### three\nHTTP/1.1 200 OK\n");
        HttpFileException orphan = await Assert.ThrowsAsync<HttpFileException>(() => Run(host, path, update: false));
        Assert.Equal(4, orphan.Line);
        Assert.Contains("'three' is no request of", orphan.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_that_breaks_off_is_a_difference_and_a_server_that_is_not_there_is_bad_input()
    {
        string path = _folder.Write("a.http", "# expect status 200\nGET /\n");
        IsapiTestHost host = await IsapiTestHost.StartAsync(
            o => o.ConfigureApplication = app => app.Run(context => { context.Abort(); return Task.CompletedTask; }), Cancellation);

        HttpFileReport report = await Run(host, path, update: false);
        Assert.Equal("no response", Assert.Single(report.Requests[0].Differences).Subject);

        Uri address = host.BaseAddress;
        await host.DisposeAsync();
        using HttpClient client = new() { BaseAddress = address };
        HttpFileException failure = await Assert.ThrowsAsync<HttpFileException>(() => new HttpFileRunner(client).RunAsync(HttpFile.Read(path), Cancellation));
        Assert.StartsWith($"{path}:2: http://127.0.0.1:{address.Port} cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_and_captured_values_of_a_login_go_into_later_requests()
    {
        string path = _folder.Write("login.http", """
            ### login
            # expect status 200
            # capture page body matches name="page" value="(\w+)"
            # capture kind header Content-Type
            POST {{host}}/login

            ### uses them
            # expect body is session=s1; page=p7; kind=text/html; token=t1
            GET {{host}}/show?page={{page}}&kind={{kind}}&token={{login.response.headers.X-Token}}

            ### without
            # @no-cookie-jar
            # expect body is ; page=; kind=; token=
            GET {{host}}/show

            ### with its own
            # expect body is session=mine; page=; kind=; token=
            GET {{host}}/show
            Cookie: session=mine

            ### finds nothing
            # capture nothing body matches never (\d+)
            GET {{host}}/show
            """);
        await using IsapiTestHost host = await IsapiTestHost.StartAsync(o => o.ConfigureApplication = app => app.Run(LoginAsync), Cancellation);

        HttpFileReport report = await Run(host, path, update: false);

        Assert.Equal([true, true, true, true, false], report.Requests.Select(r => r.Passed));
        Assert.Equal("capture nothing body matches never (\\d+)", Assert.Single(report.Requests[4].Differences).Subject);
        Assert.Equal("session=s1", report.Requests[1].Sent!.Headers.Single(h => h.Key == "Cookie").Value);

        static async Task LoginAsync(HttpContext context)
        {
            if (context.Request.Path == "/login")
            {
                context.Response.ContentType = "text/html";
                context.Response.Headers.Append("Set-Cookie", "session=s1; path=/; HttpOnly");
                context.Response.Headers.Append("Set-Cookie", "foreign=x; domain=example.org");
                context.Response.Headers.Append("X-Token", "t1");
                await context.Response.WriteAsync("<input name=\"page\" value=\"p7\">");
            }
            else
            {
                IQueryCollection query = context.Request.Query;
                await context.Response.WriteAsync($"{context.Request.Headers.Cookie}; page={query["page"]}; kind={query["kind"]}; token={query["token"]}");
            }
        }
    }

    [Fact]
    public async Task A_request_is_tried_again_while_its_response_differs()
    {
        string path = _folder.Write("a.http", "### flaky\n# expect status 200\nGET /\n\n### broken\n# expect status 201\nGET /\n");
        int count = 0;
        await using IsapiTestHost host = await IsapiTestHost.StartAsync(
            o => o.ConfigureApplication = app => app.Run(context =>
            {
                context.Response.StatusCode = ++count < 3 ? 503 : 200;
                return Task.CompletedTask;
            }),
            Cancellation);
        HttpFileRunner runner = new(host.Client) { Retries = 2, RetryDelay = TimeSpan.FromMilliseconds(1) };

        HttpFileReport report = await runner.RunAsync(HttpFile.Read(path), Cancellation);

        Assert.Equal([(true, 3), (false, 3)], report.Requests.Select(r => (r.Passed, r.Tries)));
    }

    [Fact]
    public async Task A_server_that_is_not_there_yet_is_waited_for()
    {
        string path = _folder.Write("a.http", "# expect status 200\nGET /\n");
        await using IsapiTestHost first = await Echo("a");
        Uri address = first.BaseAddress;
        await first.DisposeAsync();
        await using IsapiTestHost other = await Echo("b");
        int tries = 0;
        using HttpClient client = new(new Redirect(() => ++tries < 3 ? address : other.BaseAddress)) { BaseAddress = address };

        HttpFileReport report = await new HttpFileRunner(client) { Retries = 5, RetryDelay = TimeSpan.FromMilliseconds(1) }
            .RunAsync(HttpFile.Read(path), Cancellation);

        Assert.Equal(3, Assert.Single(report.Requests).Tries);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_given_up_after_the_timeout()
    {
        string path = _folder.Write("a.http", "# expect status 200\nGET /\n");
        await using IsapiTestHost host = await IsapiTestHost.StartAsync(
            o =>
            {
                o.ClientTimeout = TimeSpan.FromMilliseconds(300);
                o.ConfigureApplication = app => app.Run(async context =>
                {
                    await context.Response.WriteAsync("begins");
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                });
            },
            Cancellation);

        HttpFileReport report = await Run(host, path, update: false);

        ResponseDifference difference = Assert.Single(report.Requests[0].Differences);
        Assert.Equal(("no response", "none came within 0.3 seconds"), (difference.Subject, difference.Description));
    }

    [Fact]
    public async Task Violations_are_judged_when_the_request_is_over_and_only_its_own()
    {
        string path = _folder.Write(
            "a.http", Request("head-malformed", "") + Request("content-length-mismatch", "no violations") + Request("clean", "no violations"));
        await using IsapiTestHost host = await IsapiTestHost.StartAsync(NativeModules.SharedObject("violate"), cancellationToken: Cancellation);

        HttpFileReport report = await host.RunHttpFileAsync(path, Cancellation);

        Assert.Equal([true, false, true], report.Requests.Select(r => r.Passed));
        Assert.All(report.Requests, r => Assert.Empty(r.NotJudged));
        var difference = Assert.Single(report.Requests[1].Differences);
        Assert.Equal("expect no violations", difference.Subject);
        Assert.StartsWith("content-length-mismatch: ", difference.Description, StringComparison.Ordinal);

        static string Request(string variant, string expectation) =>
            $"### {variant}\n# expect status 2xx\n{(expectation.Length > 0 ? $"# expect {expectation}\n" : "")}GET /violate.so?{variant}\n\n";
    }

    [Fact]
    public async Task Violations_of_a_server_elsewhere_are_not_judged_and_the_report_says_so()
    {
        string path = _folder.Write("a.http", "### both\n# expect status 200\n# expect no violations\nGET /\n\n### alone\n# expect no violations\nGET /\n");
        await using IsapiTestHost host = await Echo("x");

        HttpFileReport report = await Run(host, path, update: false);

        Assert.True(report.Passed);
        Assert.Equal([false, true], report.Requests.Select(r => r.IsSkipped));
        Assert.Contains($"expect no violations ({path}:3): not judged", report.ToString(), StringComparison.Ordinal);
    }

    private static Task<HttpFileReport> Run(IsapiTestHost host, string path, bool update) =>
        new HttpFileRunner(host.Client) { Update = update, Variables = new Dictionary<string, string> { ["module"] = "hello.so" } }
            .RunAsync(HttpFile.Read(path), Cancellation);

    private static Task<IsapiTestHost> Echo(string body, params (string Name, string Value)[] headers) => Echo(System.Text.Encoding.UTF8.GetBytes(body), headers);

    private static Task<IsapiTestHost> Echo(byte[] body, params (string Name, string Value)[] headers) =>
        IsapiTestHost.StartAsync(
            o => o.ConfigureApplication = app => app.Run(context =>
            {
                foreach ((string name, string value) in headers)
                {
                    context.Response.Headers[name] = value;
                }

                return context.Response.Body.WriteAsync(body).AsTask();
            }), Cancellation);

    private sealed class Redirect(Func<Uri> address) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(address(), request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
