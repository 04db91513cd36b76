namespace IsapiHost.Transport.Polling;

/// <summary>Who receives from a socket.</summary>
internal interface IReceiver
{
    /// <summary>Where the bytes that are there go. Asked for when there are some, so that a connection that stands still holds no memory.</summary>
    Memory<byte> GetRoom();

    /// <summary>There was nothing to put into the room.</summary>
    void ReturnRoom();

    /// <summary>A receive that did not end at once has ended.</summary>
    void OnReceived();
}
