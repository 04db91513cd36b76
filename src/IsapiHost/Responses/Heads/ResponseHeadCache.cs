using System.Runtime.CompilerServices;
using IsapiHost.Modules;

namespace IsapiHost.Responses.Heads;

/// <summary>
/// Remembers the heads that one extension sends again and again, so that they cost no parsing and no memory. Thread-safe without locks.
/// Bounded: a text has one place it can be in, and takes it only when it is the last one that missed there before, so an extension
/// whose heads all differ stores nothing but a number.
/// </summary>
internal sealed class ResponseHeadCache
{
    private static readonly ConditionalWeakTable<ExtensionModule, ResponseHeadCache> _ofModules = [];

    private const int SlotCount = 64;
    private const int MaxTextBytes = 1024;

    private readonly Entry?[] _slots = new Entry?[SlotCount];
    private readonly int[] _lastMisses = new int[SlotCount];

    /// <summary>The heads of one extension; they live as long as the module.</summary>
    public static ResponseHeadCache Of(ExtensionModule module) => _ofModules.GetOrAdd(module, static _ => new ResponseHeadCache());

    /// <inheritdoc cref="ResponseHeadParser.Parse"/>
    public ResponseHead Parse(
        ReadOnlySpan<byte> status, ReadOnlySpan<byte> headers, int fallbackStatus, out int bodyOffset, out HeadTermination end)
    {
        if (status.Length + headers.Length > MaxTextBytes)
        {
            return ResponseHeadParser.Parse(status, headers, fallbackStatus, out bodyOffset, out end);
        }

        HashCode hashCode = default;
        hashCode.Add(fallbackStatus);
        hashCode.Add(status.Length);
        hashCode.AddBytes(status);
        hashCode.AddBytes(headers);
        int hash = hashCode.ToHashCode();
        int slot = hash & (SlotCount - 1);

        Entry? entry = Volatile.Read(ref _slots[slot]);
        if (entry is not null && entry.IsFor(hash, status, headers, fallbackStatus))
        {
            bodyOffset = headers.Length;
            end = entry.End;
            return entry.Head;
        }

        ResponseHead head = ResponseHeadParser.Parse(status, headers, fallbackStatus, out bodyOffset, out end);
        if (bodyOffset == headers.Length && Interlocked.Exchange(ref _lastMisses[slot], hash) == hash)
        {
            Volatile.Write(ref _slots[slot], new Entry(hash, [.. status, .. headers], status.Length, fallbackStatus, head, end));
        }

        return head;
    }

    private sealed class Entry(int hash, byte[] text, int statusLength, int fallbackStatus, ResponseHead head, HeadTermination end)
    {
        public ResponseHead Head => head;

        public HeadTermination End => end;

        public bool IsFor(int otherHash, ReadOnlySpan<byte> status, ReadOnlySpan<byte> headers, int otherFallbackStatus) =>
            hash == otherHash
            && fallbackStatus == otherFallbackStatus
            && status.SequenceEqual(text.AsSpan(0, statusLength))
            && headers.SequenceEqual(text.AsSpan(statusLength));
    }
}
