using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Comparison;

/// <summary>Makes expected responses of received ones.</summary>
internal static class ExpectedResponses
{
    /// <param name="name">The request's name.</param>
    /// <param name="response">What was received.</param>
    /// <param name="old">The response that was expected so far, whose comments stay, and whose masks wherever they still accept what came.</param>
    /// <param name="ignored">Headers to leave out.</param>
    /// <param name="host">The address that was tested; empty for none.</param>
    /// <param name="bodyFileName">The name for a body in a file of its own, should one be needed.</param>
    public static ExpectedResponse From(string name, ReceivedResponse response, ExpectedResponse? old, IgnoredHeaders ignored, string host, string bodyFileName)
    {
        ExpectedBody body = ExpectedBodies.From(response.Body, response.ContentType, host, bodyFileName);
        string status = $"{response.Status} {response.Reason}".TrimEnd();
        return new ExpectedResponse
        {
            Name = name,
            Comments = old?.Comments ?? [],
            Status = old is not null && new MaskedText(old.Status, host).Matches(status) ? old.Status : MaskedText.Literal(status, host: ""),
            Headers = [.. response.Headers.Where(h => !ignored.Contains(h.Key)).Select(h => new ExpectedHeader(h.Key, Value(h.Key, h.Value), 0))],
            Body = old is null ? body : BodyComparison.KeepMasks(old.Body, body, response.Body, host),
        };

        string Value(string header, string value) =>
            old?.Headers.FirstOrDefault(h => h.Name.Equals(header, StringComparison.OrdinalIgnoreCase) && new MaskedText(h.Value, host).Matches(value))?.Value
            ?? MaskedText.Literal(value, host);
    }

    /// <summary>A file name for the body of a request: letters, digits and dashes of its name.</summary>
    public static string BodyFileName(string filePath, string requestName, string ending)
    {
        string words = string.Join('-', new string([.. requestName.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return $"{Path.GetFileNameWithoutExtension(filePath)}.{(words.Length == 0 ? "request" : words[..Math.Min(words.Length, 40)])}.{ending}";
    }
}
