using IsapiHost.Extensions.Uploads;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions;

/// <summary>The host's own responses to requests that do not reach their extension.</summary>
internal static class Refusals
{
    /// <summary>CONNECT: a tunnel is nothing that an extension could give, and the response would have no length and no body (RFC 9110, 9.3.6).</summary>
    public static void Connect(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    }

    /// <summary>There is no room for the request, or the host stops.</summary>
    public static void Unavailable(HttpContext context, bool isStopping)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (isStopping)
        {
            EndConnection(context);
        }
    }

    /// <summary>The body may not be had. What is left of it has not been read, so the connection is of no further use.</summary>
    public static void Body(ExtensionRequest request, int status)
    {
        var context = request.Context;
        if (request.Body.SpoolFault is { } fault)
        {
            request.Host.Log.NotSpooled(context.Request.Method, context.Request.Path, UploadSpool.Folder, fault);
        }

        context.Response.StatusCode = status;
        context.CloseConnection();
    }

    /// <summary>While the host stops: a client that keeps its connection would lose the request that it sends next.</summary>
    public static void EndConnection(HttpContext context)
    {
        if (!context.Response.HasStarted)
        {
            context.CloseConnection();
        }

        context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }
}
