using System.Text;
using System.Xml.Linq;
using IsapiHost.Cli.Testing;
using IsapiHost.Testing;
using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Cli.Tests.Testing;

public sealed class JUnitReportTests
{
    /// <summary>
    /// Elements and their attributes, and the elements below them, as junit-10.xsd of Jenkins' xunit plugin has them; required ones with
    /// a !.
    /// </summary>
    private static readonly Dictionary<string, (string[] Attributes, string[] Children)> _schema = new()
    {
        ["testsuites"] = (["name", "time", "tests", "failures", "errors"], ["testsuite"]),
        ["testsuite"] = (
            ["name!", "tests!", "failures!", "errors!", "group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
            ["testsuite", "properties", "testcase", "system-out", "system-err"]),
        ["testcase"] = (
            ["name!", "time", "classname", "group"],
            ["skipped", "error", "failure", "rerunFailure", "rerunError", "flakyFailure", "flakyError", "system-out", "system-err"]),
        ["failure"] = (["type", "message"], []),
        ["error"] = (["type", "message"], []),
        ["skipped"] = (["type", "message"], []),
        ["system-out"] = ([], []),
        ["system-err"] = ([], []),
    };

    [Fact]
    public void Only_what_the_schema_knows_is_written_and_all_that_it_requires()
    {
        XElement root = Write(fault: new HttpFileException("b.http", 3, "it is broken", "Mend it."));

        Assert.Equal("testsuites", root.Name.LocalName);
        foreach (XElement element in root.DescendantsAndSelf())
        {
            (string[] attributes, string[] children) = _schema[element.Name.LocalName];
            string[] given = [.. element.Attributes().Select(a => a.Name.LocalName)];
            Assert.Empty(given.Except(attributes.Select(a => a.TrimEnd('!'))));
            Assert.Empty(attributes.Where(a => a.EndsWith('!')).Select(a => a.TrimEnd('!')).Except(given));
            Assert.Empty(element.Elements().Select(e => e.Name.LocalName).Except(children));
            Assert.Matches(@"^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$", element.Attribute("time")?.Value ?? "");
        }
    }

    [Fact]
    public void There_is_a_case_for_each_request_with_its_differences_and_the_response()
    {
        XElement root = Write(fault: null);

        Assert.Equal("3", root.Attribute("tests")!.Value);
        Assert.Equal("1", root.Attribute("failures")!.Value);
        XElement[] cases = [.. root.Descendants("testcase")];
        Assert.Equal(["good", "bad ü", "unknown"], cases.Select(c => c.Attribute("name")!.Value));
        Assert.All(cases, c => Assert.Equal("a", c.Attribute("classname")!.Value));
        XElement failure = Assert.Single(root.Descendants("failure"));
        Assert.Equal(("body", "different: body"), (failure.Attribute("type")!.Value, failure.Attribute("message")!.Value));
        Assert.Contains("a.expected:7", failure.Value, StringComparison.Ordinal);
        Assert.Equal("no violations: not judged", Assert.Single(root.Descendants("skipped")).Attribute("message")!.Value);
        Assert.Contains("HTTP/1.1 200 OK", Assert.Single(root.Descendants("system-out")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_broke_the_run_off_is_an_error()
    {
        XElement root = Write(fault: new HttpFileException("b.http", 3, "it is broken", "Mend it."));

        Assert.Equal("1", root.Attribute("errors")!.Value);
        Assert.Equal("b.http:3: it is broken. Mend it.", Assert.Single(root.Descendants("error")).Attribute("message")!.Value);
    }

    [Fact]
    public void Characters_that_XML_cannot_hold_are_left_out()
    {
        Assert.Equal("ab[31m\tc\n", JUnitReport.Clean("a\0b\u001b[31m\tc\n"));
        Assert.Equal("\ud83d\ude00   ", JUnitReport.Clean("\ud83d\ude00 \ud83d \ude00 \uffff"));
    }

    [Fact]
    public void Violations_that_show_at_the_end_are_a_test_case_of_their_own()
    {
        XElement root = Write(fault: null, late: ["session-never-finished: a", "call-after-termination: b"]);

        XElement suite = root.Elements("testsuite").Single(s => s.Attribute("name")!.Value == "shutdown");
        Assert.Equal("session-never-finished: a\ncall-after-termination: b", suite.Element("testcase")!.Element("failure")!.Value);
        Assert.Equal(("4", "2"), (root.Attribute("tests")!.Value, root.Attribute("failures")!.Value));
    }

    private static XElement Write(HttpFileException? fault, string[]? late = null)
    {
        HttpFile file = HttpFile.Parse("### good\nGET /\n### bad ü\nGET /\n### unknown\nGET /\n", "tests/a.http");
        ReceivedResponse response = new(200, "OK", [new("X-A", "\u0001")], Encoding.UTF8.GetBytes("text\f"));
        HttpFileReport report = new(file,
        [
            new() { Request = file.Requests[0], Response = response, Duration = TimeSpan.FromMilliseconds(1234567) },
            new()
            {
                Request = file.Requests[1], Response = response, Differences = [new ResponseDifference("body", "\u0002 differs", "tests/a.expected", 7)],
            },
            new() { Request = file.Requests[2], Response = response, IsSkipped = true, NotJudged = ["no violations: not judged"] },
        ]);
        using MemoryStream stream = new();
        JUnitReport.Write(stream, new RunResult([report], fault, late ?? [], LateViolationsFail: true), new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc));
        return XDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).Root!;
    }
}
