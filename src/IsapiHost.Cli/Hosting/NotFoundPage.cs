using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Cli.Hosting;

/// <summary>
/// The answer to a URL that no extension takes: 404 and the addresses that are served, for whoever tries for the first time.
/// </summary>
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
        // A wildcard takes every URL: who comes here in spite of it was passed on by its extension.
        StringBuilder text = new("No ISAPI extension answers this URL.");
        HandlerMapping[] others = [.. handlers.Where(handler => handler.Kind != HandlerMappingKind.Wildcard)];
        if (others.Length < handlers.Count)
        {
            text.Append(" The extension that is mapped to every URL has passed it on, and there is nothing behind it.");
        }

        text.Append(others.Length > 0 ? " This host serves:\n" : "\n");
        foreach (HandlerMapping handler in others)
        {
            text.Append("  ").Append(ServedAddresses.Describe(handler)).Append('\n');
        }

        return text.ToString();
    }
}
