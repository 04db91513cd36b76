using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Tracing;

/// <summary>The text of an HTTP_TRACE_EVENT for the log: a copy, bounded in every direction, without control characters.</summary>
internal static unsafe class TraceEventText
{
    /// <summary>httptrace.h, cEventItems.</summary>
    public const int MaxItems = 16;

    private const int MaxName = 128;
    private const int MaxValue = 512;

    public static string NameOf(HTTP_TRACE_EVENT* traced) => Wide(traced->pszEventName, MaxName);

    /// <summary>The items as <c>name=value, …</c>. The caller has checked their number and their address.</summary>
    public static string ItemsOf(HTTP_TRACE_EVENT* traced)
    {
        var text = new StringBuilder();
        for (var i = 0; i < traced->cEventItems; i++)
        {
            var item = traced->pEventItems + i;
            text.Append(i == 0 ? "" : ", ").Append(Wide(item->pszName, MaxName)).Append('=').Append(ValueOf(item));
        }

        return text.ToString();
    }

    private static string ValueOf(HTTP_TRACE_EVENT_ITEM* item)
    {
        if (item->pbData is null)
        {
            return "";
        }

        return item->dwDataType switch
        {
            HTTP_TRACE_TYPE.SHORT => Number<short>(item),
            HTTP_TRACE_TYPE.LONG => Number<int>(item),
            HTTP_TRACE_TYPE.BOOL => Number<int>(item),
            HTTP_TRACE_TYPE.CHAR => Number<sbyte>(item),
            HTTP_TRACE_TYPE.BYTE => Number<byte>(item),
            HTTP_TRACE_TYPE.USHORT => Number<ushort>(item),
            HTTP_TRACE_TYPE.ULONG => Number<uint>(item),
            HTTP_TRACE_TYPE.LONGLONG => Number<long>(item),
            HTTP_TRACE_TYPE.ULONGLONG => Number<ulong>(item),
            HTTP_TRACE_TYPE.LPCGUID => Number<Guid>(item),
            HTTP_TRACE_TYPE.LPCSTR => Plain(Encoding.Latin1.GetString(NativeString.Read(item->pbData, Bytes(item)))),
            HTTP_TRACE_TYPE.LPCWSTR => Wide((ushort*)item->pbData, Bytes(item) / sizeof(char)),
            _ => Convert.ToHexString(new ReadOnlySpan<byte>(item->pbData, Math.Min(Bytes(item), 32))),
        };
    }

    // cbData counts the NUL of a string, so a string never needs to be read further than that.
    private static int Bytes(HTTP_TRACE_EVENT_ITEM* item) => (int)Math.Min(item->cbData, MaxValue);

    private static string Number<T>(HTTP_TRACE_EVENT_ITEM* item)
        where T : unmanaged, IFormattable =>
        item->cbData >= sizeof(T) ? Unsafe.ReadUnaligned<T>(item->pbData).ToString(null, CultureInfo.InvariantCulture) : "";

    private static string Wide(ushort* text, int limit) => Plain(NativeWideString.Read((char*)text, limit).ToString());

    private static string Plain(string text) => string.Concat(text.Where(c => !char.IsControl(c)));
}
