using System.Globalization;
using System.Text;
using System.Xml;
using IsapiHost.Testing;
using IsapiHost.Testing.Files;

namespace IsapiHost.Cli.Testing;

/// <summary>
/// Results as the CI systems read them: only elements and attributes that junit-10.xsd of Jenkins' xunit plugin has. A suite per file, a
/// test case per request.
/// </summary>
internal static class JUnitReport
{
    /// <param name="output">Where to write, as UTF-8.</param>
    /// <param name="result">What came of the run.</param>
    /// <param name="time">When, UTC.</param>
    public static void Write(Stream output, RunResult result, DateTime time)
    {
        XmlWriterSettings settings = new() { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using var xml = XmlWriter.Create(output, settings);
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "isapihost test");
        WriteCounts(xml, [.. result.Files.SelectMany(file => file.Requests)], failures: Late(result), errors: result.Fault is null ? 0 : 1);
        foreach (var report in result.Files)
        {
            WriteSuiteStart(xml, report.File.Path, time);
            WriteCounts(xml, report.Requests);
            xml.WriteAttributeString("skipped", Number(report.Requests.Count(r => r.IsSkipped)));
            foreach (var request in report.Requests)
            {
                Write(xml, report, request);
            }

            xml.WriteEndElement();
        }

        WriteLate(xml, result, time);
        if (result.Fault is { } fault)
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

    private static int Late(RunResult result) => result is { LateViolationsFail: true, LateViolations.Count: > 0 } ? 1 : 0;

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<HttpFileRequestReport> requests, int failures = 0, int errors = 0)
    {
        xml.WriteAttributeString("tests", Number(requests.Count + failures + errors));
        xml.WriteAttributeString("failures", Number(failures + requests.Count(r => !r.Passed)));
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
                xml.WriteElementString("system-out", Clean(ExchangeText.Of(response)));
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

    // Only where they are a difference: a test case that is there at times only would be noise in the statistics of a CI system.
    private static void WriteLate(XmlWriter xml, RunResult result, DateTime time)
    {
        if (Late(result) == 0)
        {
            return;
        }

        WriteSuiteStart(xml, "shutdown", time);
        WriteCounts(xml, [], failures: 1);
        WriteCaseStart(xml, "shutdown", "no violations when the modules end", TimeSpan.Zero);
        xml.WriteStartElement("failure");
        xml.WriteAttributeString("type", "violations");
        xml.WriteAttributeString("message", Clean(result.LateViolations[0]));
        xml.WriteString(Clean(string.Join('\n', result.LateViolations)));
        xml.WriteEndElement();
        xml.WriteEndElement();
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

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
