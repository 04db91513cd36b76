using IsapiHost.Interop;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions.Support;

/// <summary>One request of ServerSupportFunction: its number, its name, what its arguments are, what it does, how a trace shows it.</summary>
/// <param name="number">dwHSERequest.</param>
/// <param name="name">As in HttpExt.h, without <c>HSE_REQ_</c>.</param>
internal abstract class SupportRequest(uint number, string name)
{
    public uint Number => number;

    public string Name => name;

    /// <summary>A call from this process; the calling thread waits for its end.</summary>
    /// <param name="request">The caller's request, which the caller holds.</param>
    /// <param name="pointers">The unchecked arguments.</param>
    /// <param name="traced">The call in the trace, if there is one; ended here only if there is a result to show.</param>
    public abstract Win32Error Call(ExtensionRequest request, SupportPointers pointers, ref CallRecorder? traced);
}
