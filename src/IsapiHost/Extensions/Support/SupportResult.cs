using IsapiHost.Interop;

namespace IsapiHost.Extensions.Support;

/// <summary>What comes of a ServerSupportFunction request that gives something back.</summary>
internal readonly struct SupportResult<T>
{
    /// <summary>A success.</summary>
    public SupportResult(T value)
        : this(value, Win32Error.SUCCESS)
    {
    }

    /// <summary>A failure that gives something back nevertheless.</summary>
    public SupportResult(T value, Win32Error error)
    {
        HasValue = true;
        Value = value;
        Error = error;
    }

    /// <summary>A failure.</summary>
    public SupportResult(Win32Error error)
    {
        Error = error;
    }

    public Win32Error Error { get; }

    /// <summary>Whether there is something to store for the caller.</summary>
    public bool HasValue { get; }

    public T? Value { get; }

    public static implicit operator ValueTask<SupportResult<T>>(SupportResult<T> result) => new(result);
}
