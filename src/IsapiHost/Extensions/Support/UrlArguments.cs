namespace IsapiHost.Extensions.Support;

/// <summary>A URL to be mapped.</summary>
/// <param name="Url">As the caller gave it, possibly with a query.</param>
/// <param name="Room">The bytes of the caller's buffer, where it names them.</param>
internal readonly record struct UrlArguments(string Url, uint? Room);
