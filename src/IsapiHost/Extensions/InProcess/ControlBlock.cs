using System.Runtime.InteropServices;
using System.Text;
using IsapiHost.Extensions.Uploads;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions.InProcess;

/// <summary>The native EXTENSION_CONTROL_BLOCK of a request slot and the strings it points to.</summary>
/// <remarks>
/// Extensions may write into it, by intent (status, log text) or by mistake: apart from those two nothing is ever read back.
/// The block lives as long as the process.
/// </remarks>
internal sealed unsafe class ControlBlock
{
    private readonly EXTENSION_CONTROL_BLOCK* _ecb =
        (EXTENSION_CONTROL_BLOCK*)NativeMemory.AllocZeroed((nuint)sizeof(EXTENSION_CONTROL_BLOCK));

    private NativeBlock _strings;
    private int? _remembered;

    public EXTENSION_CONTROL_BLOCK* Pointer => _ecb;

    public uint Status => _ecb->dwHttpStatusCode;

    /// <summary>lpszLogData, bounded whatever the extension has put there.</summary>
    public string LogData
    {
        get
        {
            var text = new ReadOnlySpan<byte>(_ecb->lpszLogData, HSE.LOG_BUFFER_LEN);
            var end = text.IndexOf((byte)0);
            return end == 0 ? "" : Encoding.Latin1.GetString(end < 0 ? text : text[..end]);
        }
    }

    public void Fill(nint connId, uint version, RequestView view, RequestBody body)
    {
        _strings = NativeBlockPool.Rent(ControlBlockStrings.MaxSize(view, QueryString(view)));
        var strings = new ControlBlockStrings(_strings.Span);

        _ecb->cbSize = (uint)sizeof(EXTENSION_CONTROL_BLOCK);
        _ecb->dwVersion = version;
        _ecb->ConnID = connId;
        _ecb->dwHttpStatusCode = StatusCodes.Status200OK;
        new Span<byte>(_ecb->lpszLogData, HSE.LOG_BUFFER_LEN).Clear();
        _ecb->lpszMethod = _strings.Start + strings.Add(view.Context.Request.Method, Encoding.Latin1);
        _ecb->lpszQueryString = _strings.Start + strings.Add(QueryString(view), view.Site.RequestHeaderEncoding);
        _ecb->lpszPathInfo = _strings.Start + strings.Add(view.PathInfo, view.Site.AnsiEncoding);
        _ecb->lpszPathTranslated = _strings.Start + strings.Add(view.PathTranslated, view.Site.AnsiEncoding);
        _ecb->lpszContentType = _strings.Start + strings.Add(view.Context.Request.ContentType, view.Site.RequestHeaderEncoding);
        _ecb->cbTotalBytes = body.Length is { } length and < uint.MaxValue ? (uint)length : uint.MaxValue;
        _ecb->cbAvailable = (uint)body.Available;

        // The empty string in place of NULL: some extensions look at the first byte before they look at the count.
        _ecb->lpbData = body.Preloaded is not null ? body.Preloaded : _strings.Start + strings.Add("", Encoding.Latin1);
        _ecb->GetServerVariable = &ExtensionCallbacks.GetServerVariable;
        _ecb->WriteClient = &ExtensionCallbacks.WriteClient;
        _ecb->ReadClient = &ExtensionCallbacks.ReadClient;
        _ecb->ServerSupportFunction = &ExtensionCallbacks.ServerSupportFunction;
    }

    /// <summary>Whether anything that does not belong to the extension is other than at <see cref="Remember"/>; false where nothing was remembered.</summary>
    public bool IsChanged => _remembered is { } before && before != Checksum();

    public bool IsAt(nint address) => (nint)_ecb == address;

    /// <summary>Remembers the block as it was filled.</summary>
    public void Remember() => _remembered = Checksum();

    // The strings are read where they were put, not where the block says they are now.
    private int Checksum()
    {
        var block = *_ecb;
        block.dwHttpStatusCode = 0;
        new Span<byte>(block.lpszLogData, HSE.LOG_BUFFER_LEN).Clear();
        var hash = new HashCode();
        hash.AddBytes(new ReadOnlySpan<byte>(&block, sizeof(EXTENSION_CONTROL_BLOCK)));
        hash.AddBytes(_strings.Span);
        return hash.ToHashCode();
    }

    /// <summary>The query without its question mark.</summary>
    private static ReadOnlySpan<char> QueryString(RequestView view) =>
        view.Context.Request.QueryString.Value is { Length: > 0 } query ? query.AsSpan(1) : default;

    public void Reset()
    {
        _remembered = null;
        if (!_strings.IsEmpty)
        {
            NativeBlockPool.Return(_strings);
            _strings = default;
        }
    }
}
