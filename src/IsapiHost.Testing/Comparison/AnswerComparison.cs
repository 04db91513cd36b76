using IsapiHost.Testing.Expectations;

namespace IsapiHost.Testing.Comparison;

/// <summary>Compares a received answer with a section of an <c>.expected</c> file.</summary>
internal sealed class AnswerComparison(string expectedPath, IgnoredHeaders ignored, string host)
{
    public IEnumerable<AnswerDifference> Compare(ExpectedAnswer expected, HttpAnswer answer)
    {
        MaskedText status = new(expected.Status, host);
        string code = $"{answer.Status}";
        string received = $"{code} {answer.Reason}".TrimEnd();
        bool hasReason = expected.Status.Contains(' ', StringComparison.Ordinal) && answer.Reason.Length > 0;
        if (!status.Matches(received) && (hasReason || !new MaskedText(expected.Status.Split(' ')[0], host).Matches(code)))
        {
            yield return Difference("status", expected.StatusLine, $"expected {expected.Status}, received {TextDisplay.Show(received)}");
        }

        foreach (AnswerDifference difference in CompareHeaders(expected, answer))
        {
            yield return difference;
        }

        if (BodyComparison.Compare(expected.Body, answer.Body, expectedPath, host) is { } body)
        {
            yield return Difference("body", Math.Max(expected.Line, expected.Body.Line), body);
        }
    }

    private IEnumerable<AnswerDifference> CompareHeaders(ExpectedAnswer expected, HttpAnswer answer)
    {
        foreach (var header in expected.Headers.GroupBy(h => h.Name, StringComparer.OrdinalIgnoreCase).Where(h => !ignored.Contains(h.Key)))
        {
            ExpectedHeader[] lines = [.. header];
            IReadOnlyList<string> values = answer.HeaderValues(header.Key);
            bool isSame = lines.Length == values.Count && lines.Zip(values).All(pair => new MaskedText(pair.First.Value, host).Matches(pair.Second));
            if (!isSame)
            {
                yield return Difference($"header {lines[0].Name}", lines[0].Line, $"expected {Show(lines.Select(l => l.Value))}, received {Show(values)}");
            }
        }

        foreach (string name in Unexpected(expected, answer))
        {
            yield return Difference($"header {name}", expected.StatusLine, $"expected none, received {Show(answer.HeaderValues(name))}");
        }
    }

    private IEnumerable<string> Unexpected(ExpectedAnswer expected, HttpAnswer answer) =>
        answer.Headers.Select(h => h.Key).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !ignored.Contains(name) && !expected.Headers.Any(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private static string Show(IEnumerable<string> values)
    {
        string shown = string.Join(" and ", values.Select(value => $"'{TextDisplay.Show(value)}'"));
        return shown.Length == 0 ? "none" : shown;
    }

    private AnswerDifference Difference(string subject, int line, string description) => new(subject, description, expectedPath, line);
}
