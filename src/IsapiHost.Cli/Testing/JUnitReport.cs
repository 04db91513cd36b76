using System.Globalization;
using System.Text;
using System.Xml;
using IsapiHost.Testing;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Cli.Testing;

/// <summary>
/// Results as the CI systems read them: only elements and attributes that junit-10.xsd of Jenkins' xunit plugin has. A suite per file, a test
/// case per request.
/// </summary>
internal static class JUnitReport
{
    private const int LongestBody = 8 * 1024;

    /// <param name="output">Where to write, as UTF-8.</param>
    /// <param name="reports">The files that were run.</param>
    /// <param name="fault">What broke the run off, if anything.</param>
    /// <param name="time">When, UTC.</param>
    public static void Write(Stream output, IReadOnlyList<HttpFileReport> reports, HttpFileException? fault, DateTime time)
    {
        using XmlWriter xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "isapihost test");
        WriteCounts(xml, [.. reports.SelectMany(r => r.Requests)], fault is null ? 0 : 1);
        foreach (HttpFileReport report in reports)
        {
            WriteSuiteStart(xml, report.File.Path, time);
            WriteCounts(xml, report.Requests, errors: 0);
            xml.WriteAttributeString("skipped", Number(report.Requests.Count(r => r.IsSkipped)));
            foreach (HttpFileRequestReport request in report.Requests)
            {
                Write(xml, report, request);
            }

            xml.WriteEndElement();
        }

        if (fault is not null)
        {
            WriteFault(xml, fault, time);
        }

        xml.WriteEndElement();
    }

    /// <summary>The text without what XML 1.0 cannot hold: control characters, lone surrogates, U+FFFE and U+FFFF.</summary>
    public static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i]);
            }
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
        }

        return clean.ToString();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<HttpFileRequestReport> requests, int errors)
    {
        xml.WriteAttributeString("tests", Number(requests.Count + errors));
        xml.WriteAttributeString("failures", Number(requests.Count(r => !r.Passed)));
        xml.WriteAttributeString("errors", Number(errors));
        xml.WriteAttributeString("time", Seconds(requests.Aggregate(TimeSpan.Zero, (sum, r) => sum + r.Duration)));
    }

    private static void WriteSuiteStart(XmlWriter xml, string path, DateTime time)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(Path.GetFileNameWithoutExtension(path)));
        xml.WriteAttributeString("file", Clean(path));
        xml.WriteAttributeString("timestamp", time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
    }

    private static void Write(XmlWriter xml, HttpFileReport report, HttpFileRequestReport request)
    {
        WriteCaseStart(xml, report.File.Path, request.Request.Name, request.Duration);
        if (!request.Passed)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("type", request.Differences[0].Subject.Split(' ')[0]);
            xml.WriteAttributeString("message", Clean($"different: {string.Join(", ", request.Differences.Select(d => d.Subject))}"));
            xml.WriteString(Clean(string.Join('\n', request.Differences.Select(d => d.ToString()))));
            xml.WriteEndElement();
            if (request.Response is { } response)
            {
                xml.WriteElementString("system-out", Clean(Received(response)));
            }
        }

        if (request is { Passed: true, IsSkipped: true })
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", Clean(string.Join('\n', request.NotJudged)));
            xml.WriteEndElement();
        }
        else if (request.NotJudged.Count > 0)
        {
            xml.WriteElementString("system-out", Clean(string.Join('\n', request.NotJudged)));
        }

        xml.WriteEndElement();
    }

    private static void WriteFault(XmlWriter xml, HttpFileException fault, DateTime time)
    {
        WriteSuiteStart(xml, fault.Path, time);
        WriteCounts(xml, [], errors: 1);
        WriteCaseStart(xml, fault.Path, "can be run", TimeSpan.Zero);
        xml.WriteStartElement("error");
        xml.WriteAttributeString("type", "bad input");
        xml.WriteAttributeString("message", Clean(fault.Message));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteCaseStart(XmlWriter xml, string path, string name, TimeSpan duration)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Clean(name));
        xml.WriteAttributeString("classname", Clean(Path.GetFileNameWithoutExtension(path)));
        xml.WriteAttributeString("time", Seconds(duration));
    }

    private static string Received(ReceivedResponse response)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {response.Status} {response.Reason}\n");
        foreach ((string name, string value) in response.Headers)
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
        }

        return response.Body.Length <= LongestBody && BodyText.IsText(response.Body.Span, response.ContentType)
            ? text.Append('\n').Append(BodyText.Decode(response.Body.Span)).ToString()
            : text.Append(CultureInfo.InvariantCulture, $"\n({response.Body.Length} bytes)").ToString();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
