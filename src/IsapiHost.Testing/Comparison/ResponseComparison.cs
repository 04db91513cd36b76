using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Comparison;

/// <summary>Compares a received response with a section of an <c>.expected</c> file.</summary>
internal sealed class ResponseComparison(string expectedPath, IgnoredHeaders ignored, string host)
{
    public IEnumerable<ResponseDifference> Compare(ExpectedResponse expected, ReceivedResponse response)
    {
        MaskedText status = new(expected.Status, host);
        string code = $"{response.Status}";
        string received = $"{code} {response.Reason}".TrimEnd();
        bool hasReason = expected.Status.Contains(' ', StringComparison.Ordinal) && response.Reason.Length > 0;
        if (!status.Matches(received) && (hasReason || !new MaskedText(expected.Status.Split(' ')[0], host).Matches(code)))
        {
            yield return Difference("status", expected.StatusLine, $"expected {expected.Status}, received {TextDisplay.Show(received)}");
        }

        foreach (ResponseDifference difference in CompareHeaders(expected, response))
        {
            yield return difference;
        }

        if (BodyComparison.Compare(expected.Body, response.Body, expectedPath, host) is { } body)
        {
            yield return Difference("body", Math.Max(expected.Line, expected.Body.Line), body);
        }
    }

    private IEnumerable<ResponseDifference> CompareHeaders(ExpectedResponse expected, ReceivedResponse response)
    {
        foreach (var header in expected.Headers.GroupBy(h => h.Name, StringComparer.OrdinalIgnoreCase).Where(h => !ignored.Contains(h.Key)))
        {
            ExpectedHeader[] lines = [.. header];
            IReadOnlyList<string> values = response.HeaderValues(header.Key);
            bool isSame = lines.Length == values.Count && lines.Zip(values).All(pair => new MaskedText(pair.First.Value, host).Matches(pair.Second));
            if (!isSame)
            {
                yield return Difference($"header {lines[0].Name}", lines[0].Line, $"expected {Show(lines.Select(l => l.Value))}, received {Show(values)}");
            }
        }

        foreach (string name in Unexpected(expected, response))
        {
            yield return Difference($"header {name}", expected.StatusLine, $"expected none, received {Show(response.HeaderValues(name))}");
        }
    }

    private IEnumerable<string> Unexpected(ExpectedResponse expected, ReceivedResponse response) =>
        response.Headers.Select(h => h.Key).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !ignored.Contains(name) && !expected.Headers.Any(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private static string Show(IEnumerable<string> values)
    {
        string shown = string.Join(" and ", values.Select(value => $"'{TextDisplay.Show(value)}'"));
        return shown.Length == 0 ? "none" : shown;
    }

    private ResponseDifference Difference(string subject, int line, string description) => new(subject, description, expectedPath, line);
}
