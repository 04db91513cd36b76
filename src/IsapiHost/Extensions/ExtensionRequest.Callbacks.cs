using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Threading;
using IsapiHost.Tracing;
using IsapiHost.Variables;

namespace IsapiHost.Extensions;

/// <content>What the doors ask of a request. Each answers with a Win32 error code, 0 for success.</content>
internal sealed unsafe partial class ExtensionRequest
{
    public Win32Error GetServerVariable(ReadOnlySpan<byte> name, void* buffer, ref uint size) =>
        ServerVariables.Answer(View, name, NativeBuffer.Of(buffer, size), ref size);

    public Win32Error WriteClient(void* buffer, ref uint bytes, uint flags)
    {
        if (bytes > int.MaxValue)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        if ((flags & HSE_IO.ASYNC) != 0)
        {
            return WriteAsync((nint)buffer, (int)bytes);
        }

        if (Trace is not null && Response.IsEnded && bytes > 0)
        {
            Trace.Add(ViolationRule.WriteAfterFinalSend);
        }

        return Response.Write((nint)buffer, (int)bytes);
    }

    public Win32Error ReadClient(void* buffer, ref uint size)
    {
        var result = SyncOverAsync.For(Body.ReadAsync((nint)buffer, (int)Math.Min(size, int.MaxValue)));
        size = result.Bytes;
        return result.Error;
    }
}
