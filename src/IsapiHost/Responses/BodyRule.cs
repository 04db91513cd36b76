using Microsoft.AspNetCore.Http;

namespace IsapiHost.Responses;

/// <summary>Which responses have no body, whatever the extension writes (RFC 9110, 6.4.1).</summary>
internal static class BodyRule
{
    /// <summary>Whether a response with this status to this method ends with its head. 205 is among them because Kestrel refuses its body.</summary>
    public static bool ForbidsBody(int statusCode, string method) => ForbidsBody(statusCode) || HttpMethods.IsHead(method);

    /// <inheritdoc cref="ForbidsBody(int, string)"/>
    public static bool ForbidsBody(int statusCode) => statusCode is (>= 100 and < 200) or 204 or 205 or 304;
}
