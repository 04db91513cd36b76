using System.Net.Sockets;
using IsapiHost.Threading;

namespace IsapiHost.Transport.Polling;

/// <summary>The receiving side of a socket: one receive at a time; its <see cref="IReceiver"/> is told of the end of those that did not end at once.</summary>
internal interface IReceive
{
    /// <summary>How the last receive ended.</summary>
    SocketError SocketError { get; }

    /// <summary>What the last receive brought.</summary>
    int BytesTransferred { get; }

    /// <summary>
    /// Whose threads shall be told of the end of the next receive that does not end at once, if that can be chosen; null for those of .NET.
    /// </summary>
    ExtensionThreadPool? ContinueOn { set; }

    /// <summary>Receives at least one byte, or none at the end; false when it is done already.</summary>
    bool Start();

    /// <summary>The socket is about to be closed: a receive that has not ended does so now.</summary>
    void Close();
}
