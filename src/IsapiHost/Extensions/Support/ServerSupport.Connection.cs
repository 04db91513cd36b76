using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Extensions.Support;

/// <content>The session and its connection.</content>
internal static unsafe partial class ServerSupport
{
    private static Win32Error DoneWithSession(ExtensionRequest request, SupportArguments arguments) =>
        request.EndSession(arguments.Buffer is null ? HSE_STATUS.SUCCESS : *(uint*)arguments.Buffer);

    private static Win32Error IsKeepConnection(ExtensionRequest request, SupportArguments arguments) =>
        Store(arguments, request.KeepsConnection);

    private static Win32Error IsConnected(ExtensionRequest request, SupportArguments arguments) =>
        Store(arguments, request.IsConnected);

    private static Win32Error AppendLogParameter(ExtensionRequest request, SupportArguments arguments)
    {
        if (arguments.Buffer is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        request.AppendLogText(Encoding.Latin1.GetString(NativeString.Read((byte*)arguments.Buffer, NativeString.MaxText)));
        return Win32Error.SUCCESS;
    }

    private static Win32Error Store(SupportArguments arguments, bool value)
    {
        if (arguments.Buffer is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        *(int*)arguments.Buffer = value ? 1 : 0;
        return Win32Error.SUCCESS;
    }
}
