using IsapiHost.Abi;
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
        if ((flags & HSE_IO.ASYNC) != 0)
        {
            return Win32Error.NOT_SUPPORTED;
        }

        if (bytes > int.MaxValue)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        return Response.Write(buffer, (int)bytes);
    }

    public uint ReadClient(void* buffer, ref uint size) => Body.Read(buffer, ref size);
}
