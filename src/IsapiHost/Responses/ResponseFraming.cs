using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Responses;

/// <summary>How a response is framed (RFC 9112, section 6), decided once from all that is known when its head goes out.</summary>
/// <param name="Body">How the body is delimited.</param>
/// <param name="ContentLength">The Content-Length to declare, or null for none.</param>
internal readonly record struct ResponseFraming(BodyFraming Body, long? ContentLength)
{
    public static ResponseFraming Of(ResponseHead head, in FramingConditions conditions)
    {
        if (BodyRule.ForbidsBody(head.StatusCode))
        {
            return new ResponseFraming(BodyFraming.None, head.StatusCode == StatusCodes.Status304NotModified ? head.ContentLength : null);
        }

        var declared = head.ChunkedByExtension || conditions.LengthIsOfHead ? null : head.ContentLength;
        if (conditions.IsHead)
        {
            // The bytes written tell the length that GET would have, if the extension wrote any.
            var written = !head.ChunkedByExtension && conditions.CompleteLength > 0 ? conditions.CompleteLength : null;
            return new ResponseFraming(BodyFraming.None, declared ?? written);
        }

        return head.ChunkedByExtension && conditions.PassesChunks ? new ResponseFraming(BodyFraming.OwnChunks, null)
            : (declared ?? conditions.CompleteLength) is { } length ? new ResponseFraming(BodyFraming.Length, length)
            : conditions.WritesChunks ? new ResponseFraming(BodyFraming.DirectChunks, null)
            : new ResponseFraming(BodyFraming.Server, null);
    }
}
