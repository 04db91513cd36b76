using System.Buffers.Binary;
using System.Net.Sockets;

namespace IsapiHost.Transport;

/// <summary>What the kernel of Linux knows of a connection (tcp(7), TCP_INFO).</summary>
internal static class TcpInfo
{
    private const int Level = 6; // IPPROTO_TCP
    private const int Option = 11; // TCP_INFO
    private const int BytesAcknowledged = 120; // offset of tcpi_bytes_acked, there since Linux 4.1

    /// <summary>Bytes that the client's side has acknowledged; null where the system does not count them.</summary>
    public static long? GetAcknowledged(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> info = stackalloc byte[BytesAcknowledged + sizeof(long)];
        try
        {
            return socket.GetRawSocketOption(Level, Option, info) == info.Length
                ? BinaryPrimitives.ReadInt64LittleEndian(info[BytesAcknowledged..])
                : null;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
