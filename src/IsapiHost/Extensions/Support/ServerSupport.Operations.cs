using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Threading;

namespace IsapiHost.Extensions.Support;

/// <content>Asynchronous operations and how output is gathered.</content>
internal static unsafe partial class ServerSupport
{
    private static Win32Error RegisterCompletion(ExtensionRequest request, SupportArguments arguments) =>
        request.Register(
            (delegate* unmanaged[Stdcall]<EXTENSION_CONTROL_BLOCK*, void*, uint, uint, void>)arguments.Buffer, (nint)arguments.DataType);

    private static Win32Error ReadClientAsync(ExtensionRequest request, SupportArguments arguments) =>
        arguments.Size is null || arguments.DataType is null || (arguments.Buffer is null && *arguments.Size > 0)
            || *arguments.DataType != HSE_IO.ASYNC
            ? Win32Error.INVALID_PARAMETER
            : request.ReadAsync((nint)arguments.Buffer, (int)Math.Min(*arguments.Size, int.MaxValue));

    // The flag is the pointer itself, not what it points to.
    private static Win32Error SetFlushFlag(ExtensionRequest request, SupportArguments arguments) =>
        request.Response.SetUnbuffered(arguments.Buffer is not null);
}
