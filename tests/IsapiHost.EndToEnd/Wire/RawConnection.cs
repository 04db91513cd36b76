using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace IsapiHost.EndToEnd.Wire;

/// <summary>A client that decides about each byte itself: for exact heads and for bad manners.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[65536];
    private int _start;
    private int _end;

    private RawConnection(Socket socket) => _socket = socket;

    public static async Task<RawConnection> Open(Uri address, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size)
        {
            socket.ReceiveBufferSize = size;
        }

        await socket.ConnectAsync(address.Host, address.Port);
        return new RawConnection(socket);
    }

    /// <summary>Sends text, one byte for each character.</summary>
    public Task Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    public async Task Send(ReadOnlyMemory<byte> bytes)
    {
        using var limit = new CancellationTokenSource(_limit);
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, limit.Token)..];
        }
    }

    /// <summary>Sends a request without a body; lines are added to its head.</summary>
    public Task Request(string path, string method = "GET", string protocol = "HTTP/1.1", params string[] lines) =>
        Send($"{method} {path} {protocol}\r\nHost: test.example\r\n{string.Concat(lines.Select(line => line + "\r\n"))}\r\n");

    /// <summary>Reads one response; what follows it stays for the next call.</summary>
    public async Task<RawResponse> Read(string method = "GET")
    {
        var head = await ReadHead();
        var response = new RawResponse(head, [], Framing.None);
        if (method == "HEAD" || response.Status is 204 or 304 or (>= 100 and < 200))
        {
            return response;
        }

        if (response.Values("Transfer-Encoding").Contains("chunked", StringComparer.OrdinalIgnoreCase))
        {
            return response with { Body = await ReadChunks(), Framing = Framing.Chunked };
        }

        return response.Value("Content-Length") is { } length
            ? response with { Body = await ReadExactly(int.Parse(length, CultureInfo.InvariantCulture)), Framing = Framing.ContentLength }
            : response with { Body = await ReadToEnd(), Framing = Framing.Close };
    }

    /// <summary>Reads a head up to and without its empty line.</summary>
    public async Task<string> ReadHead()
    {
        var head = new StringBuilder();
        while (await ReadLine() is { Length: > 0 } line)
        {
            head.Append(line).Append("\r\n");
        }

        return head.ToString().TrimEnd();
    }

    /// <summary>Reads until the server closes the connection, cleanly or not.</summary>
    public async Task<byte[]> ReadToEnd()
    {
        using var all = new MemoryStream();
        do
        {
            all.Write(_buffer, _start, _end - _start);
            _start = _end;
        }
        while (await Fill());
        return all.ToArray();
    }

    /// <summary>Whether the server closes the connection without another byte.</summary>
    public async Task<bool> IsClosed() => (await ReadToEnd()).Length == 0;

    /// <summary>Reads this many bytes, or fewer when the connection ends before.</summary>
    public async Task<byte[]> ReadExactly(int count)
    {
        var bytes = new byte[count];
        var got = 0;
        while (got < count && (_start < _end || await Fill()))
        {
            var taken = Math.Min(count - got, _end - _start);
            _buffer.AsSpan(_start, taken).CopyTo(bytes.AsSpan(got));
            _start += taken;
            got += taken;
        }

        return bytes[..got];
    }

    /// <summary>Says that nothing more will be sent, but goes on reading.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection with a reset, as the system does for a killed client with unread data.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<byte[]> ReadChunks()
    {
        using var body = new MemoryStream();
        while (true)
        {
            var line = await ReadLine() ?? throw new EndOfStreamException("the connection ended inside a chunked body");
            var size = int.Parse(line.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                // Trailer fields, up to the empty line.
                while (await ReadLine() is { Length: > 0 })
                {
                }

                return body.ToArray();
            }

            body.Write(await ReadExactly(size));
            var end = await ReadLine();
            if (end is not "")
            {
                throw new InvalidDataException($"a chunk ends with '{end}'");
            }
        }
    }

    /// <summary>A line without its CR LF; null at the end of the connection.</summary>
    private async Task<string?> ReadLine()
    {
        var line = new StringBuilder();
        while (_start < _end || await Fill())
        {
            var next = (char)_buffer[_start++];
            if (next == '\n')
            {
                return line.Length > 0 && line[^1] == '\r'
                    ? line.ToString(0, line.Length - 1)
                    : throw new InvalidDataException($"a line without CR: {line}");
            }

            line.Append(next);
        }

        return line.Length > 0 ? throw new EndOfStreamException($"the connection ended inside a line: {line}") : null;
    }

    private async Task<bool> Fill()
    {
        using var limit = new CancellationTokenSource(_limit);
        _start = 0;
        _end = 0;
        try
        {
            _end = await _socket.ReceiveAsync(_buffer.AsMemory(), limit.Token);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset)
        {
        }

        return _end > 0;
    }
}
