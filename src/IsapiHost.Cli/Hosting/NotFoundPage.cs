using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Cli.Hosting;

/// <summary>The answer to a URL that no extension takes: 404 and the addresses that are served, for whoever tries for the first time.</summary>
internal static class NotFoundPage
{
    /// <summary>Ends the pipeline.</summary>
    public static void RunNotFoundPage(this IApplicationBuilder app, IReadOnlyList<HandlerMapping> handlers)
    {
        byte[] page = Encoding.UTF8.GetBytes(Text(handlers));
        app.Run(context =>
        {
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
}
