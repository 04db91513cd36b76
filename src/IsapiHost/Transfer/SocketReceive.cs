using System.Net.Sockets;

namespace IsapiHost.Transfer;

/// <summary>One receive on a socket at a time; the owner is told of the end of those that did not end at once.</summary>
internal sealed class SocketReceive : SocketAsyncEventArgs
{
    private readonly Socket _socket;
    private readonly Action _completed;

    public SocketReceive(Socket socket, Action completed)
        : base(true)
    {
        _socket = socket;
        _completed = completed;
    }

    /// <summary>Receives at least one byte, or none at the end; false when it is done already.</summary>
    public bool Start(Memory<byte> buffer)
    {
        SetBuffer(buffer);
        return _socket.ReceiveAsync(this);
    }

    protected override void OnCompleted(SocketAsyncEventArgs e) => _completed();
}
