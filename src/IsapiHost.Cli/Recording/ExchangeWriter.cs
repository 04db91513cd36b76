using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.HttpFiles;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Cli.Recording;

/// <summary>Writes an exchange as a <c>.http</c> file and its <c>.expected</c> file. Safe for several threads.</summary>
internal sealed class ExchangeWriter(RecordedFiles files, Uri target, bool keepCredentials)
{
    private readonly string _targetOrigin = target.GetLeftPart(UriPartial.Authority);

    /// <param name="exchange">What went through.</param>
    /// <param name="baseAddress">The address that the client used; it stands in headers such as Referer.</param>
    /// <returns>The name of the <c>.http</c> file.</returns>
    public string Write(Exchange exchange, string baseAddress)
    {
        string path = files.Next(exchange.Method, exchange.Target);
        string name = $"{exchange.Method} {exchange.Target.Split('?')[0]}";
        HttpFileRequest request = new()
        {
            Name = name,
            Method = exchange.Method,
            Url = "{{host}}" + Fields(HttpFileWriter.Literal(exchange.Target)),
            Headers = [.. exchange.Headers.Select(h => new HttpFileHeader(h.Key, RequestHeader(h.Key, h.Value, baseAddress)))],
            Body = Body(exchange, path),
        };

        // A body in a file of its own may need the variable too; one too many does no harm.
        bool hasFilledFile = request.Body is [{ File: not null, FillsVariables: true }];
        IReadOnlyList<HttpFileVariable> variables = hasFilledFile ? [HttpFileWriter.OpenBraces] : HttpFileWriter.VariablesFor([request]);
        File.WriteAllText(path, HttpFileWriter.Write(new HttpFile(path, variables, [request])));
        WriteExpected(exchange, path, name);
        return Path.GetFileName(path);
    }

    private string RequestHeader(string name, string value, string baseAddress)
    {
        string literal = HttpFileWriter.Literal(value).Replace(baseAddress, "{{host}}", StringComparison.OrdinalIgnoreCase);
        return keepCredentials ? literal : CredentialMask.RequestHeader(name, literal);
    }

    private List<HttpFileBodyPart> Body(Exchange exchange, string path)
    {
        if (exchange.Body.Length == 0)
        {
            return [];
        }

        string? contentType = exchange.Headers.FirstOrDefault(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
        string? text = BodyText.IsUtf8(exchange.Body) ? BodyText.Decode(exchange.Body) : null;
        if (HttpFileWriter.FitsInline(text, contentType))
        {
            return [new HttpFileBodyPart(Fields(text!).Replace("\r\n", "\n", StringComparison.Ordinal), null, FillsVariables: true)];
        }

        // Only where something was masked are variables filled in: everything else goes out byte by byte.
        string literal = text is null ? "" : HttpFileWriter.Literal(text);
        string masked = Fields(literal);
        string file = Path.ChangeExtension(Path.GetFileName(path), ".request.body");
        File.WriteAllBytes(Path.Combine(files.Folder, file), masked != literal ? BodyText.EncodeUtf8(masked) : exchange.Body);
        return [new HttpFileBodyPart(null, file, FillsVariables: masked != literal)];
    }

    private string Fields(string text) => keepCredentials ? text : CredentialMask.Fields(text);

    private void WriteExpected(Exchange exchange, string path, string name)
    {
        string bodyFile = Path.ChangeExtension(Path.GetFileName(path), ".body");
        var response = ExpectedResponses.From(name, exchange.Response, old: null, IgnoredHeaders.Default, _targetOrigin, bodyFile);
        ExchangeSecrets? secrets = keepCredentials ? null : ExchangeSecrets.Of(exchange);
        bool isText = response.Body.Kind == ExpectedBodyKind.Text;
        if (!exchange.HasWholeBody || (!isText && secrets?.AreIn(exchange.Response.Body.Span) is true))
        {
            response = response with { Body = new ExpectedBody { Kind = ExpectedBodyKind.Any } };
        }
        else if (response.Body.Kind == ExpectedBodyKind.File)
        {
            File.WriteAllBytes(Path.Combine(files.Folder, bodyFile), exchange.Response.Body.Span);
        }

        if (secrets is not null)
        {
            response = response with
            {
                Headers = [.. response.Headers.Select(h =>
                h with { Value = secrets.Mask(CredentialMask.ResponseHeader(h.Name, h.Value), _targetOrigin) })],
                Body = response.Body with { Lines = [.. response.Body.Lines.Select(line => secrets.Mask(line, _targetOrigin))] },
            };
        }

        File.WriteAllText(Path.ChangeExtension(path, ".expected"), ExpectedFileWriter.Write([], [response]));
    }
}
