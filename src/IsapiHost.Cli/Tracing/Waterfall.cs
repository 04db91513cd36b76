using System.Globalization;
using System.Text;
using IsapiHost.Tracing;

namespace IsapiHost.Cli.Tracing;

/// <summary>
/// The calls of a trace as a table whose last column shows when each call ran, and how long its asynchronous operation was on its way.
/// </summary>
internal sealed class Waterfall
{
    // Deeper nesting than this is not indented further.
    private const int DeepestIndent = 8;

    private readonly IReadOnlyList<TracedCall> _calls;
    private readonly int _leftOut;
    private readonly double _total;
    private readonly int[] _depth;
    private readonly int?[] _completedBy;

    public Waterfall(RequestTrace trace)
    {
        _calls = trace.Calls;
        _leftOut = trace.CallsLeftOut;
        _total = Math.Max(0.001, _calls.Select(call => Time(call.At) + Time(call.Milliseconds)).Append(Time(trace.Milliseconds)).Max());
        _depth = new int[_calls.Count];
        _completedBy = new int?[_calls.Count];
        for (int i = 0; i < _calls.Count; i++)
        {
            _depth[i] = Earlier(_calls[i].Inside, i) is { } caller ? Math.Min(_depth[caller] + 1, DeepestIndent) : 0;
            if (Earlier(_calls[i].Completes, i) is { } starter)
            {
                _completedBy[starter] ??= i;
            }
        }
    }

    public void AppendTo(StringBuilder page)
    {
        page.Append(CultureInfo.InvariantCulture, $"""
            <section aria-labelledby="calls">
            <h2 id="calls">Calls</h2>
            <p class="legend"><span class="key proc"></span> the host calls the extension <span class="key call"></span> the extension calls the host
            <span class="key failed"></span> failed <span class="key pending"></span> asynchronous operation on its way to its completion</p>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="calls">
            <table>
            <thead><tr><th scope="col">#</th><th scope="col">Call</th><th scope="col">Arguments</th><th scope="col">Result</th>
            <th scope="col" class="number">Thread</th><th scope="col" class="number">At ms</th><th scope="col" class="number">Took ms</th>
            <th scope="col" class="axis"><span class="ticks">{Ticks()}</span></th></tr></thead>
            <tbody>

            """);
        for (int i = 0; i < _calls.Count; i++)
        {
            AppendRow(page, i);
        }

        page.Append("</tbody>\n</table>\n</div>\n");
        if (_leftOut > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{_leftOut:N0} more calls are not shown.</p>\n");
        }

        page.Append("</section>\n");
    }

    private void AppendRow(StringBuilder page, int i)
    {
        TracedCall call = _calls[i];
        bool ofHost = call.Name is "HttpExtensionProc" or "completion";
        string kind = call.LastError != 0 ? "failed" : ofHost ? "proc" : "call";
        page.Append(CultureInfo.InvariantCulture, $"""
            <tr id="call-{i + 1}" class="{kind}"><td class="number">{i + 1}</td><th scope="row" class="d{_depth[i]}">{TracePage.Encode(call.Name)}{Binding(i)}</th>
            <td><code>{TracePage.Encode(call.Arguments)}</code></td><td>{Result(call)}</td>
            <td class="number">{call.Thread}</td><td class="number">{Time(call.At):N3}</td><td class="number">{Time(call.Milliseconds):N3}</td>
            <td class="axis"><span class="lane" aria-hidden="true">{Bars(i)}</span></td></tr>

            """);
    }

    private string Binding(int i) =>
        _completedBy[i] is { } end ? Text($" <a href=\"#call-{end + 1}\">completed by #{end + 1} after {Time(_calls[end].At) - Time(_calls[i].At):N3} ms</a>")
        : Earlier(_calls[i].Completes, i) is { } start ? Text($" <a href=\"#call-{start + 1}\">of #{start + 1}</a>")
        : "";

    private static string Result(TracedCall call) =>
        call.Result.Length == 0 ? "<em>had not returned</em>"
        : call.LastError == 0 ? $"<code>{TracePage.Encode(call.Result)}</code>"
        : Text($"<code>{TracePage.Encode(call.Result)}</code> <strong>last error {call.LastError}</strong>");

    private string Bars(int i)
    {
        TracedCall call = _calls[i];
        string bar = Bar("bar", Time(call.At), Time(call.Milliseconds));
        if (_completedBy[i] is not { } end)
        {
            return bar;
        }

        double started = Time(call.At);
        return Bar("wait", started, Math.Max(0, Time(_calls[end].At) - started)) + bar;
    }

    private string Bar(string kind, double at, double took) =>
        Text($"<i class=\"{kind}\" style=\"left:{Math.Min(100, 100 * at / _total):0.###}%;width:{Math.Min(100, 100 * took / _total):0.###}%\"></i>");

    private string Ticks() => string.Concat(Enumerable.Range(0, 5).Select(i => Text($"<span>{_total * i / 4:0.###}</span>")));

    // The file may come from anywhere: a call can only be inside, or complete, one that began before it.
    private static int? Earlier(int? index, int than) => index >= 0 && index < than ? index : null;

    private static double Time(double milliseconds) => double.IsFinite(milliseconds) ? Math.Clamp(milliseconds, 0, 1e12) : 0;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
