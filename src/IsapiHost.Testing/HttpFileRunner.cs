using System.Diagnostics;
using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Testing;

/// <summary>
/// Sends the requests of <c>.http</c> files, one after the other, and compares the answers with their <c># expect</c> lines and with the
/// <c>.expected</c> file beside. Works with any server: the one of an <see cref="IsapiTestHost"/>, or an old IIS.
/// </summary>
public sealed class HttpFileRunner
{
    private readonly HttpClient _client;
    private readonly string _host;

    /// <summary>Creates a runner.</summary>
    /// <param name="client">
    /// Sends the requests; its base address is the server under test and the value of <c>{{host}}</c>. It should follow no redirects and keep no
    /// cookies, like <see cref="IsapiTestHost.Client"/>.
    /// </param>
    /// <exception cref="ArgumentException">The client has no base address.</exception>
    public HttpFileRunner(HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _host = client.BaseAddress?.GetLeftPart(UriPartial.Authority) ?? throw new ArgumentException("The client needs a BaseAddress.", nameof(client));
    }

    /// <summary>
    /// The host that the client sends to, if it is one of this process: it judges <c># expect no violations</c>, which is skipped otherwise.
    /// </summary>
    public IsapiTestHost? Host { get; init; }

    /// <summary>The headers that are not compared.</summary>
    public IgnoredHeaders IgnoredHeaders { get; init; } = IgnoredHeaders.Default;

    /// <summary>
    /// Whether answers that differ from the expected ones, or have none, are written to the <c>.expected</c> file. Sections that still fit stay
    /// as they are, and masks stay wherever they accept what came.
    /// </summary>
    public bool Update { get; init; }

    /// <summary>Which requests are sent; all by default. Expected answers of the others stay as they are.</summary>
    public Func<HttpFileRequest, bool> Filter { get; init; } = _ => true;

    /// <summary>Variables that the files may use beside their own, which these replace: <c>module</c>, for example.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Is told of each request as soon as its answer was compared, by the thread that runs the file.</summary>
    public IProgress<HttpFileRequestReport>? Progress { get; init; }

    /// <summary>Runs a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="HttpFileException">A file is not as it must be, or the server cannot be reached; the message names file, line and remedy.</exception>
    public async Task<HttpFileReport> RunAsync(HttpFile file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ExpectedFile? expected = ReadExpected(file);
        HttpFileVariables variables = new(file, new Dictionary<string, string>(Variables) { ["host"] = _host });
        HttpRequestBuilder builder = new(file, variables, _client.BaseAddress!);
        List<HttpFileRequestReport> reports = [];
        ExpectedFileUpdate? update = Update ? new ExpectedFileUpdate(file, expected, IgnoredHeaders, _host) : null;
        foreach (HttpFileRequest request in file.Requests)
        {
            if (!Filter(request))
            {
                update?.Keep(request);
                continue;
            }

            HttpFileRequestReport report = await RunAsync(file, request, builder, expected, cancellationToken);
            report = update?.Take(report) ?? report;
            reports.Add(report);
            Progress?.Report(report);
        }

        update?.Save();
        return new HttpFileReport(file, reports);
    }

    /// <summary>Checks, without sending anything, that every request to be sent has an expectation and every expected answer a request.</summary>
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

        if (file.Requests.Where(Filter).FirstOrDefault(r => r.Expectations.Count == 0 && expected?.Find(r.Name) is null) is { } missing)
        {
            throw new HttpFileException(file.Path, missing.Line, $"there is no expected answer for '{missing.Name}' in '{file.ExpectedPath}'",
                "Write the answers of today with --update, or add a line such as '# expect status 200'.");
        }

        if (expected?.Answers.FirstOrDefault(a => !file.Requests.Any(r => r.Name.Equals(a.Name, StringComparison.OrdinalIgnoreCase))) is { } orphan)
        {
            throw new HttpFileException(expected.Path, orphan.Line, $"'{orphan.Name}' is no request of '{file.Path}'",
                "Give it the name of its request, or remove it.");
        }

        return expected;
    }

    private async Task<HttpFileRequestReport> RunAsync(
        HttpFile file, HttpFileRequest request, HttpRequestBuilder builder, ExpectedFile? expected, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = builder.Build(request);
        NoViolationsExpectation[] asksForViolations = [.. request.Expectations.OfType<NoViolationsExpectation>()];
        ViolationWatch? watch = Host is not null && asksForViolations.Length > 0 ? await ViolationWatch.BeginAsync(Host, cancellationToken) : null;
        long started = Stopwatch.GetTimestamp();
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            HttpAnswer answer = await HttpAnswer.ReadAsync(response, cancellationToken);
            TimeSpan duration = Stopwatch.GetElapsedTime(started);
            string? violations = watch is null ? null : await watch.EndAsync(cancellationToken);
            return new HttpFileRequestReport(request, answer, duration, [.. Compare(file, request, answer, violations, expected)])
            {
                NotJudged = watch is null ? [.. asksForViolations.Select(e => $"expect {e.Text} ({file.Path}:{e.Line}): {NoViolationsExpectation.NotJudged}")] : [],
                IsSkipped = watch is null && asksForViolations.Length > 0 && asksForViolations.Length == request.Expectations.Count
                    && expected?.Find(request.Name) is null,
            };
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError)
        {
            throw new HttpFileException(file.Path, request.Line, $"{_host} cannot be reached ({e.Message.TrimEnd('.')})", "Start the server, or correct its address.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            string cause = e is TaskCanceledException ? $"none came within {_client.Timeout.TotalSeconds:0} seconds" : $"it broke off ({e.Message.TrimEnd('.')})";
            AnswerDifference difference = new("no answer", cause, file.Path, request.Line);
            return new HttpFileRequestReport(request, null, Stopwatch.GetElapsedTime(started), [difference]);
        }
    }

    private IEnumerable<AnswerDifference> Compare(HttpFile file, HttpFileRequest request, HttpAnswer answer, string? violations, ExpectedFile? expected)
    {
        foreach (InlineExpectation expectation in request.Expectations)
        {
            if ((expectation is NoViolationsExpectation ? violations : expectation.Check(answer)) is { } received)
            {
                yield return new AnswerDifference($"expect {expectation.Text}", received, file.Path, expectation.Line);
            }
        }

        if (expected?.Find(request.Name) is not { } section)
        {
            yield break;
        }

        foreach (AnswerDifference difference in new AnswerComparison(expected.Path, expected.IgnoredIn(section, IgnoredHeaders), _host).Compare(section, answer))
        {
            yield return difference;
        }
    }
}
