using System.Net;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Benchmarks;

/// <summary>A browser's GET as the host sees it, without a server.</summary>
internal static class SampleRequest
{
    public const string Path = "/app/ext.dll/catalogue/item";

    public static DefaultHttpContext CreateContext()
    {
        DefaultHttpContext context = new();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = Path + "?id=42&lang=en";
        context.Request.Method = "GET";
        context.Request.Scheme = "http";
        context.Request.Protocol = "HTTP/1.1";
        context.Request.Path = Path;
        context.Request.QueryString = new QueryString("?id=42&lang=en");
        context.Request.ContentLength = 0;
        context.Request.Headers.Host = "www.example.com:8080";
        context.Request.Headers.UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
        context.Request.Headers.Accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        context.Request.Headers.AcceptEncoding = "gzip, deflate, br";
        context.Request.Headers.AcceptLanguage = "en-GB,en;q=0.5";
        context.Request.Headers.Cookie = "session=0f8c1b6e2d7a4f53; theme=dark";
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Connection.RemotePort = 50123;
        context.Connection.LocalIpAddress = IPAddress.Loopback;
        context.Connection.LocalPort = 8080;
        return context;
    }

    public static IsapiOptions CreateOptions() => new() { Root = System.IO.Path.GetTempPath() };

    public static HandlerMatch Match()
    {
        HandlerMapping.Parse("/app/*", "ext.dll").TryMatch(Path, out var match);
        return match;
    }

    public static RequestView CreateView(HttpContext context)
    {
        RequestView view = new();
        view.Initialize(context, new SiteSettings(CreateOptions()));
        view.SetMapping(Path, Match());
        return view;
    }
}
