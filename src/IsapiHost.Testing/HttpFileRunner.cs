using System.Diagnostics;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Testing;

/// <summary>
/// Sends the requests of <c>.http</c> files, one after the other, and compares the responses with their <c># expect</c> lines and with the
/// <c>.expected</c> file beside. Works with any server: the one of an <see cref="IsapiTestHost"/>, or an old IIS.
/// </summary>
public sealed class HttpFileRunner
{
    private readonly HttpClient _client;

    /// <summary>Creates a runner.</summary>
    /// <param name="client">
    /// Sends the requests; its base address is the server under test and the value of <c>{{host}}</c>. It should follow no redirects and keep no
    /// cookies, like <see cref="IsapiTestHost.Client"/>.
    /// </param>
    /// <exception cref="ArgumentException">The client has no base address.</exception>
    public HttpFileRunner(HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client.BaseAddress is not null ? client : throw new ArgumentException("The client needs a BaseAddress.", nameof(client));
    }

    /// <summary>
    /// The host that the client sends to, if it is one of this process: it judges <c># expect no violations</c>, which is skipped otherwise.
    /// </summary>
    public IsapiTestHost? Host { get; init; }

    /// <summary>The headers that are not compared.</summary>
    public IgnoredHeaders IgnoredHeaders { get; init; } = IgnoredHeaders.Default;

    /// <summary>
    /// Whether responses that differ from the expected ones, or have none, are written to the <c>.expected</c> file. Sections that still fit stay
    /// as they are, and masks stay wherever they accept what came.
    /// </summary>
    public bool Update { get; init; }

    /// <summary>Which requests are sent; all by default. Expected responses of the others stay as they are.</summary>
    public Func<HttpFileRequest, bool> Filter { get; init; } = _ => true;

    /// <summary>Variables that the files may use beside their own, which these replace: <c>module</c>, for example.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Is told of each request as soon as its response was compared, by the thread that runs the file.</summary>
    public IProgress<HttpFileRequestReport>? Progress { get; init; }

    /// <summary>
    /// The environment of <c>http-client.env.json</c> whose variables the files use; null for those of <c>$shared</c> only. The file is looked
    /// for beside the <c>.http</c> file and in the folders above.
    /// </summary>
    public string? Environment { get; init; }

    /// <summary>
    /// Addresses that the files write out, such as <c>http://old-server</c>: requests to them go to the server under test as well. Other
    /// absolute URLs are refused.
    /// </summary>
    public IReadOnlyCollection<Uri> Origins { get; init; } = [];

    /// <summary>How often a request is sent again while its response differs, none comes or the server cannot be reached; 0 by default.</summary>
    public int Retries { get; init; }

    /// <summary>The time between two tries of a request; 1 second by default.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Runs a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="HttpFileException">A file is not as it must be, or the server cannot be reached; the message names file, line and remedy.</exception>
    public async Task<HttpFileReport> RunAsync(HttpFile file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var expected = ReadExpected(file);
        HttpFileRun run = new(this, _client, file, expected);
        List<HttpFileRequestReport> reports = [];
        var update = Update ? new ExpectedFileUpdate(file, expected, IgnoredHeaders, run.Host) : null;
        foreach (var request in file.Requests)
        {
            if (!Filter(request))
            {
                update?.Keep(request);
                continue;
            }

            var report = await run.RunAsync(request, cancellationToken);
            report = update?.Take(report) ?? report;
            reports.Add(report);
            Progress?.Report(report);
        }

        update?.Save();
        return new HttpFileReport(file, reports);
    }

    /// <summary>Checks, without sending anything, that every request to be sent has an expectation and every expected response a request.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="HttpFileException">That is not so; the message names file, line and remedy.</exception>
    public void Validate(HttpFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _ = ReadExpected(file);
    }

    private ExpectedFile? ReadExpected(HttpFile file)
    {
        ExpectedFile? expected = ExpectedFile.ReadIfPresent(file.ExpectedPath);
        if (file.Requests.Count == 0)
        {
            throw new HttpFileException(file.Path, 0, "there is no request in this file", "Write one, such as GET {{host}}/ext.dll.");
        }

        if (Update)
        {
            return expected;
        }

        if (file.Requests.Where(Filter).FirstOrDefault(r => r.Expectations.Count == 0 && r.Captures.Count == 0 && expected?.Find(r.Name) is null) is { } missing)
        {
            throw new HttpFileException(file.Path, missing.Line, $"there is no expected response for '{missing.Name}' in '{file.ExpectedPath}'",
                "Write the responses of today with --update, or add a line such as '# expect status 200'.");
        }

        if (expected?.Responses.FirstOrDefault(a => !file.Requests.Any(r => r.Name.Equals(a.Name, StringComparison.OrdinalIgnoreCase))) is { } orphan)
        {
            throw new HttpFileException(expected.Path, orphan.Line, $"'{orphan.Name}' is no request of '{file.Path}'",
                "Give it the name of its request, or remove it.");
        }

        return expected;
    }
}
