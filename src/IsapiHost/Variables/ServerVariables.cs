using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using IsapiHost.Interop;
using IsapiHost.Requests;

namespace IsapiHost.Variables;

/// <summary>GetServerVariable, for extensions and filters alike.</summary>
internal static class ServerVariables
{
    /// <summary>No variable has a longer name; a header with one can be found in ALL_HTTP.</summary>
    public const int MaxNameLength = 256;

    private const string UnicodePrefix = "UNICODE_";

    /// <summary>As the callbacks answer it: a Win32 error, and in <paramref name="size"/> what was written or is needed.</summary>
    /// <remarks>Native code may call from any thread; the calls of one request are taken one by one.</remarks>
    public static Win32Error Answer(RequestView view, ReadOnlySpan<byte> name, Span<byte> destination, ref uint size)
    {
        VariableResult result;
        int count;
        lock (view)
        {
            result = Get(view, name, destination, out count);
        }

        if (result is VariableResult.Found or VariableResult.TooSmall)
        {
            size = (uint)count;
        }

        return result switch
        {
            VariableResult.Found => Win32Error.SUCCESS,
            VariableResult.TooSmall => Win32Error.INSUFFICIENT_BUFFER,
            VariableResult.NoData => Win32Error.NO_DATA,
            _ => Win32Error.INVALID_INDEX,
        };
    }

    /// <summary>Looks a variable up, without regard to case, and writes its value with a NUL at the end.</summary>
    /// <param name="view">The request.</param>
    /// <param name="name">The name without NUL.</param>
    /// <param name="destination">The caller's buffer, untouched unless the whole value fits.</param>
    /// <param name="size">Bytes written or needed, with the NUL; 0 when there is no value.</param>
    [SkipLocalsInit]
    public static VariableResult Get(RequestView view, ReadOnlySpan<byte> name, Span<byte> destination, out int size)
    {
        size = 0;
        Span<char> characters = stackalloc char[MaxNameLength];

        if (name.Length > MaxNameLength || Ascii.ToUtf16(name, characters, out var length) != OperationStatus.Done)
        {
            return VariableResult.Unknown;
        }

        if (!view.HasRequest)
        {
            return VariableResult.NoData;
        }

        ReadOnlySpan<char> text = characters[..length];
        var isHeader = false;

        // The table first: HTTP_URL, HTTP_METHOD and HTTP_VERSION are variables, not headers.
        var isVariable = VariableTable.TryFind(text, out var source);
        var unicode = !isVariable && text.StartsWith(UnicodePrefix, StringComparison.OrdinalIgnoreCase);

        if (unicode)
        {
            isVariable = VariableTable.TryFind(text[UnicodePrefix.Length..], out source);
        }
        else if (!isVariable)
        {
            isHeader = NamedHeader.HasPrefix(text);
        }

        if (!isVariable && !isHeader)
        {
            return VariableResult.Unknown;
        }

        var writer = new VariableWriter(stackalloc byte[1024], view.Site, unicode);

        try
        {
            if (isHeader && !NamedHeader.TryWrite(view, text, ref writer))
            {
                return VariableResult.Unknown;
            }

            source?.Invoke(view, ref writer);
            return writer.CopyTo(destination, out size);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
