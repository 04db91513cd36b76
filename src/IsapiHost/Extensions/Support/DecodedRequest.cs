using IsapiHost.Interop;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions.Support;

/// <summary>A request whose arguments are of one type.</summary>
/// <typeparam name="TArguments">
/// The arguments, decoded: no pointers, only values, and <see cref="CallerMemory"/>. Valid during the call; memory until the operation is over.
/// </typeparam>
internal abstract class DecodedRequest<TArguments>(uint number, string name) : SupportRequest(number, name)
    where TArguments : allows ref struct
{
    /// <summary>Reads the arguments from this process' memory.</summary>
    public required ArgumentDecoder<TArguments> Decode { get; init; }

    /// <summary>The arguments in a trace.</summary>
    public Func<TArguments, SentDataFormatter, string> Describe { get; init; } = static (_, _) => "";

    /// <summary>Decodes a call, and begins it in the trace.</summary>
    protected bool TryBegin(ExtensionRequest request, SupportPointers pointers, out TArguments arguments, ref CallRecorder? traced)
    {
        var isComplete = Decode(pointers, request, out arguments);
        if (request.Observer.Trace is { } trace)
        {
            traced = trace.Begin(Name, isComplete ? Describe(arguments, trace.Sent) : pointers.ToString());
        }

        return isComplete;
    }
}
