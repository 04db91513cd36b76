using Microsoft.Extensions.Primitives;

namespace IsapiHost.Responses.Heads;

/// <summary>A header field of a response; lines with the same name are one field with several values, in the order they were given.</summary>
internal readonly record struct ResponseHeader(string Name, StringValues Value);
