using System.Net.Sockets;
using IsapiHost.Threading;

namespace IsapiHost.Transport.Polling;

/// <summary>Receives as .NET's sockets do, on their threads; closing the socket ends what is under way.</summary>
internal sealed class SocketReceive : SocketAsyncEventArgs, IReceive
{
    private readonly Socket _socket;
    private readonly Action _completed;

    public SocketReceive(Socket socket, Action completed)
        : base(true)
    {
        _socket = socket;
        _completed = completed;
    }

    public ExtensionThreadPool? ContinueOn
    {
        set { }
    }

    public bool Start(Memory<byte> buffer)
    {
        SetBuffer(buffer);
        return _socket.ReceiveAsync(this);
    }

    public void Close()
    {
    }

    protected override void OnCompleted(SocketAsyncEventArgs e) => _completed();
}
