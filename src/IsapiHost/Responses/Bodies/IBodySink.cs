using IsapiHost.Transport;
using IsapiHost.Transport.Files;

namespace IsapiHost.Responses.Bodies;

/// <summary>Where the body of a response goes, in the framing that was decided. One call at a time.</summary>
/// <remarks>A client that has left is told by <see cref="ClientGoneException"/>.</remarks>
internal interface IBodySink
{
    /// <summary>Sends bytes, the head before them if it has not gone out; no bytes send what is still held back.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data);

    /// <summary>Sends a range of a file.</summary>
    ValueTask WriteFileAsync(FileSource file, long offset, long length);

    /// <summary>Nothing follows.</summary>
    ValueTask CompleteAsync();
}
