using System.Net.Mime;
using System.Text;
using IsapiHost.Cli.Output;
using IsapiHost.Mapping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Cli.Hosting;

/// <summary>The answer to a URL that no extension takes: 404 and the addresses that are served, for whoever tries for the first time.</summary>
internal static partial class NotFoundPage
{
    /// <summary>Ends the pipeline.</summary>
    public static void RunNotFoundPage(this IApplicationBuilder app, IReadOnlyList<HandlerMapping> handlers)
    {
        byte[] page = Encoding.UTF8.GetBytes(Text(handlers));
        ILogger requests = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(LoggingSetup.RequestCategory);
        app.Run(context =>
        {
            LogNotFound(requests, context.Request.Method, context.Features.Get<IHttpRequestFeature>()?.RawTarget);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = $"{MediaTypeNames.Text.Plain}; charset=utf-8";
            context.Response.ContentLength = page.Length;
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(page).AsTask();
        });
    }

    internal static string Text(IReadOnlyList<HandlerMapping> handlers)
    {
        StringBuilder text = new("No ISAPI extension answers this URL. This host serves:\n");
        foreach (HandlerMapping handler in handlers)
        {
            text.Append("  ").Append(ServedAddresses.Describe(handler)).Append('\n');
        }

        return text.ToString();
    }

    [LoggerMessage(101, LogLevel.Information, "{Method} {Url} 404 no extension answers this URL")]
    private static partial void LogNotFound(ILogger requests, string method, string? url);
}
