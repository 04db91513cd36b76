using IsapiHost.Filters.Raw;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Gives Kestrel the socket transport of the ISAPI host.</summary>
public static class IsapiWebHostBuilderExtensions
{
    /// <summary>
    /// Lets Kestrel listen on IP endpoints by the ISAPI host's own sockets: an extension's memory and files go to the client without a copy, and
    /// the next request of a connection runs on an extension thread at once. It serves every request of the application, not only those
    /// of extensions. Without it extensions work in the same way, on Kestrel's own transport. Call it after <c>UseKestrel</c> and <c>UseSockets</c>:
    /// of several transports the last one listens.
    /// </summary>
    /// <remarks>
    /// Of <see cref="SocketTransportOptions"/> it keeps to <c>Backlog</c>, <c>NoDelay</c>, <c>MaxWriteBufferSize</c> and <c>CreateBoundListenSocket</c>.
    /// The others have nothing to act on: it receives when the server reads and not before, into memory that it takes when there is something,
    /// and has no queues of its own for input and output.
    /// </remarks>
    /// <param name="builder">From <c>WebApplicationBuilder.WebHost</c>.</param>
    /// <param name="configure">Sets the options of sockets.</param>
    public static IWebHostBuilder UseIsapiTransport(this IWebHostBuilder builder, Action<SocketTransportOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services =>
        {
            if (configure is not null)
            {
                services.Configure(configure);
            }

            if (!services.Any(service => service.ImplementationType == typeof(IsapiTransportFactory)))
            {
                services.Insert(Position(services), ServiceDescriptor.Singleton<IConnectionListenerFactory, IsapiTransportFactory>());
            }
        });
    }

    // In front of the raw filters, which stand between whatever transport there is and Kestrel, so that none of them is passed by.
    private static int Position(IServiceCollection services)
    {
        var raw = services.FirstOrDefault(service => service.ImplementationType == typeof(RawListenerFactory));
        return raw is null ? services.Count : services.IndexOf(raw);
    }
}
