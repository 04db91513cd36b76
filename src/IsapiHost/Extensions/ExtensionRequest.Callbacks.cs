using IsapiHost.Abi;
using IsapiHost.Diagnostics.Violations;
using IsapiHost.Transfer;
using IsapiHost.Variables;

namespace IsapiHost.Extensions;

/// <content>What the doors ask of a request. Each answers with a Win32 error code, 0 for success.</content>
internal sealed unsafe partial class ExtensionRequest
{
    public uint GetServerVariable(ReadOnlySpan<byte> name, void* buffer, ref uint size)
    {
        var room = buffer is null ? 0 : (int)Math.Min(size, int.MaxValue);
        VariableResult result;
        int needed;
        lock (View)
        {
            result = ServerVariables.Get(View, name, new Span<byte>(buffer, room), out needed);
        }

        switch (result)
        {
            case VariableResult.Found:
                size = (uint)needed;
                return Win32Error.SUCCESS;
            case VariableResult.TooSmall:
                size = (uint)needed;
                return Win32Error.INSUFFICIENT_BUFFER;
            case VariableResult.NoData:
                return Win32Error.NO_DATA;
            default:
                return Win32Error.INVALID_INDEX;
        }
    }

    public uint WriteClient(void* buffer, ref uint bytes, uint flags)
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

    public uint ReadClient(void* buffer, ref uint size)
    {
        var result = BlockingWait.For(Body.ReadAsync((nint)buffer, (int)Math.Min(size, int.MaxValue)));
        size = result.Bytes;
        return result.Error;
    }
}
