namespace IsapiHost.Extensions;

/// <summary>What an extension adds to the log line of its request. Thread-safe.</summary>
internal sealed class LogTexts
{
    // What goes into a log line is bounded whatever the extension does.
    private const int MaxTexts = 16;

    private readonly List<string> _texts = [];

    public void Add(string text)
    {
        lock (_texts)
        {
            if (_texts.Count < MaxTexts)
            {
                _texts.Add(text);
            }
        }
    }

    /// <summary>All of it and a last text, without control characters; empty for nothing.</summary>
    public string With(string last)
    {
        var all = last;
        lock (_texts)
        {
            if (_texts.Count > 0)
            {
                all = string.Join(' ', _texts.Append(last)).TrimEnd();
            }
        }

        return all.Length == 0 ? "" : string.Concat(" ", string.Concat(all.Where(c => !char.IsControl(c))));
    }

    public void Clear()
    {
        lock (_texts)
        {
            _texts.Clear();
        }
    }
}
