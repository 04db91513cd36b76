using System.Xml;
using System.Xml.XPath;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Variables;

/// <summary>
/// The requests of a file that were sent so far, for variables such as <c>{{login.response.headers.X-Token}}</c>,
/// <c>{{login.response.body.$.token}}</c> (JSON), <c>{{login.response.body.//token}}</c> (XPath) and <c>{{login.response.body.*}}</c>.
/// </summary>
internal sealed class SentRequests
{
    private readonly Dictionary<string, (SentRequest Request, ReceivedResponse Response)> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _captured = new(StringComparer.Ordinal);

    public void Add(string name, SentRequest request, ReceivedResponse response) => _byName[name] = (request, response);

    /// <summary>Sets a variable that a <c># capture</c> line names.</summary>
    public void Capture(string variable, string value) => _captured[variable] = value;

    /// <summary>The value of a captured variable; null if none was captured.</summary>
    public string? Captured(string variable) => _captured.GetValueOrDefault(variable);

    /// <summary>Whether the words between the braces are such a reference.</summary>
    public static bool IsReference(string reference) =>
        reference.Contains(".response.", StringComparison.Ordinal) || reference.Contains(".request.", StringComparison.Ordinal);

    /// <exception cref="FormatException">There is no such value; the message says what and what to do.</exception>
    public string Value(string reference)
    {
        var isResponse = reference.Contains(".response.", StringComparison.Ordinal);
        var (name, rest) = reference.Split(isResponse ? ".response." : ".request.", 2) is [var first, var second] ? (first, second) : ("", "");
        if (!_byName.TryGetValue(name, out var sent))
        {
            throw new FormatException($"no request named '{name}' was sent before this one, or it had no response. "
                + "Put that request first in this file, and let --name include it.");
        }

        var value = rest.Split('.', 2) switch
        {
            ["headers", var header] => Header(isResponse ? sent.Response.Headers : sent.Request.Headers, header),
            ["body", var path] => Body(isResponse ? sent.Response.Body : sent.Request.Body, path),
            ["body"] => Body(isResponse ? sent.Response.Body : sent.Request.Body, "*"),
            _ => throw new FormatException($"'{reference}' is not understood. Write NAME.response.headers.HEADER or NAME.response.body.PATH; "
                + "PATH is * for all, $.a.b in JSON, /a/b in XML."),
        };
        return value ?? throw new FormatException($"the {(isResponse ? "response to" : "request")} '{name}' has no {rest}. Correct the reference, or the request.");
    }

    private static string? Header(IReadOnlyList<KeyValuePair<string, string>> headers, string name) =>
        headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    private static string? Body(ReadOnlyMemory<byte> body, string path)
    {
        var text = BodyText.Decode(body.Span);
        return path switch
        {
            "*" => text,
            ['$', ..] => JsonPath.Find(text, path),
            ['/', ..] => XmlValue(text, path),
            _ => throw new FormatException($"'{path}' is not understood. Write * for the whole body, $.a.b in JSON, /a/b in XML."),
        };
    }

    // No DTD, no external entities: the text comes from a server.
    private static string? XmlValue(string text, string path)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return new XPathDocument(reader).CreateNavigator().Evaluate(path) switch
            {
                XPathNodeIterator nodes => nodes.MoveNext() ? nodes.Current!.Value : null,
                var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
            };
        }
        catch (XmlException e)
        {
            throw new FormatException("the body is not XML.", e);
        }
        catch (XPathException e)
        {
            throw new FormatException($"'{path}' is not an XPath expression ({e.Message.TrimEnd('.')}).", e);
        }
    }
}
