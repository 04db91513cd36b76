using System.Globalization;

namespace IsapiHost.Tracing;

/// <summary>
/// Which traces are wanted: <c>status&gt;=500 || ms&gt;1000 || violation</c>. Comparisons of status, ms, bytes (numbers), method and path (texts)
/// by ==, !=, &lt;, &gt;, &lt;=, &gt;= and ~ (contains), or the word violation; joined by &amp;&amp; and ||, of which the first binds more tightly; parentheses.
/// </summary>
internal sealed class TraceCondition
{
    private readonly Func<RequestTrace, bool> _test;

    private TraceCondition(Func<RequestTrace, bool> test) => _test = test;

    public bool IsTrueFor(RequestTrace trace) => _test(trace);

    /// <exception cref="FormatException">The text is no condition; the message says what is wrong, where, and what could stand there.</exception>
    public static TraceCondition Parse(string text)
    {
        var words = new ConditionWords(text);
        var test = Either(words, depth: 0);
        return words.Next is null ? new TraceCondition(test) : throw words.Fault("expected && or ||");
    }

    private static Func<RequestTrace, bool> Either(ConditionWords words, int depth)
    {
        var left = Both(words, depth);
        while (words.TryTake("||"))
        {
            var (first, second) = (left, Both(words, depth));
            left = trace => first(trace) || second(trace);
        }

        return left;
    }

    private static Func<RequestTrace, bool> Both(ConditionWords words, int depth)
    {
        var left = Single(words, depth);
        while (words.TryTake("&&"))
        {
            var (first, second) = (left, Single(words, depth));
            left = trace => first(trace) && second(trace);
        }

        return left;
    }

    private static Func<RequestTrace, bool> Single(ConditionWords words, int depth)
    {
        const int MaxDepth = 50;
        if (words.TryTake("("))
        {
            var inner = depth < MaxDepth ? Either(words, depth + 1) : throw words.Fault("there are too many parentheses");
            return words.TryTake(")") ? inner : throw words.Fault("expected )");
        }

        if (words.TryTake("violation"))
        {
            return trace => trace.Violations.Count > 0;
        }

        return words.TryTake("status") ? Number(words, trace => trace.Status)
            : words.TryTake("ms") ? Number(words, trace => trace.Milliseconds)
            : words.TryTake("bytes") ? Number(words, trace => trace.Bytes)
            : words.TryTake("method") ? Text(words, trace => trace.Method)
            : words.TryTake("path") ? Text(words, trace => trace.Path)
            : throw words.Fault("expected status, ms, bytes, method, path, violation or (");
    }

    private static Func<RequestTrace, bool> Number(ConditionWords words, Func<RequestTrace, double> of)
    {
        var compare = Operator(words);
        if (compare == "~" || !double.TryParse(words.Next, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            throw words.Fault(compare == "~" ? "~ compares texts, not numbers, before" : "expected a number");
        }

        words.Take();
        return trace => IsTrue(compare, of(trace).CompareTo(value));
    }

    private static Func<RequestTrace, bool> Text(ConditionWords words, Func<RequestTrace, string> of)
    {
        var compare = Operator(words);
        var value = words.TakeText();
        return compare == "~"
            ? trace => of(trace).Contains(value, StringComparison.OrdinalIgnoreCase)
            : trace => IsTrue(compare, string.Compare(of(trace), value, StringComparison.OrdinalIgnoreCase));
    }

    private static string Operator(ConditionWords words) =>
        words.Next is "==" or "!=" or "<" or ">" or "<=" or ">=" or "~" ? words.Take() : throw words.Fault("expected ==, !=, <, >, <=, >= or ~");

    private static bool IsTrue(string compare, int order) => compare switch
    {
        "==" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        ">" => order > 0,
        "<=" => order <= 0,
        _ => order >= 0,
    };
}
