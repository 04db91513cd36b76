using System.Net;
using IsapiHost.Requests;

namespace IsapiHost.Variables;

/// <summary>Both ends of the connection, and the name by which the client called this one.</summary>
internal static class ConnectionVariables
{
    public static Dictionary<string, VariableSource> All { get; } = new()
    {
        ["REMOTE_ADDR"] = WriteRemoteAddress,
        ["REMOTE_HOST"] = WriteRemoteAddress,
        ["REMOTE_PORT"] = static (view, ref writer) => writer.AppendNumber(view.Context.Connection.RemotePort),
        ["LOCAL_ADDR"] = WriteLocalAddress,
        ["SERVER_ADDR"] = WriteLocalAddress,
        ["SERVER_NAME"] = WriteServerName,
        ["SERVER_PORT"] = WriteServerPort,
        ["SERVER_PORT_SECURE"] = static (view, ref writer) => writer.AppendAscii(view.Context.Request.IsHttps ? "1"u8 : "0"u8),
    };

    public static void WriteServerName(RequestView view, ref VariableWriter writer)
    {
        var name = HostHeader.Parse(view.Context.Request.Host.Value).Name;

        if (name.IsEmpty)
        {
            WriteLocalAddress(view, ref writer);
        }
        else
        {
            writer.AppendHeader(name);
        }
    }

    // The port that links must name, not the one that this process listens on: a container or a load balancer may lie between.
    public static void WriteServerPort(RequestView view, ref VariableWriter writer)
    {
        var host = HostHeader.Parse(view.Context.Request.Host.Value);
        var port = host.Port
            ?? (host.Name.IsEmpty ? view.Context.Connection.LocalPort : view.Context.Request.IsHttps ? 443 : 80);
        writer.AppendNumber(port);
    }

    private static void WriteRemoteAddress(RequestView view, ref VariableWriter writer) =>
        WriteAddress(view.Context.Connection.RemoteIpAddress, ref writer);

    private static void WriteLocalAddress(RequestView view, ref VariableWriter writer) =>
        WriteAddress(view.Context.Connection.LocalIpAddress, ref writer);

    private static void WriteAddress(IPAddress? address, ref VariableWriter writer)
    {
        // A Unix socket or a named pipe has no address; who is at its other end is on this machine.
        if (address is null)
        {
            writer.AppendAscii("127.0.0.1"u8);
            return;
        }

        Span<char> buffer = stackalloc char[65]; // the longest IPv6 address with a scope
        address.TryFormat(buffer, out var length);
        ReadOnlySpan<char> text = buffer[..length];

        // Old code knows neither a scope (fe80::1%3) nor the IPv6 form of an IPv4 address (::ffff:192.0.2.7).
        var scope = text.IndexOf('%');
        text = scope < 0 ? text : text[..scope];
        writer.Append(address.IsIPv4MappedToIPv6 ? text[(text.LastIndexOf(':') + 1)..] : text);
    }
}
