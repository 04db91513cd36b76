using System.Globalization;
using IsapiHost.Mapping;
using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Win32.SafeHandles;

namespace IsapiHost.Extensions.Children;

/// <summary>A page of <see cref="IsapiOptions.ErrorPages"/>: a URL of this server, or a file.</summary>
internal sealed class ErrorPage
{
    private static readonly FileExtensionContentTypeProvider s_contentTypes = new();

    private readonly UrlDecoder _decoder;
    private readonly LocalUrl? _url;
    private readonly string _file = "";

    /// <exception cref="FormatException">It is neither.</exception>
    public ErrorPage(string page, UrlDecoder decoder)
    {
        _decoder = decoder;
        if (page.StartsWith('/'))
        {
            _url = LocalUrl.TryParse(page, decoder) ?? throw new FormatException($"The error page '{page}' is no URL of this server.");
        }
        else if (string.IsNullOrWhiteSpace(page))
        {
            throw new FormatException("An error page is empty. Name a file, or a URL of this server that begins with '/'.");
        }
        else
        {
            _file = page.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(page, UriKind.Absolute, out var uri)
                ? uri.LocalPath
                : Path.GetFullPath(page);
        }
    }

    /// <summary>
    /// The URL with the status and the URL that the client asked for as its query, which is how the pages of IIS learn of them:
    /// <c>/errors.asp?404;http://host:80/missing</c>. Null for a file.
    /// </summary>
    public LocalUrl? UrlFor(HttpContext context, int status)
    {
        if (_url is null || _url.Query.HasValue)
        {
            return _url;
        }

        var request = context.Request;
        var port = request.Host.Port ?? (request.IsHttps ? 443 : 80);
        var query = string.Create(CultureInfo.InvariantCulture, $"?{status};{request.Scheme}://{request.Host.Host}:{port}{RequestTarget.Of(context)}");
        return LocalUrl.TryParse(_url.Target + query, _decoder) ?? _url;
    }

    /// <summary>The file, or null when it cannot be read.</summary>
    public SafeFileHandle? OpenFile()
    {
        try
        {
            return File.OpenHandle(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public ResponseHead HeadFor(int status, string? reason, long length) => new()
    {
        StatusCode = status,
        ReasonPhrase = reason,
        Headers = [new ResponseHeader("Content-Type", s_contentTypes.TryGetContentType(_file, out var type) ? type : "text/html")],
        ContentLength = length,
    };
}
