namespace IsapiHost.Extensions.Support;

/// <summary>The three pointers of a ServerSupportFunction call in this process; which of them mean anything depends on the request.</summary>
internal readonly unsafe struct SupportPointers(void* buffer, uint* size, uint* dataType)
{
    /// <summary>lpvBuffer.</summary>
    public void* Buffer { get; } = buffer;

    /// <summary>lpdwSize; garbage in many callers unless the request uses it.</summary>
    public uint* Size { get; } = size;

    /// <summary>lpdwDataType.</summary>
    public uint* DataType { get; } = dataType;

    /// <summary>For the trace of a call that lacks something.</summary>
    public override string ToString() => Buffer is null ? "no buffer" : Size is null ? "no size" : DataType is null ? "no data type" : "invalid";
}
