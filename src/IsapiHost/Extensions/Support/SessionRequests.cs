using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions.Support;

/// <summary>The session, its connection and its log line.</summary>
internal static unsafe class SessionRequests
{
    public static SupportRequest[] All { get; } =
    [
        new ActionRequest<uint?>(HSE_REQ.DONE_WITH_SESSION, nameof(HSE_REQ.DONE_WITH_SESSION))
        {
            Decode = DecodeStatus,
            Handle = static (request, status) => new(request.EndSession(status ?? HSE_STATUS.SUCCESS)),
            Describe = static (status, _) => status is { } given ? CallFormatter.Status(given) : "no status",
        },
        new QueryRequest<NoArguments, uint>(HSE_REQ.IS_KEEP_CONN, nameof(HSE_REQ.IS_KEEP_CONN))
        {
            Decode = Decoders.NoneWithBuffer,
            Handle = static (request, _) => new SupportResult<uint>(request.KeepsConnection ? 1u : 0),
            Store = Decoders.Store,
            DescribeResult = static value => $"{value}",
        },
        new QueryRequest<NoArguments, uint>(HSE_REQ.IS_CONNECTED, nameof(HSE_REQ.IS_CONNECTED))
        {
            Decode = Decoders.NoneWithBuffer,
            Handle = static (request, _) => new SupportResult<uint>(request.IsConnected ? 1u : 0),
            Store = Decoders.Store,
            DescribeResult = static value => $"{value}",
        },
        new ActionRequest<NoArguments>(HSE_REQ.CLOSE_CONNECTION, nameof(HSE_REQ.CLOSE_CONNECTION))
        {
            Decode = Decoders.None,
            Handle = static (request, _) => new(request.CloseConnection()),
        },

        // A wish that IIS itself no longer acts upon, and whose callers expect a success.
        new ActionRequest<NoArguments>(HSE_REQ.ABORTIVE_CLOSE, nameof(HSE_REQ.ABORTIVE_CLOSE))
        {
            Decode = Decoders.None,
            Handle = static (_, _) => new(Win32Error.SUCCESS),
        },
        new ActionRequest<ReadOnlySpan<byte>>(HSE_REQ.APPEND_LOG_PARAMETER, nameof(HSE_REQ.APPEND_LOG_PARAMETER))
        {
            Decode = DecodeLogText,
            Handle = static (request, text) =>
            {
                request.AppendLogText(Encoding.Latin1.GetString(text));
                return new(Win32Error.SUCCESS);
            },
            Describe = static (text, _) => DisplayFormatter.Text(text),
        },
    ];

    private static bool DecodeStatus(SupportPointers pointers, ExtensionRequest request, out uint? status)
    {
        status = pointers.Buffer is null ? null : *(uint*)pointers.Buffer;
        return true;
    }

    private static bool DecodeLogText(SupportPointers pointers, ExtensionRequest request, out ReadOnlySpan<byte> text) =>
        Decoders.Text(pointers, request, out text) && pointers.Buffer is not null;
}
