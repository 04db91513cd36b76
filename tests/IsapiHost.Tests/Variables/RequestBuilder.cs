using System.Net;
using System.Text;
using IsapiHost.Mapping;
using IsapiHost.Requests;
using IsapiHost.Variables;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Tests.Variables;

/// <summary>A request as the host presents it to the variables, without a server.</summary>
internal sealed class RequestBuilder
{
    private readonly RequestView _view = new();

    public RequestBuilder()
    {
        Options = new IsapiOptions { Root = Path.GetFullPath("www"), Site = { ServerSoftware = "IsapiHost/0.1" } };
        Context.Request.Method = "GET";
        Context.Request.Protocol = "HTTP/1.1";
        Context.Request.Scheme = "http";
        Context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
        Context.Connection.RemotePort = 50123;
        Context.Connection.LocalIpAddress = IPAddress.Parse("10.0.0.5");
        Context.Connection.LocalPort = 8080;
        Target("/ext.dll");
    }

    public DefaultHttpContext Context { get; } = new();

    public IsapiOptions Options { get; }

    public string Pattern { get; set; } = "/ext.dll";

    public static string Root { get; } = Path.GetFullPath("www");

    public RequestBuilder Target(string rawTarget, string? decodedPath = null)
    {
        var query = rawTarget.IndexOf('?', StringComparison.Ordinal);
        Context.Features.Get<IHttpRequestFeature>()!.RawTarget = rawTarget;
        Context.Request.Path = decodedPath ?? (query < 0 ? rawTarget : rawTarget[..query]);
        Context.Request.QueryString = new QueryString(query < 0 ? "" : rawTarget[query..]);
        return this;
    }

    public RequestBuilder Header(string name, params string[] values)
    {
        Context.Request.Headers[name] = values;
        return this;
    }

    public RequestView View()
    {
        _view.Initialize(Context, new SiteSettings(Options));
        var path = RequestPath.Of(Context, _view.Site.UrlDecoder);
        Assert.True(HandlerMapping.Parse(Pattern, "ext.dll").TryMatch(path, out var match));
        _view.SetMapping(path, match);
        return _view;
    }

    /// <summary>The value, or null when there is no such variable.</summary>
    public string? this[string name] => Read(View(), name);

    public static string? Read(RequestView view, string name)
    {
        var encodedName = Encoding.Latin1.GetBytes(name);
        var result = ServerVariables.Get(view, encodedName, default, out var size);

        if (result == VariableResult.Unknown)
        {
            return null;
        }

        Assert.Equal(VariableResult.TooSmall, result);
        var buffer = new byte[size];
        Assert.Equal(VariableResult.Found, ServerVariables.Get(view, encodedName, buffer, out var written));
        Assert.Equal(size, written);

        var unicode = name.StartsWith("UNICODE_", StringComparison.OrdinalIgnoreCase);
        var terminator = unicode ? 2 : 1;
        Assert.All(buffer[^terminator..], value => Assert.Equal(0, value));
        return (unicode ? Encoding.Unicode : Encoding.UTF8).GetString(buffer, 0, size - terminator);
    }
}
