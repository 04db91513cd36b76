using System.Text;
using IsapiHost.Testing.Files;

namespace IsapiHost.Testing.HttpFiles;

/// <summary>Writes requests so that <see cref="HttpFile.Parse"/>, and editors, read the same ones.</summary>
public static class HttpFileWriter
{
    /// <summary><c>@openBraces = {{</c>: recorded text may contain what would be a variable; this one stands for the two braces.</summary>
    public static HttpFileVariable OpenBraces { get; } = new("openBraces", "{{");

    /// <summary>The text of a file.</summary>
    /// <param name="file">The requests; text bodies must be such as <see cref="FitsInline"/> accepts.</param>
    public static string Write(HttpFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        StringBuilder text = new();
        foreach (HttpFileVariable variable in file.Variables)
        {
            text.Append('@').Append(variable.Name).Append(" = ").Append(variable.Value).Append('\n');
        }

        foreach (HttpFileRequest request in file.Requests)
        {
            Write(text.Append(text.Length > 0 ? "\n" : ""), request);
        }

        return text.ToString();
    }

    /// <summary>
    /// Replaces the braces of recorded text so that it is not taken for a variable. A file with such text defines <c>@openBraces = {{</c>, which
    /// <see cref="VariablesFor"/> gives.
    /// </summary>
    /// <param name="text">A URL or a header's value as it was sent.</param>
    public static string Literal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace("{{", "{{openBraces}}", StringComparison.Ordinal);
    }

    /// <summary>The variables that requests made with <see cref="Literal"/> need.</summary>
    /// <param name="requests">The requests.</param>
    public static IReadOnlyList<HttpFileVariable> VariablesFor(IEnumerable<HttpFileRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return requests.SelectMany(r => r.Headers.Select(h => h.Value).Append(r.Url)).Any(t => t.Contains("{{openBraces}}", StringComparison.Ordinal))
            ? [OpenBraces]
            : [];
    }

    /// <summary>Whether a body can stand in the file and be read back byte by byte; otherwise it goes into a file of its own.</summary>
    /// <param name="body">The body as text; null if it is none.</param>
    /// <param name="contentType">Its type: a multipart body has its lines divided by CRLF.</param>
    public static bool FitsInline(string? body, string? contentType)
    {
        if (body is null)
        {
            return false;
        }

        bool isMultipart = contentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;
        string lines = isMultipart ? body.Replace("\r\n", "\n", StringComparison.Ordinal) : body;
        string written = isMultipart ? lines.Replace("\n", "\r\n", StringComparison.Ordinal) : lines;
        if (written != body || lines.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) || lines.Contains("{{", StringComparison.Ordinal)
            || lines.AsSpan().ContainsAny('\u0085', '\u2028', '\u2029'))
        {
            return false;
        }

        // What would be read as something else is found by reading it.
        try
        {
            HttpFileRequest[] read = [.. HttpFile.Parse($"POST /\n\n{lines}\n", "body").Requests];
            return read is [{ Expectations.Count: 0, Captures.Count: 0, UsesCookies: true, Name: "POST /", Body: [{ Text: { } text }] }]
                && text == lines
                && (contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true
                    || !lines.Contains("\n&", StringComparison.Ordinal));
        }
        catch (HttpFileException)
        {
            return false;
        }
    }

    private static void Write(StringBuilder text, HttpFileRequest request)
    {
        text.Append("### ").Append(request.Name).Append('\n');
        foreach (var expectation in request.Expectations)
        {
            text.Append("# expect ").Append(expectation.Text).Append('\n');
        }

        foreach (var capture in request.Captures)
        {
            text.Append("# capture ").Append(capture.Text).Append('\n');
        }

        text.Append(request.UsesCookies ? "" : "# @no-cookie-jar\n");

        text.Append(request.Method).Append(' ').Append(request.Url).Append(" HTTP/1.1\n");
        foreach (HttpFileHeader header in request.Headers)
        {
            text.Append(header.Name).Append(": ").Append(header.Value).Append('\n');
        }

        if (request.Body.Count > 0)
        {
            text.Append('\n');
        }

        foreach (HttpFileBodyPart part in request.Body)
        {
            text.Append(part.Text ?? $"{(part.FillsVariables ? "<@" : "<")} {part.File}").Append('\n');
        }
    }
}
