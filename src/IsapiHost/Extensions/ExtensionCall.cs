using IsapiHost.Extensions.Support;

namespace IsapiHost.Extensions;

/// <summary>One call of an extension through a door, with its unchecked arguments; those that the door does not have are null and 0.</summary>
internal readonly unsafe ref struct ExtensionCall(ExtensionCallback door)
{
    public ExtensionCallback Door { get; } = door;

    /// <summary>lpszVariableName.</summary>
    public byte* Variable { get; init; }

    /// <summary>lpvBuffer.</summary>
    public void* Buffer { get; init; }

    /// <summary>lpdwSize; of a ServerSupportFunction garbage in many callers, unless the request uses it.</summary>
    public uint* Size { get; init; }

    /// <summary>lpdwDataType of ServerSupportFunction.</summary>
    public uint* DataType { get; init; }

    /// <summary>dwHSERequest of ServerSupportFunction; of WriteClient dwReserved, which in truth is its flags.</summary>
    public uint Code { get; init; }

    /// <summary>What logs and traces call it: the request of ServerSupportFunction, else the door.</summary>
    public string Name => Door == ExtensionCallback.ServerSupportFunction ? KnownRequests.Name(Code) : Door.ToString();

    public SupportArguments Support => new(Buffer, Size, DataType);
}
