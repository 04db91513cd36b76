using System.Net.Http.Headers;
using System.Text;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;
using IsapiHost.Testing.Variables;

namespace IsapiHost.Testing.Sending;

/// <summary>Makes of a request in a file the one that is sent.</summary>
/// <param name="file">The file.</param>
/// <param name="variables">Fills in its variables.</param>
/// <param name="target">The server under test.</param>
/// <param name="origins">Further addresses that the file may write out: requests to them go to the server under test as well.</param>
internal sealed class HttpRequestBuilder(HttpFile file, HttpFileVariables variables, Uri target, IReadOnlyCollection<Uri> origins)
{
    private static readonly HashSet<string> _ofConnection = new(StringComparer.OrdinalIgnoreCase) { "Content-Length", "Transfer-Encoding", "Connection" };

    /// <exception cref="HttpFileException">A variable or a file is missing, or the URL leads elsewhere.</exception>
    public HttpRequestMessage Build(HttpFileRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), Address(request));
        HttpFileHeader[] headers = [.. request.Headers.Select(h => h with { Value = Value(h) })];
        string? contentType = headers.LastOrDefault(h => h.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))?.Value;
        if (request.Body.Count > 0)
        {
            message.Content = new ByteArrayContent(Body(request.Body, contentType));
        }

        foreach (HttpFileHeader header in headers)
        {
            Add(message, header);
        }

        return message;
    }

    private string Value(HttpFileHeader header)
    {
        var value = variables.Fill(header.Value, header.Line);
        return header.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? BasicCredentials.Encode(value) : value;
    }

    private Uri Address(HttpFileRequest request)
    {
        var url = Escape(variables.Fill(request.Url, request.Line).Trim());
        var origin = target.GetLeftPart(UriPartial.Authority);
        var address = Parse(url.StartsWith('/') ? origin + url : url);
        if (address is null || address.Scheme is not ("http" or "https"))
        {
            throw new HttpFileException(file.Path, request.Line, $"'{url}' is not a URL", "Write {{host}}/path or an absolute http URL.");
        }

        if (IsSameOrigin(address, target))
        {
            return address;
        }

        return origins.Any(known => IsSameOrigin(address, known))
            ? Parse(origin + address.PathAndQuery)!
            : throw new HttpFileException(file.Path, request.Line, $"the URL leads to {address.GetLeftPart(UriPartial.Authority)}, but {origin} is tested",
                $"Write {{{{host}}}} in its place, or add --origin {address.GetLeftPart(UriPartial.Authority)} to send such requests to the tested server.");
    }

    // The path goes out as it is written: whether the server folds /a/../b is often what is tested.
    private static Uri? Parse(string url) =>
        Uri.TryCreate(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var address) ? address : null;

    private static bool IsSameOrigin(Uri one, Uri other) => one.Scheme == other.Scheme && one.Authority.Equals(other.Authority, StringComparison.OrdinalIgnoreCase);

    private void Add(HttpRequestMessage message, HttpFileHeader header)
    {
        if (header.Name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) && header.Value.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            message.Headers.TransferEncodingChunked = true;
        }
        else if (header.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase) && header.Value.Contains("close", StringComparison.OrdinalIgnoreCase))
        {
            message.Headers.ConnectionClose = true;
        }

        if (_ofConnection.Contains(header.Name) || message.Headers.TryAddWithoutValidation(header.Name, header.Value))
        {
            return;
        }

        // Those of the content; one without a body is sent all the same.
        message.Content ??= new ByteArrayContent([]);
        HttpContentHeaders content = message.Content.Headers;
        if (!content.TryAddWithoutValidation(header.Name, header.Value))
        {
            throw new HttpFileException(file.Path, header.Line, $"the header {header.Name} cannot be sent", "Change its name or value.");
        }
    }

    private byte[] Body(IReadOnlyList<HttpFileBodyPart> parts, string? contentType)
    {
        bool isMultipart = contentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;
        bool isForm = contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        byte[] lineBreak = isMultipart ? "\r\n"u8.ToArray() : "\n"u8.ToArray();
        using MemoryStream body = new();
        for (int i = 0; i < parts.Count; i++)
        {
            body.Write(i == 0 ? [] : lineBreak);
            body.Write(Content(parts[i], isMultipart, isForm));
        }

        return body.ToArray();
    }

    private byte[] Content(HttpFileBodyPart part, bool isMultipart, bool isForm)
    {
        if (part.Text is { } text)
        {
            // Multipart divides by CRLF (RFC 2046, 5.1.1); editors let the fields of a form stand in lines of their own.
            string lines = isMultipart ? text.Replace("\n", "\r\n", StringComparison.Ordinal)
                : isForm ? text.Replace("\n&", "&", StringComparison.Ordinal)
                : text;
            return Encoding.UTF8.GetBytes(variables.Fill(lines, part.Line));
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(file.Path))!;
        byte[] bytes = FileText.ReadBytes(file.Path, part.Line, Path.Combine(folder, part.File!), "Correct the path, which counts from the .http file's folder.");
        return part.FillsVariables ? Encoding.UTF8.GetBytes(variables.Fill(Encoding.UTF8.GetString(bytes), part.Line)) : bytes;
    }

    // What cannot stand in a request line at all; percent signs stay as they are.
    private static string Escape(string url)
    {
        StringBuilder escaped = new(url.Length);
        foreach (byte octet in Encoding.UTF8.GetBytes(url))
        {
            _ = octet is <= 0x20 or >= 0x7f ? escaped.Append('%').Append(octet.ToString("X2", null)) : escaped.Append((char)octet);
        }

        return escaped.ToString();
    }
}
