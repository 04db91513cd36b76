namespace IsapiHost.Extensions.Support;

/// <summary>The three pointers of a ServerSupportFunction call; which of them mean anything depends on the request.</summary>
internal readonly unsafe struct SupportArguments(void* buffer, uint* size, uint* dataType)
{
    /// <summary>lpvBuffer.</summary>
    public void* Buffer { get; } = buffer;

    /// <summary>lpdwSize; garbage in many callers unless the request uses it.</summary>
    public uint* Size { get; } = size;

    /// <summary>lpdwDataType.</summary>
    public uint* DataType { get; } = dataType;
}
