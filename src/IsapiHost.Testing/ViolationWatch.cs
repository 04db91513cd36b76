using IsapiHost.Tracing;

namespace IsapiHost.Testing;

/// <summary>What the extensions of a test host do wrong during one request. Requests that others send at the same time are not told apart.</summary>
internal sealed class ViolationWatch
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    private readonly IsapiTestHost _host;
    private readonly int _before;

    private ViolationWatch(IsapiTestHost host)
    {
        _host = host;
        _before = host.ViolationCount;
    }

    /// <summary>Begins when the requests before are over as well: what they did does not count.</summary>
    public static async Task<ViolationWatch> BeginAsync(IsapiTestHost host, CancellationToken cancellationToken)
    {
        await host.InProgress.EndAsync(_limit, cancellationToken);
        return new ViolationWatch(host);
    }

    /// <summary>Waits until the request is over on the server.</summary>
    /// <returns>What was found, a line for each violation; null if nothing was.</returns>
    public async Task<string?> EndAsync(CancellationToken cancellationToken)
    {
        bool isOver = await _host.InProgress.EndAsync(_limit, cancellationToken);
        int count = _host.ViolationCount - _before;
        Violation[] found = [.. _host.Violations.Skip(_before)];
        List<string> lines = [.. found.Select(violation => violation.ToString()).Distinct()];
        if (count > found.Length)
        {
            lines.Add($"{count - found.Length} more violations");
        }

        if (!isOver)
        {
            lines.Add($"the request is not over on the server {_limit.TotalSeconds:0} seconds after its response, so it cannot be judged");
        }

        return lines.Count == 0 ? null : string.Join('\n', lines);
    }
}
