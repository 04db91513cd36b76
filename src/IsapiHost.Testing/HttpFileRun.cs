using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;
using IsapiHost.Testing.Messages;
using IsapiHost.Testing.Sending;
using IsapiHost.Testing.Variables;

namespace IsapiHost.Testing;

/// <summary>One run of one file: its variables, its cookies and what its requests have brought so far.</summary>
internal sealed class HttpFileRun
{
    private readonly HttpFileRunner _runner;
    private readonly HttpFile _file;
    private readonly ExpectedFile? _expected;
    private readonly RequestSender _sender;
    private readonly SentRequests _sent = new();

    public HttpFileRun(HttpFileRunner runner, HttpClient client, HttpFile file, ExpectedFile? expected)
    {
        _runner = runner;
        _file = file;
        _expected = expected;
        Host = client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        Dictionary<string, string> predefined = new(runner.Variables) { ["host"] = Host };
        HttpFileVariables variables = new(file, predefined, EnvironmentFile.Find(file.Path, runner.Environment), _sent);
        _sender = new RequestSender(client, file, new HttpRequestBuilder(file, variables, client.BaseAddress, runner.Origins));
    }

    /// <summary>The address under test: the value of <c>{{host}}</c>.</summary>
    public string Host { get; }

    /// <summary>Sends a request, again if the runner says so, and compares its response.</summary>
    /// <exception cref="HttpFileException">It cannot be sent; the message names file, line and remedy.</exception>
    public async Task<HttpFileRequestReport> RunAsync(HttpFileRequest request, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var isLast = tries > _runner.Retries;
            try
            {
                var report = await TryAsync(request, cancellationToken);
                if (report.Passed || isLast || (_runner.Update && report.Response is not null))
                {
                    Remember(report);
                    return report with { Tries = tries };
                }
            }
            catch (HttpFileException e) when (!isLast && RequestSender.IsUnreachable(e))
            {
                // It may still be starting.
            }

            await Task.Delay(_runner.RetryDelay, cancellationToken);
        }
    }

    private async Task<HttpFileRequestReport> TryAsync(HttpFileRequest request, CancellationToken cancellationToken)
    {
        NoViolationsExpectation[] asksForViolations = [.. request.Expectations.OfType<NoViolationsExpectation>()];
        var watch = _runner.Host is not null && asksForViolations.Length > 0 ? await ViolationWatch.BeginAsync(_runner.Host, cancellationToken) : null;
        var exchange = await _sender.SendAsync(request, cancellationToken);
        HttpFileRequestReport report = new() { Request = request, Sent = exchange.Request, Response = exchange.Response, Duration = exchange.Duration };
        if (exchange.Response is not { } response)
        {
            return report with { Differences = [new ResponseDifference("no response", exchange.Failure!, _file.Path, request.Line)] };
        }

        var violations = watch is null ? null : await watch.EndAsync(cancellationToken);
        return report with
        {
            Differences = [.. Compare(request, response, violations)],
            NotJudged = watch is null ? [.. asksForViolations.Select(e => $"expect {e.Text} ({_file.Path}:{e.Line}): {NoViolationsExpectation.NotJudged}")] : [],
            IsSkipped = watch is null && asksForViolations.Length > 0 && asksForViolations.Length == request.Expectations.Count
                && _expected?.Find(request.Name) is null,
        };
    }

    private IEnumerable<ResponseDifference> Compare(HttpFileRequest request, ReceivedResponse response, string? violations)
    {
        foreach (InlineExpectation expectation in request.Expectations)
        {
            if ((expectation is NoViolationsExpectation ? violations : expectation.Check(response)) is { } received)
            {
                yield return new ResponseDifference($"expect {expectation.Text}", received, _file.Path, expectation.Line);
            }
        }

        foreach (var capture in request.Captures.Where(capture => capture.Find(response) is null))
        {
            yield return new ResponseDifference($"capture {capture.Text}", "the response has nothing that matches", _file.Path, capture.Line);
        }

        if (_expected?.Find(request.Name) is not { } section)
        {
            yield break;
        }

        ResponseComparison comparison = new(_expected.Path, _expected.IgnoredIn(section, _runner.IgnoredHeaders), Host);
        foreach (var difference in comparison.Compare(section, response))
        {
            yield return difference;
        }
    }

    private void Remember(HttpFileRequestReport report)
    {
        if (report is not { Sent: { } request, Response: { } response })
        {
            return;
        }

        _sent.Add(report.Request.Name, request, response);
        foreach (var capture in report.Request.Captures)
        {
            if (capture.Find(response) is { } value)
            {
                _sent.Capture(capture.Name, value);
            }
        }
    }
}
