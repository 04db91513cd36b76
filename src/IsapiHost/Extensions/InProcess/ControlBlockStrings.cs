using System.Text;
using IsapiHost.Requests;

namespace IsapiHost.Extensions.InProcess;

/// <summary>Writes the strings of a control block one behind the other into one native block, each with its NUL.</summary>
internal ref struct ControlBlockStrings(Span<byte> room)
{
    private const int Count = 6;
    private const int MaxBytesPerChar = 4; // GB 18030

    private readonly Span<byte> _room = room;
    private int _used;

    /// <summary>Room that suffices whatever the characters are.</summary>
    public static int MaxSize(RequestView view, ReadOnlySpan<char> query) =>
        ((view.Context.Request.Method.Length + query.Length + view.PathInfo.Length
            + view.PathTranslated.Length + (view.Context.Request.ContentType?.Length ?? 0)) * MaxBytesPerChar) + Count + 1;

    /// <summary>Appends a string; returns its offset. A NUL inside would end it early for the extension, so it ends there for everyone.</summary>
    public int Add(ReadOnlySpan<char> text, Encoding encoding)
    {
        var start = _used;
        var count = encoding.GetBytes(text, _room[_used..^1]);
        _room[_used + count] = 0;
        _used += count + 1;
        return start;
    }
}
