namespace IsapiHost.Transport.Files;

/// <summary>A file of the extension could not be read to the end that was promised to the client.</summary>
internal sealed class FileTransferException(string message) : IOException(message);
