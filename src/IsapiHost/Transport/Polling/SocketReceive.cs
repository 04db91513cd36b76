using System.Net.Sockets;
using IsapiHost.Threading;

namespace IsapiHost.Transport.Polling;

/// <summary>Receives as .NET's sockets do, on their threads; closing the socket ends what is under way.</summary>
internal sealed class SocketReceive(Socket socket, IReceiver receiver) : SocketAsyncEventArgs(true), IReceive
{
    public ExtensionThreadPool? ContinueOn
    {
        set { }
    }

    public bool Start()
    {
        SetBuffer(receiver.GetRoom());
        return socket.ReceiveAsync(this);
    }

    public void Close()
    {
    }

    protected override void OnCompleted(SocketAsyncEventArgs e) => receiver.OnReceived();
}
