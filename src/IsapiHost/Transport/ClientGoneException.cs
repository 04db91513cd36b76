namespace IsapiHost.Transport;

/// <summary>The client has closed the connection or the stream; extensions see ERROR_NETNAME_DELETED.</summary>
internal sealed class ClientGoneException() : IOException("The client has closed the connection.");
