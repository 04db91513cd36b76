using System.Globalization;
using System.Net;
using System.Text;
using IsapiHost.Tracing;

namespace IsapiHost.Cli.Tracing;

/// <summary>A trace as one HTML page that needs nothing else: no script, no network.</summary>
internal static class TracePage
{
    public static string Of(RequestTrace trace)
    {
        StringBuilder page = new();
        string title = Encode($"{trace.Method} {trace.Url}");
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title} – {trace.Status}</title>
            <style>
            {PageStyle.Text}
            </style>
            </head>
            <body>
            <main>
            <h1><span class="status s{StatusClass(trace.Status)}">{trace.Status}</span> {title}</h1>
            <dl>
            {Fact("Client got", FormattableString.Invariant($"status {trace.Status}, {trace.Bytes:N0} body bytes, end marked by {trace.Framing}"))}
            {Fact("Outcome", trace.Outcome.ToString())}
            {Fact("Took", FormattableString.Invariant($"{trace.Milliseconds:N3} ms"))}
            {Fact("Started", trace.Started.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture))}
            {Fact("Module", trace.Module)}
            </dl>

            """);
        AppendViolations(page, trace.Violations);
        new Waterfall(trace).AppendTo(page);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>A text as a person sees it: nothing of it is markup, and control characters are made visible.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(Timeline.Plain(text));

    private static string Fact(string name, string value) => $"<div><dt>{name}</dt><dd>{Encode(value)}</dd></div>";

    private static int StatusClass(int status) => Math.Clamp(status / 100, 0, 9);

    private static void AppendViolations(StringBuilder page, IReadOnlyList<Violation> violations)
    {
        if (violations.Count == 0)
        {
            return;
        }

        page.Append("<section class=\"violations\" aria-labelledby=\"violations\">\n<h2 id=\"violations\">Violations</h2>\n<ul>\n");
        foreach (Violation violation in violations)
        {
            page.Append("<li><strong>").Append(Encode(violation.Name)).Append("</strong> ").Append(Encode(violation.Sentence));
            AppendDetail(page, violation.Detail);
            AppendDetail(page, violation.Call.Length > 0 ? $"in {violation.Call}" : "");
            page.Append("</li>\n");
        }

        page.Append("</ul>\n</section>\n");
    }

    private static void AppendDetail(StringBuilder page, string detail)
    {
        if (detail.Length > 0)
        {
            page.Append("<br/><code>").Append(Encode(detail)).Append("</code>");
        }
    }
}
