using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IsapiHost.Cli.Tracing;
using IsapiHost.Tracing;

namespace IsapiHost.Cli.Tests.Tracing;

public sealed partial class TracePageTests
{
    private readonly RequestTrace _trace = SampleTrace.Create();

    [Fact]
    public void The_page_needs_nothing_else_and_runs_nothing()
    {
        string page = TracePage.Of(_trace);

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(src|href)=""[^#]|url\(|@import|javascript:|\son\w+=", page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_comes_from_the_trace_stands_there_as_text()
    {
        XElement body = Body(_trace);

        Assert.Equal($"503 GET /ext.dll?{SampleTrace.Markup}", body.Descendants("h1").Single().Value);
        Assert.Equal(
            [
                "status 503, 1,234 body bytes, end marked by Length", "Success", "20.000 ms",
                "2026-01-02 03:04:05.678 UTC", $"/modules/{SampleTrace.Markup}.dll",
            ],
            body.Descendants("dd").Select(fact => fact.Value));
        Assert.Equal(
            $"head-sent-twice{SampleTrace.Markup} Sentence.{SampleTrace.Markup}detail{SampleTrace.Markup}in SEND_URL({SampleTrace.Markup})",
            body.Descendants("li").Single().Value);
        Assert.Equal($"5 bytes \"{SampleTrace.Markup}\", ASYNC", Rows(body)[1].Elements().ElementAt(2).Value);
        Assert.Equal($"FALSE{SampleTrace.Markup} last error 87", Rows(body)[3].Elements().ElementAt(3).Value);
        Assert.Equal("had not returned", Rows(body)[4].Elements().ElementAt(3).Value);
        Assert.Contains("3 more calls are not shown.", body.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_stand_below_the_call_that_they_were_made_in() =>
        Assert.Equal(["d0", "d1", "d0", "d1", "d0"], Rows(Body(_trace)).Select(row => row.Element("th")!.Attribute("class")!.Value));

    [Fact]
    public void An_operation_and_its_completion_lead_to_each_other()
    {
        XElement[] links = [.. Body(_trace).Descendants("a")];

        Assert.Equal(["#call-3", "#call-2"], links.Select(link => link.Attribute("href")!.Value));
        Assert.Equal(["completed by #3 after 10.000 ms", "of #2"], links.Select(link => link.Value));
    }

    [Fact]
    public void Bars_have_the_place_and_length_of_their_time()
    {
        string[] bars = [.. Rows(Body(_trace)).SelectMany(row => row.Descendants("i")).Select(bar => $"{bar.Attribute("class")!.Value} {bar.Attribute("style")!.Value}")];

        Assert.Equal(
            [
                "bar left:0%;width:50%", "wait left:10%;width:50%", "bar left:10%;width:5%",
                "bar left:60%;width:25%", "bar left:65%;width:2.5%", "bar left:75%;width:25%",
            ],
            bars);
    }

    [Fact]
    public void A_trace_that_makes_no_sense_makes_a_page_all_the_same()
    {
        TracedCall[] calls =
        [
            new("a", "\u001b[31m\u202e", "", 0, -1, double.PositiveInfinity, double.NaN, inside: 0, completes: 7),
            new("b", "\ud800", "", 0, 0, -5, 1e300, inside: -1, completes: 0),
        ];
        XElement body = Body(_trace with { Calls = calls, Milliseconds = double.NaN, Status = -1 });

        Assert.Equal(2, Rows(body).Length);
        Assert.Equal("\uFFFD[31m\uFFFD", Rows(body)[0].Elements().ElementAt(2).Value);
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        string page = TracePage.Of(_trace);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NegativeSign) = (",", ".", "~");
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(page, TracePage.Of(_trace));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static XElement[] Rows(XElement body) => [.. body.Descendants("tbody").Single().Elements()];

    // The body is written so that an XML parser reads it as well, and one that is not well formed is refused.
    private static XElement Body(RequestTrace trace) => XElement.Parse(BodyElement().Match(TracePage.Of(trace)).Value, LoadOptions.PreserveWhitespace);

    [GeneratedRegex("<body>.*</body>", RegexOptions.Singleline)]
    private static partial Regex BodyElement();
}
