namespace IsapiHost.Extensions.Support;

/// <summary>Of a request that reads none of its pointers.</summary>
internal readonly struct NoArguments;
